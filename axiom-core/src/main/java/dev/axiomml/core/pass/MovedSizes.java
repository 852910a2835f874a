package dev.axiomml.core.pass;

import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Moves sizes, some symbolic, the way a {@link MoveOp} moves elements. */
final class MovedSizes {
  private MovedSizes() {}

  static Optional<KnownValue.Sizes> of(MoveOp op, List<Type> in, List<KnownValue> known) {
    List<Shape> shapes = in.stream().map(Type::shape).toList();
    Shape out = op.out(shapes);
    if (!out.isFixed() || op.fill(shapes).isPresent()) {
      return Optional.empty();
    }
    Dim[] moved = new Dim[out.count()];
    Arrays.fill(moved, Dim.ZERO);
    for (int operand = 0; operand < in.size(); operand++) {
      List<Dim> sizes = known.get(operand).sizes().orElseThrow();
      ProductLines lines =
          (to, toStep, from, fromStep, one, still, n) -> {
            for (int j = 0; j < n; j++) {
              moved[to + j * toStep] = sizes.get(from + j * fromStep);
            }
          };
      op.nests(operand, shapes).forEach(nest -> nest.lines(lines));
    }
    return Optional.of(new KnownValue.Sizes(out, List.of(moved)));
  }
}
