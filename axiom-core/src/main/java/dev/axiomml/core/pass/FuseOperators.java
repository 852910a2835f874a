package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Puts operators together again that an exporter took apart: Gelu of both kinds, Silu, Mish, hard
 * swish, layer and RMS norms with their factors and offsets, attention, linear layers with their
 * bias.
 *
 * <p>The new operator computes the same up to rounding, and is what runs and what proofs speak of.
 * Steps whose results are read elsewhere stay as they are. The operator has the name of the last
 * step.
 */
public final class FuseOperators extends GraphRewrite {
  private final Graph graph;
  private final PatternMatch nothing;

  private FuseOperators(Graph graph) {
    this.graph = graph;
    this.nothing = PatternMatch.in(graph);
  }

  /** The graph with such steps put together. */
  public static RewrittenGraph apply(Graph graph) {
    RewrittenGraph fused = GraphRewrite.of(graph, new FuseOperators(graph));
    RewrittenGraph factors = fused.then(FuseParameters.apply(fused.graph()));
    return factors.then(FuseParameters.apply(factors.graph()));
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    return fused(at).orElseGet(() -> copy(at, in));
  }

  private Optional<List<Value>> fused(Node at) {
    Value out = at.out().get(0);
    if (at.out().size() != 1 || out.type().dtype() != DType.FLOAT32 || graph.isKnown(out)) {
      return Optional.empty();
    }
    return FusionPatterns.ALL.stream()
        .map(fusion -> fused(at, fusion))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<List<Value>> fused(Node at, FusionPatterns.Fusion fusion) {
    Optional<PatternMatch> found =
        fusion.formula().match(nothing, at.out().get(0)).filter(f -> f.isClosed(at));
    return found.flatMap(
        f -> fusion.op().apply(f).flatMap(op -> put(at, op, fusion.operands(), f)));
  }

  /** Empty where the operator would make another type, as a broadcast constant may have. */
  private Optional<List<Value>> put(Node at, Op op, List<String> names, PatternMatch found) {
    List<Value> x = names.stream().map(name -> found.value(bare(name))).toList();
    Type made = op.infer(x.stream().map(Value::type).toList()).get(0);
    if (!made.equals(at.out().get(0).type())) {
      return Optional.empty();
    }
    now(List.copyOf(found.read())).forEach(to()::pin);
    return Optional.of(to().add(at.name(), op, names.stream().map(n -> in(at, n, found)).toList()));
  }

  private static String bare(String name) {
    return name.startsWith(FusionPatterns.NOT) ? name.substring(FusionPatterns.NOT.length()) : name;
  }

  /** An operand in the new graph. */
  private Value in(Node at, String name, PatternMatch found) {
    Value value = now(List.of(found.value(bare(name)))).get(0);
    return bare(name).equals(name)
        ? value
        : to().add(at.name() + ".seen", new Logic(Logic.Kind.NOT), List.of(value)).get(0);
  }
}
