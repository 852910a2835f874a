package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Puts the parts of operators in their place: recurrent layers step by step, norms with their
 * factors apart, attention as products and softmax.
 *
 * <p>What a proof says of the parts it says of the operator up to float32 rounding, for which the
 * backends that run the parts are bound.
 */
public final class UnrollComposites extends GraphRewrite {
  private final BiPredicate<Composite, List<Type>> wanted;

  private UnrollComposites(BiPredicate<Composite, List<Type>> wanted) {
    this.wanted = wanted;
  }

  /** The graph with every operator taken apart that has parts. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new UnrollComposites((composite, in) -> true));
  }

  /** The graph with the parts of those operators that predictions and proofs take in parts. */
  public static RewrittenGraph lowered(Graph graph) {
    boolean some =
        graph.nodes().stream()
            .anyMatch(n -> n.op() instanceof Composite op && op.isLowered(n.inTypes()));
    return some
        ? GraphRewrite.of(graph, new UnrollComposites(Composite::isLowered))
        : RewrittenGraph.same(graph);
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    List<Type> types = in.stream().map(Value::type).toList();
    Optional<OpLowering> parts =
        at.op() instanceof Composite composite && wanted.test(composite, types)
            ? composite.parts(types)
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
