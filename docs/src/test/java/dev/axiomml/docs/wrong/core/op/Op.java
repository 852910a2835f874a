package dev.axiomml.docs.wrong.core.op;

import dev.axiomml.docs.wrong.core.ir.Graph;
import java.util.function.DoubleUnaryOperator;

/** A cycle: op and ir see each other. */
public record Op(Graph graph) {
  /** What rounds as the machine does. */
  public static final DoubleUnaryOperator EXP = Math::exp;
}
