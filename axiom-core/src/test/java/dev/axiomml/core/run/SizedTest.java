package dev.axiomml.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.NonZero;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizedTest {
  private static final Dim FOUND = Dim.symbol("found");

  private static Tensor run(Graph graph, Tensor x) {
    try (Plan plan = new ReferenceBackend().compile(graph, Compilation.DEFAULT)) {
      return plan.run(List.of(x)).get(0).tensor();
    }
  }

  /** Mutation: bind nothing. */
  @Test
  void a_step_behind_knows_the_size_that_data_told() {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(2, 3)));
    Value places = b.one(new NonZero("found"), List.of(x));
    Value flat = b.one(new Reshape(Shape.of(FOUND.times(2))), List.of(places));
    Graph graph = b.build(List.of(flat));
    assertThat(run(graph, Tensor.of(Shape.of(2, 3), 0, 1, 0, 0, 0, 1)).toLongs())
        .containsExactly(0, 1, 1, 2);
    assertThat(run(graph, Tensor.of(Shape.of(2, 3), 0, 0, 0, 0, 5, 0)).toLongs())
        .containsExactly(1, 1);
  }

  @Test
  void a_size_that_nothing_told_is_refused_where_it_is_wanted() {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(1)));
    Graph graph = b.build(List.of(b.add("wide", new Expand(Shape.of(FOUND)), List.of(x)).get(0)));
    assertThatThrownBy(() -> run(graph, Tensor.zeros(Shape.of(1))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("found is symbolic")
        .hasMessageContaining("wide")
        .hasMessageContaining("must be known when it runs")
        .hasMessageContaining("export the model with fixed sizes");
  }
}
