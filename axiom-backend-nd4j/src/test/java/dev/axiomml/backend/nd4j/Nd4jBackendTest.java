package dev.axiomml.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.shape.ShapeOf;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.Needs;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Nd4jBackendTest {
  private final Nd4jBackend backend = new Nd4jBackend();

  @BeforeEach
  void nd4j() {
    Needs.nd4j(backend.unavailable().isEmpty(), backend.unavailable().orElse(""));
  }

  /** Samples that ND4J runs; those of weights once more with the weights as inputs. */
  static Stream<OpSample> covered() {
    return OpSamples.all().stream()
        .flatMap(s -> s.weights().isEmpty() ? Stream.of(s) : Stream.of(s, open(s)))
        .filter(s -> Nd4jRules.cover(s.graph().nodes().get(0)));
  }

  private static OpSample open(OpSample s) {
    return new OpSample(s.op(), s.in(), s.low(), s.high(), Map.of());
  }

  @ParameterizedTest
  @MethodSource("covered")
  void it_computes_what_the_reference_does(OpSample sample) {
    Graph graph = sample.graph();
    List<RuntimeValue> in = new ArrayList<>(sample.data(3));
    Tensor expected = graph.read(in, new Interpreter()).get(0).tensor();
    Tensor actual = backend.compile(graph, Compilation.DEFAULT).run(in).get(0).tensor();
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.doubleAt(i))
          .as("element %s", i)
          .isCloseTo(expected.doubleAt(i), within(1e-5 * (1 + Math.abs(expected.doubleAt(i)))));
    }
  }

  @Test
  void every_family_of_windows_and_sums_is_covered() {
    assertThat(covered().map(s -> s.op().title()).distinct())
        .contains("Dense", "Conv", "MaxPool", "AveragePool", "Softmax", "MatMul", "Add", "Permute");
  }

  @Test
  void what_has_no_rule_is_refused_with_its_name_or_runs_in_java() {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(Shape.of(2, 3)));
    Graph graph = builder.build(builder.emit(new ShapeOf(0, 2), List.of(x)));
    assertThatThrownBy(() -> backend.compile(graph, Compilation.DEFAULT))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("shapeof (ShapeOf)");
    RuntimeValue shape =
        backend
            .compile(graph, Compilation.DEFAULT.withJavaForTheRest())
            .run(List.of(Tensor.zeros(Shape.of(2, 3))))
            .get(0);
    assertThat(shape.tensor().toLongs()).containsExactly(2, 3);
  }
}
