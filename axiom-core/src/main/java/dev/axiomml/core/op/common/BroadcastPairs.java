package dev.axiomml.core.op.common;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/** Operands that are broadcast to one shape. */
public final class BroadcastPairs {
  private BroadcastPairs() {}

  public static Shape out(Op op, List<Type> in) {
    return FamilyTypes.shapes(in).stream()
        .reduce((a, b) -> CommonShapeRules.broadcast(op.title(), a, b))
        .orElseThrow();
  }

  /** For each operand the element that each output draws on. */
  public static int[][] positions(Op op, List<Type> in) {
    Shape out = out(op, in);
    return in.stream()
        .map(type -> IndexWalk.walk(out.sizes(), IndexWalk.broadcast(type.shape(), out)))
        .toArray(int[][]::new);
  }
}
