package dev.axiomml.core.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.PassGraphs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GraphEdgesTest {
  private static void followsItsDefinition(Graph graph, Value value) {
    assertThat(graph.producer(value).stream())
        .isEqualTo(graph.nodes().stream().filter(n -> n.out().contains(value)).toList());
    assertThat(graph.readers(value))
        .isEqualTo(graph.nodes().stream().filter(n -> n.in().contains(value)).toList());
    Stream<Value> operands = graph.nodes().stream().flatMap(n -> n.in().stream());
    List<Value> read = Stream.concat(operands, graph.outputs().stream()).toList();
    assertThat(graph.uses(value)).isEqualTo(Collections.frequency(read, value));
  }

  @Test
  void edges_of_random_graphs_are_those_of_their_definition() {
    for (long seed = 0; seed < 200; seed++) {
      Graph graph = PassGraphs.of(seed);
      graph.values().forEach(value -> followsItsDefinition(graph, value));
    }
  }

  private static boolean isReadAfter(Graph graph, int position, Value value) {
    List<Node> later = graph.nodes().subList(position + 1, graph.nodes().size());
    return graph.outputs().contains(value) || later.stream().anyMatch(n -> n.in().contains(value));
  }

  @Test
  void a_value_ends_with_the_last_node_that_reads_it() {
    for (long seed = 0; seed < 100; seed++) {
      Graph graph = PassGraphs.of(seed);
      GraphEdges edges = new GraphEdges();
      graph.nodes().forEach(edges::add);
      graph.outputs().forEach(edges::output);
      for (int i = 0; i < graph.nodes().size(); i++) {
        int at = i;
        Node node = graph.nodes().get(at);
        assertThat(edges.endedBy(node))
            .as("seed %s, node %s", seed, at)
            .containsExactlyElementsOf(
                Stream.concat(node.in().stream(), node.out().stream())
                    .filter(value -> !isReadAfter(graph, at, value))
                    .toList());
      }
    }
  }

  @Test
  void a_value_that_is_read_twice_by_a_node_and_given_out_is_used_three_times() {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(2)));
    Value twice = b.one(new Relu(), List.of(x));
    Value sum = b.one(new Add(), List.of(twice, twice));
    Graph graph = b.build(List.of(sum, twice));
    assertThat(graph.uses(twice)).isEqualTo(3);
    assertThat(graph.readers(twice)).hasSize(1);
    assertThat(graph.producer(x)).isEmpty();
  }

  /** Runs the parts of a graph, cut behind every third node, one after another. */
  private static Map<Value, RuntimeValue> inParts(Graph graph, List<RuntimeValue> in) {
    Map<Value, RuntimeValue> made = new HashMap<>(graph.constants());
    for (int i = 0; i < in.size(); i++) {
      made.put(graph.inputs().get(i), in.get(i));
    }
    for (int from = 0; from < graph.nodes().size(); from += 3) {
      int to = Math.min(graph.nodes().size(), from + 3);
      Graph part = graph.part(graph.nodes().subList(from, to));
      List<RuntimeValue> out =
          part.read(part.inputs().stream().map(made::get).toList(), new Interpreter());
      for (int i = 0; i < out.size(); i++) {
        made.put(part.outputs().get(i), out.get(i));
      }
    }
    return made;
  }

  @Test
  void parts_of_a_graph_compute_what_it_computes_and_answer_nothing_that_is_not_read() {
    for (long seed = 0; seed < 100; seed++) {
      Graph graph = PassGraphs.of(seed).bind(Map.of("N", 2L)).graph();
      List<RuntimeValue> in = new ArrayList<>();
      graph.inputs().forEach(v -> in.add(Tensor.random(v.type().shape(), 7, -1, 1)));
      Map<Value, RuntimeValue> made = inParts(graph, in);
      assertThat(graph.outputs().stream().map(made::get))
          .as("seed %s", seed)
          .isEqualTo(graph.read(in, new Interpreter()));
      Graph whole = graph.part(graph.nodes());
      assertThat(graph.outputs()).containsAll(whole.outputs());
    }
  }

  @Test
  void values_of_other_graphs_have_no_edges() {
    Graph graph = PassGraphs.of(1);
    Value other = PassGraphs.of(1).outputs().get(0);
    assertThat(graph.producer(other)).isEmpty();
    assertThat(graph.readers(other)).isEmpty();
    assertThat(graph.uses(other)).isZero();
  }
}
