package dev.axiomml.core.op.reduce;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.NestMembers;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SampleStatement;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which axes of a shape are taken together.
 *
 * @param operator its name in errors
 * @param in the shape
 * @param listed the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReducedAxes(String operator, Shape in, List<Integer> listed, boolean keep) {
  /** Whether an axis, counted from the front, is taken together. */
  boolean reduces(int axis) {
    return listed.isEmpty() || listed.contains(axis) || listed.contains(axis - in.rank());
  }

  public Shape out() {
    listed.forEach(axis -> CommonShapeRules.axis(operator, in, axis));
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < in.rank(); axis++) {
      if (!reduces(axis)) {
        dims.add(in.dim(axis));
      } else if (keep) {
        dims.add(Dim.ONE);
      }
    }
    return new Shape(dims);
  }

  /** How many elements make one. */
  int members() {
    return select(this::reduces).count();
  }

  private Shape select(IntPredicate wanted) {
    return new Shape(IntStream.range(0, in.rank()).filter(wanted).mapToObj(in::dim).toList());
  }

  /** Adds the elements of each output. */
  LoopNest nest() {
    int[] steps = new int[in.rank()];
    int[] kept = select(axis -> !reduces(axis)).strides();
    int next = 0;
    for (int axis = 0; axis < steps.length; axis++) {
      steps[axis] = reduces(axis) ? 0 : kept[next++];
    }
    return LoopNest.plain(in.sizes(), steps, in.strides());
  }

  /** Visits the elements of every output. */
  void windows(NestMembers.Sink sink) {
    NestMembers.each(List.of(nest()), out().count(), sink);
  }

  /** The listed axes where they are stored. */
  List<Integer> stored(int[] order) {
    return IntStream.range(0, order.length).filter(i -> reduces(order[i])).boxed().toList();
  }

  /** The order in which the output's axes are stored. */
  public int[] storedOut(int[] order) {
    if (keep) {
      return order;
    }
    int[] kept = Arrays.stream(order).filter(axis -> !reduces(axis)).toArray();
    int[] sorted = Arrays.stream(kept).sorted().toArray();
    return Arrays.stream(kept).map(axis -> Arrays.binarySearch(sorted, axis)).toArray();
  }

  /**
   * Where samples lie in the output, where they are not taken together; see {@link
   * SampleStatement#rows}.
   */
  public OptionalInt rows(SampleAxes samples) {
    OptionalInt own = samples.beside(this::reduces);
    boolean moves = own.isPresent() && !keep;
    int gone = moves ? (int) IntStream.range(0, own.getAsInt()).filter(this::reduces).count() : 0;
    return own.isPresent() ? OptionalInt.of(own.getAsInt() - gone) : own;
  }
}
