package dev.axiomml.core.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.testing.PassGraphs;
import dev.axiomml.testing.RewriteLaw;
import dev.axiomml.testing.RewriteLaw.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RewriteLawsTest {
  private static final int GRAPHS = 150;

  /** A rewrite and what it promises. */
  private record Rewriting(String name, Pass pass, Promise promise) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static RewrittenGraph bound(Graph graph) {
    return graph.bind(symbol -> Dim.symbol("N"));
  }

  private static RewrittenGraph masks(Graph graph) {
    RewrittenGraph fixed = graph.bind(Map.of("N", 3L));
    return fixed.then(KnownMasks.apply(fixed.graph()));
  }

  static Stream<Rewriting> rewrites() {
    return Stream.of(
        new Rewriting("bind", RewriteLawsTest::bound, Promise.EXACT),
        new Rewriting("DropDropout", DropDropout::apply, Promise.EXACT),
        new Rewriting("KnownMasks", RewriteLawsTest::masks, Promise.EXACT),
        new Rewriting("UnrollComposites", UnrollComposites::apply, Promise.ROUNDED),
        new Rewriting("lowered", UnrollComposites::lowered, Promise.ROUNDED),
        new Rewriting("FoldConstants", FoldConstants::apply, Promise.ROUNDED),
        new Rewriting("CancelPermutes", CancelPermutes::apply, Promise.ROUNDED),
        new Rewriting("FlattenOrder", FlattenOrder::apply, Promise.ROUNDED),
        new Rewriting("FoldBatchNorm", FoldBatchNorm::apply, Promise.ROUNDED),
        new Rewriting("FoldScale", FoldScale::apply, Promise.ROUNDED),
        new Rewriting("FuseOperators", FuseOperators::apply, Promise.ROUNDED),
        new Rewriting("imported", PassPipelines::imported, Promise.ROUNDED),
        new Rewriting("inference", PassPipelines::inference, Promise.ROUNDED));
  }

  @ParameterizedTest
  @MethodSource("rewrites")
  void a_value_and_what_it_became_are_the_same(Rewriting rewriting) {
    long kept = 0;
    long lost = 0;
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph before = PassGraphs.of(seed);
      RewrittenGraph after = Pass.checked(rewriting.pass(), before);
      long found = RewriteLaw.check(before, after, rewriting.promise(), seed);
      kept += found;
      lost += before.nodes().size() - found;
    }
    assertThat(kept).isGreaterThan(lost);
  }

  /** A graph as it is, but for one value. */
  private static RewrittenGraph exchanged(Graph graph, Value one, Value other) {
    Map<Value, Value> where = new HashMap<>(RewrittenGraph.same(graph).where());
    where.put(one, other);
    return new RewrittenGraph(graph, where);
  }

  @Test
  void a_pass_that_loses_an_output_or_changes_a_type_is_refused() {
    Graph graph = PassGraphs.of(3);
    Map<Value, Value> lost = new HashMap<>(RewrittenGraph.same(graph).where());
    lost.remove(graph.outputs().get(0));
    Pass losing = any -> new RewrittenGraph(graph, lost);
    assertThatThrownBy(() -> Pass.checked(losing, graph)).hasMessageContaining("a pass changed");
    Value row = graph.inputs().get(1);
    Value other =
        graph.values().filter(v -> !v.type().equals(row.type())).reduce((a, b) -> b).orElseThrow();
    Pass mistaking = any -> exchanged(graph, other, row);
    assertThatThrownBy(() -> Pass.checked(mistaking, graph)).hasMessageContaining("a pass changed");
  }

  @Test
  void one_wrong_entry_is_seen() {
    Graph graph = PassGraphs.of(3);
    List<Value> inner = graph.values().filter(v -> !graph.outputs().contains(v)).toList();
    Value one = inner.get(inner.size() - 1);
    for (Promise promise : Promise.values()) {
      RewriteLaw.check(graph, RewrittenGraph.same(graph), promise, 1);
      for (Value other : graph.values().filter(v -> !v.equals(one)).toList()) {
        assertThatThrownBy(() -> RewriteLaw.check(graph, exchanged(graph, one, other), promise, 1))
            .isInstanceOf(AssertionError.class);
      }
    }
  }
}
