package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.gradient.WindowWinners;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.OpSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivatives, and derivatives of those, on kernels. */
class SlopeKernelsTest {
  /** Where functions have kinks and jumps, beside them and far from them. */
  private static final float[] X = {
    -30, -6.5f, -3, -1.01f, -1, -0.99f, -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.99f, 1, 1.01f, 3, 6.5f, 30,
    Float.NaN
  };

  @BeforeEach
  void library() {
    Graphs.backend();
  }

  static Stream<ScalarOp> slopes() {
    List<ScalarOp> all = new ArrayList<>();
    for (OpSamples.OpSample sample : OpSamples.all()) {
      if (sample.op() instanceof ScalarOp op) {
        op.derivative().ifPresent(all::add);
        op.derivative().flatMap(ScalarOp::derivative).ifPresent(all::add);
      }
    }
    return all.stream().distinct();
  }

  @ParameterizedTest
  @MethodSource("slopes")
  void a_slope_is_what_the_operator_says_rounded_once(ScalarOp op) {
    float[] y = run(op, Tensor.of(Shape.of(X.length), X)).toFloats();
    for (int i = 0; i < X.length; i++) {
      double expected = op.value(X[i]);
      if (Double.isNaN(expected) || Math.abs(expected) > 1e30) {
        assertThat(Float.isNaN(y[i]) || Math.abs(y[i]) > 1e30 || Double.isInfinite(expected))
            .as("%s at %s: %s", op, X[i], y[i])
            .isTrue();
      } else {
        assertThat(Math.abs(y[i] - expected))
            .as("%s at %s: %s, not %s", op, X[i], y[i], expected)
            .isLessThanOrEqualTo(0x1p-23 * Math.abs(expected) + 1e-30);
      }
    }
  }

  @Test
  void the_first_largest_of_a_window_wins() {
    float nan = Float.NaN;
    Tensor x = Tensor.of(Shape.of(3, 3), 2, 2, 1, 5, nan, 7, -1, -3, -1);
    Tensor y = Tensor.of(Shape.of(3), 2, nan, -1);
    Op winners = new WindowWinners(new ReduceMax(List.of(1), false));
    assertThat(run(winners, x, y).toFloats()).containsExactly(1, 0, 0, 0, 1, 0, 1, 0, 0);
  }

  private static Tensor run(Op op, Tensor... in) {
    Graph graph = Graphs.of(op, Stream.of(in).map(Tensor::shape).toList());
    assertThat(Graphs.haveKernels(graph)).isTrue();
    return Graphs.standard(graph, List.of(in));
  }
}
