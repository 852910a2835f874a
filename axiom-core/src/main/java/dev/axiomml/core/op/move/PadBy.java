package dev.axiomml.core.op.move;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A border that repeats the value itself; exact, on elements of any type.
 *
 * <p>Shape: each axis grows by {@code before + after}.
 *
 * @param before positions put before each axis; negative cuts off
 * @param after positions put after each axis; negative cuts off
 * @param mode what they repeat
 */
public record PadBy(List<Integer> before, List<Integer> after, Mode mode) implements MoveOp {
  /** What a border repeats. */
  public enum Mode {
    /** Mirrored at the border element, which is not repeated. */
    REFLECT {
      @Override
      int source(int position, int size) {
        int period = Math.max(1, 2 * (size - 1));
        int at = Math.floorMod(position, period);
        return Math.min(at, period - at) % size;
      }
    },
    /** The border element. */
    EDGE {
      @Override
      int source(int position, int size) {
        return Math.max(0, Math.min(size - 1, position));
      }
    },
    /** The other end. */
    CIRCULAR {
      @Override
      int source(int position, int size) {
        return Math.floorMod(position, size);
      }
    };

    abstract int source(int position, int size);
  }

  /** Checks that both lists have one length. */
  public PadBy {
    before = List.copyOf(before);
    after = List.copyOf(after);
    if (before.size() != after.size()) {
      throw new IllegalArgumentException("a pad before each of " + before + " but after " + after);
    }
  }

  @Override
  public Shape out(List<Shape> in) {
    Shape out = Pad.padded(in.get(0), before, after);
    for (int axis = 0; axis < out.rank(); axis++) {
      boolean empty = in.get(0).dim(axis).isFixed() && kept(in.get(0).size(axis), axis) <= 0;
      if (empty && (before.get(axis) > 0 || after.get(axis) > 0)) {
        throw nothingToRepeat(in.get(0), axis);
      }
    }
    return out;
  }

  private ShapeException nothingToRepeat(Shape in, int axis) {
    return new ShapeException(
        new Diagnosis(
            mode + " pad of the empty axis " + axis + " of " + in,
            "",
            "a border that repeats needs at least one element to repeat",
            "pad with a number there"));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int[] sizes = in.get(0).sizes();
    int[] padded = out(in).sizes();
    int[][] tables = new int[sizes.length][];
    for (int axis = 0; axis < sizes.length; axis++) {
      int size = sizes[axis];
      int first = -before.get(axis);
      int cut = Math.max(0, first);
      int kept = kept(size, axis);
      tables[axis] =
          IntStream.range(first, first + padded[axis])
              .map(i -> cut + mode.source(i - cut, kept))
              .toArray();
    }
    return List.of(AxisTables.nest(in.get(0), tables));
  }

  /** What a border repeats is what negative pads leave. */
  private int kept(int size, int axis) {
    return size - Math.max(0, -before.get(axis)) - Math.max(0, -after.get(axis));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    PadBy pad =
        new PadBy(
            AxisOrderSettings.permuted(before, order),
            AxisOrderSettings.permuted(after, order),
            mode);
    return Optional.of(new ReorderedOp(pad, order));
  }

  /** No border is the value itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return new Pad(before, after, 0).given(in, known);
  }
}
