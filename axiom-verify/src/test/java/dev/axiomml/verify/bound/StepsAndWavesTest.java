package dev.axiomml.verify.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.scalar.Ceil;
import dev.axiomml.core.op.scalar.Cos;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.IsInf;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Shrink;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.Tan;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.core.op.scalar.Trunc;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions that jump and functions that swing, where a wrong piece would show. */
class StepsAndWavesTest {
  private static final ScalarOp ANY_INFINITY = new IsInf(true, true);

  private static Box point(double lo, double hi) {
    return new Box(new double[] {lo}, new double[] {hi});
  }

  private static Box image(ScalarOp f, double lo, double hi) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(1)));
    Graph graph = to.build(to.add("f", f, List.of(x)));
    return graph
        .read(
            List.of(point(lo, hi)),
            new IntervalReading(PreparedGraph.of(graph), RoundingModel.FLOAT32))
        .get(0);
  }

  /** An interval's ends and then the ends of its image. */
  private static void assertImage(ScalarOp f, double... ends) {
    Box y = image(f, ends[0], ends[1]);
    assertThat(y.lo()[0] + 0.0).as("%s on %s", f, Arrays.toString(ends)).isEqualTo(ends[2]);
    assertThat(y.hi()[0] + 0.0).as("%s on %s", f, Arrays.toString(ends)).isEqualTo(ends[3]);
  }

  /** Mutations: {@code <=} at any end in the pieces of a step; a band moved by a half. */
  @Test
  void a_step_is_exact_on_either_side_of_its_jump_and_at_it() {
    assertImage(new Floor(), 2, 2.5, 2, 2);
    assertImage(new Floor(), 2.5, Math.nextDown(3f), 2, 2);
    assertImage(new Floor(), 2.5, 3, 2, 3);
    assertImage(new Ceil(), 2, 2, 2, 2);
    assertImage(new Ceil(), 2, 2.5, 2, 3);
    assertImage(new Ceil(), Math.nextUp(2f), 3, 3, 3);
    assertImage(new Round(), 2.5, 2.6, 2, 3);
    assertImage(new Round(), Math.nextUp(2.5f), 3.5, 3, 4);
    assertImage(new Round(), -0.5, 0.5, 0, 0);
    assertImage(new Trunc(), -0.9, 0.9, 0, 0);
    assertImage(new Trunc(), -1, 1, -1, 1);
    assertImage(new Sign(), 0, 0, 0, 0);
    assertImage(new Sign(), 0, 3, 0, 1);
    assertImage(new Sign(), -3, -1e-30, -1, -1);
    assertImage(new Floor(), 0.5, 1e6 + 0.5, 0, 1e6);
    assertImage(new Trunc(), -1e6 - 0.5, 1e6 + 0.5, -1e6, 1e6);
    assertNear(new Round(), -0x1p60, 0x1p90, -0x1p60, 0x1p90);
    assertImage(new ThresholdedRelu(0.5), 0.25, 0.5, 0, 0);
    assertImage(new ThresholdedRelu(-1), -2, 3, -1, 3);
    assertImage(new IsNan(), -3e38, 3e38, 0, 0);
    assertImage(ANY_INFINITY, -3e38, 3e38, 0, 0);
    assertImage(ANY_INFINITY, 0, 1e39, 0, 1);
  }

  static List<ScalarOp> jumping() {
    return List.of(
        new Floor(),
        new Ceil(),
        new Round(),
        new Trunc(),
        new Sign(),
        new ThresholdedRelu(0.75),
        new Shrink(0, 0.75),
        new Shrink(-2, 0),
        new Relu().derivative().orElseThrow(),
        new Elu(-0.7).derivative().orElseThrow());
  }

  /** Every float beside a jump, in boxes that end there. */
  @ParameterizedTest
  @MethodSource("jumping")
  void no_number_beside_a_jump_leaves_its_box_or_its_lines(ScalarOp f) {
    ProfileCurve curve = new ProfileCurve(f);
    Random random = new Random(3);
    for (int k = 0; k < 4000; k++) {
      float jump = (random.nextInt(17) - 8) / 4f;
      float lo = jump + (random.nextInt(5) - 2) * Math.ulp(jump);
      float hi =
          lo + (random.nextBoolean() ? random.nextInt(4) * Math.ulp(lo) : random.nextInt(30) / 4f);
      Box y = image(f, lo, hi);
      BoundingLines lines = BoundingLines.of(curve, point(lo, hi), RoundingModel.FLOAT32);
      for (int i = 0; i < 9; i++) {
        float x = Math.min(hi, Math.max(lo, i < 5 ? jump + (i - 2) * Math.ulp(jump) : lo + i / 8f));
        float v = (float) f.value(x);
        assertThat(y.lo()[0] <= v && v <= y.hi()[0])
            .as("%s(%s) in [%s, %s]", f, x, lo, hi)
            .isTrue();
        double below = lines.low()[0] + lines.lowSlope()[0] * x;
        double above = lines.high()[0] + lines.highSlope()[0] * x;
        assertThat(below - 1e-15 <= v && v <= above + 1e-15).as("%s(%s)", f, x).isTrue();
      }
    }
  }

  /** What a step is given is a rounded sum, which may lie on either side of the jump. */
  @Test
  void a_sum_that_rounds_across_a_jump_has_both_values() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(1, 3)));
    Tensor ones = Tensor.of(Shape.of(3, 1), 1f, 1f, 1f);
    Value sum = to.weighted(new Dense(), x, List.of(new Parameter("w", ones)));
    Graph graph = to.build(to.add("floor", new Floor(), List.of(sum)));
    double[] at = {1f, 2f, -(0x1p-25)};
    GraphBounds bounds =
        GraphBounds.linear(
            PreparedGraph.of(graph),
            RoundingModel.FLOAT32,
            BoundDomain.of(List.of(new Box(at, at.clone()))));
    Box y = bounds.box(graph.outputs().get(0));
    assertThat(y.lo()[0]).isEqualTo(2);
    assertThat(y.hi()[0]).isEqualTo(3);
  }

  @Test
  void a_wave_reaches_its_crest_and_not_more() {
    assertNear(new Sin(), 1, 2, Math.sin(1), 1);
    assertNear(new Sin(), 4, 5, -1, Math.sin(4));
    assertNear(new Cos(), -1, 0.5, Math.cos(1), 1);
    assertNear(new Cos(), 0.5, 1.5, Math.cos(1.5), Math.cos(0.5));
    assertNear(new Sin(), 99_999, 99_999.5, Math.sin(99_999.5), Math.sin(99_999));
    assertNear(new Sin(), 0, 1e30, -1, 1);
    assertNear(new Sin(), 3e38, 3e38, -1, 1);
    assertNear(new Tan(), 2, 4, Math.tan(2), Math.tan(4));
    assertThat(IntervalReading.finite(image(new Tan(), 1, 2))).isFalse();
    assertThat(IntervalReading.finite(image(new Tan(), -2, -1))).isFalse();
    assertThat(IntervalReading.finite(image(new Tan(), Math.PI / 2 - 1e-7, Math.PI / 2))).isFalse();
  }

  /** The same where executions are some units off. */
  private static void assertNear(ScalarOp f, double... ends) {
    Box y = image(f, ends[0], ends[1]);
    double room = 2e-6 * (1 + Math.abs(ends[2]) + Math.abs(ends[3]));
    assertThat(y.lo()[0]).as("%s", f).isBetween(ends[2] - room, ends[2] + 1e-12);
    assertThat(y.hi()[0]).as("%s", f).isBetween(ends[3] - 1e-12, ends[3] + room);
  }

  @Test
  void waves_and_steps_have_lines_that_follow_them() {
    assertThat(gap(new Sin(), 0.2, 1.2)).isLessThan(0.08);
    assertThat(gap(new Sin(), 2.6, 3.6)).isLessThan(0.08);
    assertThat(gap(new Tan(), -0.5, 0.5)).isLessThan(0.08);
    assertThat(gap(new Reciprocal(), -2, -1)).isLessThan(0.1);
    assertThat(gap(new Floor(), 0, 10)).isCloseTo(1, within(0.15));
    assertThat(gap(new Round(), 0.25, 1000.25)).isCloseTo(1, within(0.01));
  }

  /** The lines of real arithmetic over the middle of an interval. */
  private static double gap(ScalarOp f, double lo, double hi) {
    BoundingLines lines = BoundingLines.of(new ProfileCurve(f), point(lo, hi), RoundingModel.REAL);
    double middle = (lo + hi) / 2;
    double below = lines.low()[0] + lines.lowSlope()[0] * middle;
    return lines.high()[0] + lines.highSlope()[0] * middle - below;
  }

  @Test
  void slopes_are_bounded_as_functions_are() {
    double steep = 1 / Math.pow(Math.cosh(1), 2);
    assertNear(new Tanh().derivative().orElseThrow(), -1, 0.5, steep, 1);
    assertNear(new Gelu().derivative().orElseThrow(), -10, 10, -0.128904, 1.128904);
    assertImage(new Relu().derivative().orElseThrow(), -1, 0, 0, 0);
    assertImage(new Relu().derivative().orElseThrow(), -1, 1, 0, 1);
    assertImage(new Relu().derivative().orElseThrow(), 1e-30, 1, 1, 1);
  }
}
