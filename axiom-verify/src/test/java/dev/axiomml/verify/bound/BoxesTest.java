package dev.axiomml.verify.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.OpSamples.OpSample;
import dev.axiomml.verify.OpenWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoxesTest {
  private static final double[] SIZES = {1, 1e-3, 1e-38, 1e-42, 40, 1e18, 1e25, 1e38};
  private static final double[] RADII = {0, 1e-6, 0.01, 1};

  static Stream<OpSample> samples() {
    return OpenWeights.both().filter(sample -> !(sample.op() instanceof RunOp));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void no_execution_leaves_its_box(OpSample sample) {
    for (double size : SIZES) {
      for (double radius : RADII) {
        Probe probe = Probe.of(sample, size, radius, 17);
        assertThat(probe.escapes(probe.image(RoundingModel.FLOAT32), 3))
            .as("%s: %s", probe, probe.firstEscape(probe.image(RoundingModel.FLOAT32), 3))
            .isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_box_around_ordinary_numbers_is_known(OpSample sample) {
    Probe probe = Probe.of(sample, 1, 0.01, 17);
    boolean negative = sample.op() instanceof BatchNorm && sample.weights().isEmpty();
    boolean boundless =
        negative // an open variance is of any sign
            || (sample.op() instanceof RowOp row
                && row.bound(types(sample), probe.operands()).isEmpty());
    Box box = probe.image(RoundingModel.FLOAT32);
    assertThat(IntervalReading.finite(box) || boundless).isTrue();
  }

  private static List<dev.axiomml.core.tensor.Type> types(OpSample sample) {
    return sample.in().stream().map(dev.axiomml.core.tensor.Type::float32).toList();
  }

  /** Both ends are reached at some corner, up to twice the rounding margin. */
  @ParameterizedTest
  @MethodSource("samples")
  void affine_boxes_are_tight(OpSample sample) {
    if (!Executions.isTight(sample)) {
      return;
    }
    Probe probe = Probe.of(sample, 1, 0.5, 5);
    Box box = probe.image(RoundingModel.FLOAT32);
    Box real = probe.image(RoundingModel.REAL);
    double[] low = real.hi().clone();
    for (List<Tensor> point : probe.points()) {
      double[] y = Executions.of(probe.graph(), point, new Random(1)).get(0);
      for (int i = 0; i < low.length; i++) {
        low[i] = Math.min(low[i], y[i]);
      }
    }
    long reached = 0;
    for (int i = 0; i < low.length; i++) {
      reached += low[i] - box.lo()[i] <= 1e-4 ? 1 : 0;
    }
    assertThat(reached)
        .as("outputs whose lower end is reached")
        .isGreaterThanOrEqualTo(Math.min(low.length, 12));
  }

  @Test
  void without_the_rounding_margin_values_escape() {
    long escapes = 0;
    for (OpSample sample : samples().filter(s -> s.op() instanceof SumOp).toList()) {
      Probe probe = Probe.of(sample, 1, 0, 17);
      escapes += probe.escapes(probe.image(RoundingModel.REAL), 3);
    }
    assertThat(escapes).isGreaterThan(100);
  }

  @Test
  void an_infinite_or_nan_operand_makes_every_result_unknown() {
    for (OpSample sample : samples().toList()) {
      Probe probe = Probe.of(sample, 1, 0.1, 2);
      probe.boxes().forEach(box -> java.util.Arrays.fill(box.hi(), Double.POSITIVE_INFINITY));
      assertUnknown(sample, probe.image(RoundingModel.FLOAT32));
      probe.boxes().forEach(box -> java.util.Arrays.fill(box.hi(), Double.NaN));
      assertUnknown(sample, probe.image(RoundingModel.FLOAT32));
    }
  }

  private static void assertUnknown(OpSample sample, Box box) {
    for (int i = 0; i < box.size(); i++) {
      boolean constant = box.lo()[i] == box.hi()[i];
      assertThat(IntervalReading.finite(box, i) && !constant)
          .as("%s element %d", sample, i)
          .isFalse();
    }
  }

  @Test
  void a_sum_that_may_overflow_is_unknown() {
    OpSample sample =
        samples()
            .filter(s -> s.op() instanceof SumOp && !s.weights().isEmpty())
            .findFirst()
            .orElseThrow();
    Box box = Probe.of(sample, 1.5e38, 1, 4).image(RoundingModel.FLOAT32);
    assertThat(IntervalReading.finite(box)).isFalse();
  }

  // Mutations: each broken rule must be seen by the same probes that pass the real one.

  @Test
  void a_sum_that_ignores_the_signs_of_weights_is_seen() {
    assertSeen(SumOp.class, box -> new Box(box.hi().clone(), box.hi()));
  }

  @Test
  void a_function_bounded_by_its_lower_end_is_seen() {
    assertSeen(ScalarOp.class, box -> new Box(box.lo(), box.lo().clone()));
  }

  /** Of open factors. */
  private static boolean isProduct(OpSample sample) {
    return sample.op() instanceof SumOp op
        && sample.weights().isEmpty()
        && op.terms(sample.in()).stream().anyMatch(SumTerm::isProduct);
  }

  @Test
  void a_product_that_forgets_two_corners_is_seen() {
    long escapes = 0;
    for (OpSample sample : samples().filter(s -> isProduct(s)).toList()) {
      Probe probe = Probe.of(sample, 1, 1, 17);
      Box low = point(probe, probe.boxes().stream().map(b -> new Box(b.lo(), b.lo())).toList());
      Box high = point(probe, probe.boxes().stream().map(b -> new Box(b.hi(), b.hi())).toList());
      escapes += probe.escapes(hull(low, high), 3);
    }
    assertThat(escapes).isPositive();
  }

  @Test
  void a_window_bounded_by_its_largest_lower_end_is_seen() {
    long escapes = 0;
    for (OpSample sample : samples().filter(s -> s.op() instanceof WindowOp).toList()) {
      Probe probe = Probe.of(sample, 1, 1, 17);
      Graph graph = probe.graph();
      Box x = probe.boxes().get(0);
      WindowMaxima winners = WindowMaxima.of(graph.nodes().get(0), x, 1);
      Box broken = probe.image(RoundingModel.FLOAT32);
      for (int o = 0; o < broken.size(); o++) {
        broken.hi()[o] = x.hi()[winners.best()[o]];
      }
      escapes += probe.escapes(broken, 3);
    }
    assertThat(escapes).isPositive();
  }

  @Test
  void a_softmax_bounded_at_two_points_is_seen() {
    Probe probe = Probe.of(new OpSample(new Softmax(-1), List.of(Shape.of(3, 7))), 1, 1, 17);
    Box low = point(probe, probe.boxes().stream().map(b -> new Box(b.lo(), b.lo())).toList());
    Box high = point(probe, probe.boxes().stream().map(b -> new Box(b.hi(), b.hi())).toList());
    assertThat(probe.escapes(hull(low, high), 3)).isPositive();
  }

  private static void assertSeen(Class<? extends Op> family, UnaryOperator<Box> broken) {
    for (OpSample sample : samples().filter(s -> family.isInstance(s.op())).toList()) {
      Probe probe = Probe.of(sample, 1, 1, 17);
      Box box = probe.image(RoundingModel.FLOAT32);
      boolean constant = Arrays.equals(box.lo(), box.hi());
      assertThat(constant || probe.escapes(broken.apply(box), 3) > 0).as("%s", sample).isTrue();
    }
  }

  private static Box point(Probe probe, List<Box> at) {
    return probe
        .graph()
        .read(at, new IntervalReading(PreparedGraph.of(probe.graph()), RoundingModel.FLOAT32))
        .get(0);
  }

  private static Box hull(Box a, Box b) {
    Box hull = new Box(a.lo().clone(), a.hi().clone());
    for (int i = 0; i < a.size(); i++) {
      hull.lo()[i] = Math.min(a.lo()[i], b.lo()[i]);
      hull.hi()[i] = Math.max(a.hi()[i], b.hi()[i]);
    }
    return hull;
  }

  @Test
  void an_operator_without_a_bound_is_named() {
    Graph graph = new OpSample(new Nameless(), List.of(Shape.of(2))).graph();
    IntervalReading boxes = new IntervalReading(PreparedGraph.of(graph), RoundingModel.FLOAT32);
    Box x = new Box(new double[2], new double[2]);
    assertThat(IntervalReading.finite(graph.read(List.of(x), boxes).get(0))).isFalse();
    assertThat(boxes.gaps()).singleElement().asString().contains("op").contains("never bounded");
  }

  /** A run-only operator. */
  private record Nameless() implements RunOp {
    @Override
    public List<dev.axiomml.core.tensor.Type> infer(List<dev.axiomml.core.tensor.Type> in) {
      return in;
    }

    @Override
    public List<dev.axiomml.core.tensor.RuntimeValue> run(
        List<dev.axiomml.core.tensor.RuntimeValue> in) {
      return in;
    }

    @Override
    public String whyNoBound() {
      return "it is never bounded";
    }
  }

  @Test
  void max_pool_and_relu_are_exact() {
    Box pooled =
        Probe.of(
                new OpSample(
                    new MaxPool(
                        dev.axiomml.core.op.window.WindowGeometry.of(List.of(2))
                            .stride(List.of(2))),
                    List.of(Shape.of(1, 4, 1))),
                1,
                0,
                3)
            .image(RoundingModel.FLOAT32);
    assertThat(pooled.lo()).isEqualTo(pooled.hi());
    Probe relu = Probe.of(new OpSample(new Relu(), List.of(Shape.of(1, 9))), 1, 0.5, 3);
    Box y = relu.image(RoundingModel.FLOAT32);
    for (int i = 0; i < y.size(); i++) {
      double top = Math.max(0, relu.boxes().get(0).hi()[i]);
      assertThat(y.hi()[i]).isBetween(top, top * (1 + 1e-14) + 1e-300);
    }
  }
}
