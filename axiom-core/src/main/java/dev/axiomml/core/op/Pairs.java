package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Indices;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/** Operands that are broadcast to one shape. */
final class Pairs {
  private Pairs() {}

  static Shape out(Op op, List<Type> in) {
    return Families.shapes(in).stream()
        .reduce((a, b) -> Shapes.broadcast(op.title(), a, b))
        .orElseThrow();
  }

  /** For each operand the element that each output draws on. */
  static int[][] positions(Op op, List<Type> in) {
    Shape out = out(op, in);
    return in.stream()
        .map(type -> Indices.walk(out.sizes(), Indices.broadcast(type.shape(), out)))
        .toArray(int[][]::new);
  }
}
