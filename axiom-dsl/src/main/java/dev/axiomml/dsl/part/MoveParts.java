package dev.axiomml.dsl.part;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Steps that only move elements, as parts. */
public final class MoveParts {
  private MoveParts() {}

  /** All of a sample in one row. */
  public static OperatorPart flatten(Type in) {
    Shape shape = in.shape();
    Shape rest = shape.sub(1, shape.rank());
    return OperatorPart.of("flatten", new Reshape(Shape.of(shape.dim(0), rest.volume())));
  }

  /** A sample in another shape. */
  public static OperatorPart reshape(Type in, Shape sample) {
    return OperatorPart.of("reshape", new Reshape(Shape.of(in.shape().dim(0)).concat(sample)));
  }

  /** Zeros around the spatial axes: one number for all, one an axis, or before and after each. */
  public static OperatorPart pad(Shape in, int... each) {
    int rank = in.rank() - 2;
    List<Integer> before = new ArrayList<>(List.of(0));
    List<Integer> after = new ArrayList<>(List.of(0));
    for (int axis = 0; axis < rank; axis++) {
      int first = each.length == 1 ? 0 : each.length == rank ? axis : 2 * axis;
      int second = each.length == 2 * rank && rank > 0 && each.length > rank ? first + 1 : first;
      if (second >= each.length) {
        throw new ShapeException(
            new Diagnosis(
                "pad with " + each.length + " numbers on " + in,
                "",
                "one number for all axes, one for each of the " + rank + ", or two for each",
                "give 1, " + rank + " or " + 2 * rank + " numbers"));
      }
      before.add(each[first]);
      after.add(each[second]);
    }
    before.add(0);
    after.add(0);
    return OperatorPart.of("pad", new Pad(before, after, 0));
  }

  /** The first half of the last axis, gated by the second. */
  public static LayerPosition glu(LayerPosition x) {
    Dim half = x.type().shape().dim(-1).floorDiv(2);
    if (!half.times(2).equals(x.type().shape().dim(-1))) {
      throw new ShapeException(
          new Diagnosis(
              "glu of " + x.sample(),
              x.place("glu", List.of(x)),
              "the last axis is cut into two halves",
              "make it even"));
    }
    LayerPosition gate = x.op("slice", new Slice(-1, half, half, 1)).op("sigmoid", new Sigmoid());
    return x.op("slice", new Slice(-1, Dim.ZERO, half, 1)).op("mul", new Mul(), gate);
  }

  /** Channels of an image in so many groups, dealt out in turn. */
  public static LayerPosition shuffled(LayerPosition x, int groups) {
    Shape shape = x.type().shape();
    int channels = shape.size(-1);
    if (groups < 1 || channels % groups != 0) {
      throw new ShapeException(
          new Diagnosis(
              "shuffle of " + x.sample() + " in " + groups + " groups",
              x.place("shuffle", List.of(x)),
              "the groups share the channels evenly",
              "choose a number that divides " + channels));
    }
    int each = channels / groups;
    long[] from =
        IntStream.range(0, channels)
            .mapToLong(k -> (long) k % groups * each + k / groups)
            .toArray();
    return x.op("shuffle", new Take(-1, Tensor.ofLongs(Shape.of(channels), from)));
  }

  /** Spatial axes so many times as long: copies of the nearest, or a linear blend. */
  public static OperatorPart enlarged(Shape in, int factor, boolean blended) {
    if (factor < 1) {
      throw new IllegalArgumentException("an image grows by a factor of at least 1, got " + factor);
    }
    Shape to =
        new Shape(in.sub(1, in.rank() - 1).dims().stream().map(dim -> dim.times(factor)).toList());
    return OperatorPart.of(
        "upsample",
        blended
            ? new ResizeLinear(to, ResizeSampling.of(ResizeCoordinates.HALF_PIXEL))
            : new ResizeNearest(
                to, ResizeSampling.of(ResizeCoordinates.ASYMMETRIC), ResizeNearest.Rounding.FLOOR));
  }
}
