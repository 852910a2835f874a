package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.Pad;
import dev.axiomml.core.op.Reshape;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;

/** Steps that only move elements, as parts. */
final class Moves {
  private Moves() {}

  /** All of a sample in one row. */
  static Part flatten(Type in) {
    Shape shape = in.shape();
    Shape rest = shape.sub(1, shape.rank());
    return Part.of("flatten", new Reshape(Shape.of(shape.dim(0), rest.volume())));
  }

  /** A sample in another shape. */
  static Part reshape(Type in, Shape sample) {
    return Part.of("reshape", new Reshape(Shape.of(in.shape().dim(0)).concat(sample)));
  }

  /** Zeros around the spatial axes: one number for all, one an axis, or before and after each. */
  static Part pad(Shape in, int... each) {
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
    return Part.of("pad", new Pad(before, after, 0));
  }
}
