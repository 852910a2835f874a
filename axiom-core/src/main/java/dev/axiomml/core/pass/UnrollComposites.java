package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.OpLowering;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Puts the parts of operators in their place: recurrent layers step by step, norms with their
 * factors apart, attention as products and softmax.
 *
 * <p>What a proof says of the parts it says of the operator up to float32 rounding, for which the
 * backends that run the parts are bound.
 */
public final class UnrollComposites extends GraphRewrite {
  private final Predicate<Composite> wanted;

  private UnrollComposites(Predicate<Composite> wanted) {
    this.wanted = wanted;
  }

  /** The graph with every operator taken apart that has parts. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new UnrollComposites(composite -> true));
  }

  /** The graph with the parts of those operators that predictions and proofs take in parts. */
  public static RewrittenGraph lowered(Graph graph) {
    return GraphRewrite.of(graph, new UnrollComposites(Composite::lowered));
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    Optional<OpLowering> parts =
        at.op() instanceof Composite composite && wanted.test(composite)
            ? composite.parts(in.stream().map(Value::type).toList())
            : Optional.empty();
    return parts.isPresent() ? below(at.name(), parts.get(), in) : copy(at, in);
  }

  private List<Value> below(String name, OpLowering parts, List<Value> in) {
    GraphBuilder to = to();
    to.enter(name);
    List<Value> out = parts.emit(to, in);
    to.leave();
    return out;
  }
}
