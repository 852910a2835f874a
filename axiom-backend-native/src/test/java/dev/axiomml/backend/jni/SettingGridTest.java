package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.scalar.Acosh;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import dev.axiomml.testing.SettingGrid;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels against what operators state, for ordinary and extreme settings and numbers. */
class SettingGridTest {
  private static final float[] EDGES = {
    0,
    -0f,
    1,
    -1,
    2,
    -2,
    1e-45f,
    -1e-45f,
    1e-39f,
    -1e-39f,
    1e10f,
    -1e10f,
    3.4e38f,
    -3.4e38f,
    88.7f,
    -88.7f,
    104,
    -104,
    0.99999994f,
    1.0000001f,
    -0.99999994f,
    -1.0000001f,
    1e19f,
    -1e19f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  @BeforeEach
  void needsTheLibrary() {
    Graphs.backend();
  }

  private static Tensor run(Op op, float[] x, Optimize level) {
    Shape shape = Shape.of(x.length);
    return Graphs.run(
            Graphs.of(op, List.of(shape)),
            List.of(Tensor.of(shape, x)),
            Graphs.strict().at(level).withJavaForTheRest())
        .get(0);
  }

  static Stream<SettingGrid.Row> grid() {
    return SettingGrid.rows().stream();
  }

  /** Mutation: a kernel's product, quotient or setting of its own in float32. */
  @ParameterizedTest
  @MethodSource("grid")
  void kernels_are_within_the_stated_ulps_for_every_setting(SettingGrid.Row row) {
    float[] x = SettingGrid.points(row.op(), 23);
    float[] strict = run(row.op(), x, Optimize.STRICT).toFloats();
    float[] standard = run(row.op(), x, Optimize.STANDARD).toFloats();
    for (int i = 0; i < x.length; i++) {
      boolean pole = Double.isInfinite(row.op().value(x[i]));
      BigDecimal truth = pole ? BigDecimal.ZERO : row.truth().apply(new BigDecimal(x[i]));
      for (float y : new float[] {strict[i], standard[i]}) {
        assertThat(pole || SettingGrid.isWithin(row.op(), truth, y))
            .as("%s(%s) = %s, in fact %s", row, x[i], y, truth.doubleValue())
            .isTrue();
      }
    }
  }

  @Test
  void kernels_keep_finite_what_the_settings_once_made_infinite() {
    for (SettingGrid.Row row : SettingGrid.rows()) {
      float[] y = run(row.op(), new float[] {0, -1e-30f, -1, -1e30f}, Optimize.STRICT).toFloats();
      for (int i = 0; i < y.length; i++) {
        double value = row.op().value(new float[] {0, -1e-30f, -1, -1e30f}[i]);
        boolean finite = Math.abs(value) < 1e38;
        assertThat(!finite || Float.isFinite(y[i])).as("%s: %s", row, y[i]).isTrue();
      }
    }
  }

  /** Operators that act on each element alone. */
  static Stream<OpSample> functions() {
    return OpSamples.all().stream()
        .filter(s -> !(s.op() instanceof RunOp))
        .filter(s -> s.in().equals(List.of(Shape.of(3, 7))));
  }

  /**
   * Outside of a function's domain, at zeros, infinities, NaN and numbers below the normal ones.
   */
  @ParameterizedTest
  @MethodSource("functions")
  void kernels_and_the_reference_agree_at_every_edge(OpSample sample) {
    Graph graph = Graphs.of(sample.op(), List.of(Shape.of(EDGES.length)));
    List<RuntimeValue> in = List.of(Tensor.of(Shape.of(EDGES.length), EDGES));
    float[] reference = graph.read(in, new Interpreter()).get(0).tensor().toFloats();
    float[] kernel = run(sample.op(), EDGES, Optimize.STRICT).toFloats();
    double ulps = sample.op() instanceof ScalarOp f ? f.accuracy().ulps() : 4;
    for (int i = 0; i < EDGES.length; i++) {
      boolean same = Float.compare(reference[i] + 0f, kernel[i] + 0f) == 0;
      double allowed = (ulps + 1) * Math.ulp(reference[i]);
      assertThat(same || Math.abs((double) reference[i] - kernel[i]) <= allowed)
          .as("%s(%s): reference %s, kernel %s", sample, EDGES[i], reference[i], kernel[i])
          .isTrue();
    }
  }

  @Test
  void the_inverse_of_cosh_is_no_number_below_one() {
    float[] below = {0.5f, 0, -1, -2, -1e10f, -3e38f, Float.NEGATIVE_INFINITY};
    for (float y : run(new Acosh(), below, Optimize.STRICT).toFloats()) {
      assertThat(y).isNaN();
    }
  }
}
