package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.reduce.CumSum;
import java.util.Optional;

/**
 * What is known of a value from what made it.
 *
 * @param builder the graph so far
 */
record ValueOrigins(GraphBuilder builder) {
  /** The value that is repeated along axes to make it, else itself. */
  Value expanded(Value value) {
    return made(value, Expand.class).map(node -> node.in().get(0)).orElse(value);
  }

  /** Whether it is 0, 1, 2, … in some shape, made by {@code arange}. */
  boolean counts(Value value) {
    Value at = value;
    while (made(at, Cast.class).isPresent() || made(at, Reshape.class).isPresent()) {
      at = builder.producer(at).orElseThrow().in().get(0);
    }
    return made(at, CumSum.class).isPresent();
  }

  private Optional<Node> made(Value value, Class<? extends Op> by) {
    return builder.producer(value).filter(node -> by.isInstance(node.op()));
  }
}
