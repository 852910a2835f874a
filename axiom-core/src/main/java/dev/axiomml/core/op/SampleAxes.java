package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The axis of each operand along which the samples of a batch lie, with the rules that many
 * operators share; see {@link SampleStatement}.
 *
 * @param axes one an operand, counted from the front; {@link #NONE} for an operand that is the same
 *     whatever the samples are
 */
public record SampleAxes(List<Integer> axes) {
  /** The place of an axis for what is the same for all samples. */
  public static final int NONE = -1;

  /** Copies the list. */
  public SampleAxes {
    axes = List.copyOf(axes);
  }

  /** The axis of an operand; {@link #NONE} too for the tensors that an operator holds itself. */
  public int of(int operand) {
    return operand < axes.size() ? axes.get(operand) : NONE;
  }

  /** Whether an operand holds samples. */
  public boolean in(int operand) {
    return of(operand) != NONE;
  }

  /**
   * The first operand's axis where it is not one that the operator works along; nothing where
   * another operand, a weight, holds samples.
   */
  public OptionalInt beside(IntPredicate worked) {
    boolean alone = in(0) && IntStream.range(1, axes.size()).noneMatch(this::in);
    return alone && !worked.test(of(0)) ? OptionalInt.of(of(0)) : OptionalInt.empty();
  }

  /** The first operand's axis where it comes before the last so many. */
  public OptionalInt before(int last, List<Type> in) {
    int rank = in.get(0).shape().rank();
    return beside(axis -> axis >= rank - last);
  }

  /**
   * The axis that operands broadcast from the right have in common, where all that hold samples
   * agree on it and the others have size 1 there, or nothing.
   *
   * @param operands the operands, then the tensors that the operator holds itself
   */
  public OptionalInt broadcast(List<Shape> operands) {
    int fromEnd = 0;
    for (int k = 0; k < operands.size(); k++) {
      int own = in(k) ? of(k) - operands.get(k).rank() : fromEnd;
      if (fromEnd != 0 && own != fromEnd) {
        return OptionalInt.empty();
      }
      fromEnd = own;
    }
    for (int k = 0; k < operands.size(); k++) {
      Shape shape = operands.get(k);
      boolean wide = -fromEnd <= shape.rank() && !in(k);
      if (fromEnd == 0 || (wide && !shape.dim(fromEnd).equals(Dim.ONE))) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(operands.stream().mapToInt(Shape::rank).max().orElse(0) + fromEnd);
  }
}
