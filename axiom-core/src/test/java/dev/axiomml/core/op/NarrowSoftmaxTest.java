package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where softmax rounds. */
class NarrowSoftmaxTest {
  private static Tensor shares(Softmax op, Tensor x) {
    GraphBuilder builder = Graph.builder();
    Graph graph =
        builder.build(builder.emit(op, List.of(builder.input("x", Type.of(x.shape(), x.dtype())))));
    return graph.read(List.of(x), new Interpreter()).get(0).tensor();
  }

  private static double first(DType dtype, boolean stepwise) {
    Tensor alike = Tensor.full(Shape.of(300), 0).to(dtype);
    return shares(new Softmax(-1, stepwise), alike).doubleAt(0);
  }

  @Test
  void a_sum_of_ones_stops_at_256_in_bfloat16_steps() {
    assertThat(first(DType.BFLOAT16, true)).isEqualTo(1 / 256.0);
    assertThat(first(DType.BFLOAT16, false)).isCloseTo(1 / 300.0, within(0x1p-8 / 300));
  }

  @Test
  void a_sum_of_ones_is_exact_in_float16_steps() {
    assertThat(first(DType.FLOAT16, true)).isCloseTo(1 / 300.0, within(0x1p-11 / 300));
  }

  @Test
  void float16_steps_round_the_difference_the_exponential_and_the_quotient() {
    Tensor x = Tensor.of(Shape.of(2), 2048, 0.5f).to(DType.FLOAT16);
    Tensor near = Tensor.of(Shape.of(2), 4, 0.0004883f).to(DType.FLOAT16);
    assertThat(shares(new Softmax(-1, true), x).toDoubles()).containsExactly(1, 0);
    double exponential = rounded(Math.exp(-4));
    double quotient = rounded(exponential / rounded(1 + exponential));
    assertThat(shares(new Softmax(-1, true), near).doubleAt(1)).isEqualTo(quotient);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void wide_types_do_not_know_steps(DType dtype) {
    Tensor x = Tensor.random(Shape.of(3, 5), 7, -3, 3).to(dtype);
    assertThat(shares(new Softmax(1, true), x)).isEqualTo(shares(new Softmax(1), x));
  }

  private static double rounded(double x) {
    return Tensor.ofDoubles(Shape.of(1), DType.FLOAT16, x).doubleAt(0);
  }
}
