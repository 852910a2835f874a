package dev.axiomml.verify.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.train.GradientReading;
import dev.axiomml.testing.OpSamples.OpSample;
import dev.axiomml.verify.OpenWeights;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Points side by side give what each gives by itself, values and slopes. */
class PointReadingTest {
  private static final int POINTS = 5;

  static Stream<OpSample> samples() {
    return OpenWeights.both().filter(sample -> !(sample.op() instanceof RunOp));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void values_of_points_are_those_of_each_point(OpSample sample) {
    Graph graph = sample.graph();
    PreparedGraph forms = PreparedGraph.of(graph);
    List<List<Tensor>> points = points(sample);
    Map<Value, LinearPanel> all = PointReading.at(forms, panels(points));
    for (int k = 0; k < POINTS; k++) {
      Map<Value, RuntimeValue> one = graph.readAll(List.copyOf(points.get(k)), new Interpreter());
      for (Value output : graph.outputs()) {
        same(all.get(output).column(k), one.get(output).tensor().toDoubles(), sample.toString());
      }
    }
  }

  /** Steps are left out, which are descended by a smooth function's slope. */
  static Stream<OpSample> sloping() {
    return samples()
        .filter(
            sample ->
                !(sample.op() instanceof ScalarOp f)
                    || new ProfileCurve(f).descent(0.3) == slope(f));
  }

  @ParameterizedTest
  @MethodSource("sloping")
  void slopes_of_points_are_gradients_at_each_point(OpSample sample) {
    Graph graph = sample.graph();
    PreparedGraph forms = PreparedGraph.of(graph);
    List<List<Tensor>> points = points(sample);
    Map<Value, LinearPanel> all = PointReading.at(forms, panels(points));
    Value output = graph.outputs().get(0);
    double[] seed = new double[output.type().shape().count()];
    java.util.Arrays.setAll(seed, i -> i % 3 - 0.75);
    LinearPanel seeds = new LinearPanel(seed.length, POINTS);
    for (int k = 0; k < POINTS; k++) {
      seeds.add(k, seed);
    }
    List<LinearPanel> slopes = PointReading.slopes(forms, all, Map.of(output, seeds));
    for (int k = 0; k < POINTS; k++) {
      Map<Value, RuntimeValue> one = graph.readAll(List.copyOf(points.get(k)), new Interpreter());
      Map<Value, double[]> back = graph.reverse(Map.of(output, seed), new GradientReading(one));
      for (int input = 0; input < slopes.size(); input++) {
        double[] none = new double[slopes.get(input).size()];
        double[] expected = back.getOrDefault(graph.inputs().get(input), none);
        same(slopes.get(input).column(k), expected, sample.toString());
      }
    }
  }

  private static double slope(ScalarOp f) {
    return f.derivative().map(d -> d.value(0.3)).orElse(0.0);
  }

  private static List<List<Tensor>> points(OpSample sample) {
    List<List<Tensor>> points = new ArrayList<>();
    for (int k = 0; k < POINTS; k++) {
      points.add(sample.data(40 + k));
    }
    return points;
  }

  private static List<LinearPanel> panels(List<List<Tensor>> points) {
    List<LinearPanel> panels = new ArrayList<>();
    for (int input = 0; input < points.get(0).size(); input++) {
      LinearPanel panel = new LinearPanel(points.get(0).get(input).size(), points.size());
      for (int k = 0; k < points.size(); k++) {
        panel.add(k, points.get(k).get(input).toDoubles());
      }
      for (int i = 0; i < panel.size(); i++) {
        panel.row(i);
      }
      panels.add(panel);
    }
    return panels;
  }

  private static void same(double[] made, double[] expected, String what) {
    assertThat(made).hasSameSizeAs(expected);
    for (int i = 0; i < made.length; i++) {
      if (Double.isNaN(expected[i])) {
        assertThat(made[i]).as(what).isNaN();
        continue;
      }
      assertThat(made[i])
          .as(what)
          .isCloseTo(expected[i], within(2e-3 * (1 + Math.abs(expected[i]))));
    }
  }

  @Test
  void steps_are_descended_by_a_slope_that_is_not_zero() {
    assertThat(new ProfileCurve(new Sign()).descent(0.5)).isPositive();
    assertThat(new ProfileCurve(new Floor()).descent(-1.5)).isPositive();
    assertThat(new ProfileCurve(new LeakyRelu(0.25f)).descent(-3)).isEqualTo(0.25);
    assertThat(new ProfileCurve(new LeakyRelu(0.25f)).descent(3)).isEqualTo(1);
  }
}
