package dev.axiomml.verify.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.testing.OpSamples.OpSample;
import dev.axiomml.verify.OpenWeights;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrownTest {
  static Stream<OpSample> samples() {
    return OpenWeights.both().filter(sample -> !(sample.op() instanceof RunOp));
  }

  static Stream<OpSample> scalars() {
    return samples().filter(sample -> sample.op() instanceof ScalarOp);
  }

  /**
   * Elements, negated elements and differences of neighbours, one operator at its worst corners.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void no_execution_falls_below_a_backward_bound(OpSample sample) {
    for (double size : new double[] {1, 1e-3, 1e-40, 30}) {
      for (double radius : new double[] {0, 1e-6, 0.05, 1}) {
        Probe probe = Probe.of(sample, size, radius, 23);
        double[][] rows = rows(probe.graph().outputs().get(0));
        assertThat(below(probe, rows, lower(probe, rows, RoundingModel.FLOAT32)))
            .as(probe.toString())
            .isZero();
      }
    }
  }

  @Test
  void without_the_rounding_margin_executions_fall_below() {
    long seen = 0;
    for (OpSample sample : samples().toList()) {
      Probe probe = Probe.of(sample, 1, 0, 23);
      double[][] rows = rows(probe.graph().outputs().get(0));
      seen += below(probe, rows, lower(probe, rows, RoundingModel.REAL));
    }
    assertThat(seen).isGreaterThan(100);
  }

  /** A bound that is only a little too high must be seen: the probes reach the worst corners. */
  @Test
  void bounds_raised_by_a_hundredth_of_their_room_are_seen_for_every_affine_operator() {
    for (OpSample sample : samples().filter(Executions::isTight).toList()) {
      Probe probe = Probe.of(sample, 1, 0.5, 23);
      double[][] rows = rows(probe.graph().outputs().get(0));
      double[] least = lower(probe, rows, RoundingModel.FLOAT32);
      for (int r = 0; r < least.length; r++) {
        least[r] += 0.01;
      }
      assertThat(below(probe, rows, least)).as(sample.toString()).isPositive();
    }
  }

  private static double[][] rows(Value output) {
    int size = output.type().shape().count();
    double[][] rows = new double[3 * size][size];
    for (int i = 0; i < size; i++) {
      rows[3 * i][i] = 1;
      rows[3 * i + 1][i] = -1;
      rows[3 * i + 2][i] = 1;
      rows[3 * i + 2][(i + 1) % size] -= 1;
    }
    return rows;
  }

  private static double[] lower(Probe probe, double[][] rows, RoundingModel rounding) {
    Graph graph = probe.graph();
    GraphBounds bounds =
        GraphBounds.linear(PreparedGraph.of(graph), rounding, BoundDomain.of(probe.boxes()));
    double[] least = new double[rows.length];
    for (int from = 0; from < rows.length; from += LinearEngine.WIDTH) {
      int to = Math.min(rows.length, from + LinearEngine.WIDTH);
      LinearPanel some = LinearPanel.of(Arrays.copyOfRange(rows, from, to));
      double[] found = bounds.lower(Map.of(graph.outputs().get(0), some)).all();
      System.arraycopy(found, 0, least, from, found.length);
    }
    return least;
  }

  /** Differences of two numbers are rounded once, and rounding keeps order. */
  private static long below(Probe probe, double[][] rows, double[] least) {
    Random random = new Random(9);
    long below = 0;
    for (List<Tensor> point : probe.points()) {
      for (double[] y : Executions.of(probe.graph(), point, random)) {
        below +=
            IntStream.range(0, rows.length).filter(r -> fallsBelow(rows[r], y, least[r])).count();
      }
    }
    return below;
  }

  private static boolean fallsBelow(double[] row, double[] y, double least) {
    return !(value(row, y) >= least) && least > Double.NEGATIVE_INFINITY;
  }

  private static double value(double[] row, double[] y) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] == 0 ? 0 : row[i] * y[i];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void lines_stay_on_their_side_of_the_function(OpSample sample) {
    ScalarOp f = (ScalarOp) sample.op();
    Random random = new Random(4);
    for (int k = 0; k < 300; k++) {
      double l = random.nextGaussian() * 4;
      double u = l + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(5) - 3);
      Box box = new Box(new double[] {l}, new double[] {u});
      BoundingLines lines = BoundingLines.of(new ProfileCurve(f), box, RoundingModel.REAL);
      for (int i = 0; i <= 40; i++) {
        double x = l + (u - l) * i / 40;
        double y = f.value(x);
        double room = 1e-13 * (1 + Math.abs(y) + Math.abs(x));
        assertThat(lines.low()[0] + lines.lowSlope()[0] * x - room > y).as("below %s", x).isFalse();
        assertThat(lines.high()[0] + lines.highSlope()[0] * x + room < y)
            .as("above %s", x)
            .isFalse();
      }
    }
  }

  /** A fine grid finds what a coarse one may miss: the line's own touching point. */
  @ParameterizedTest
  @MethodSource("scalars")
  void lines_touch_the_function(OpSample sample) {
    ScalarOp f = (ScalarOp) sample.op();
    for (double l = -5.3; l < 4; l += 1.1) {
      double u = l + 1.7;
      ProfileCurve curve = new ProfileCurve(f);
      if (!curve.pieces(l, u).isEmpty()) {
        BoundingLines lines =
            BoundingLines.of(
                curve, new Box(new double[] {l}, new double[] {u}), RoundingModel.REAL);
        double least = room(curve.pieces(l, u), lines);
        assertThat(least).as("%s on [%s, %s]", f, l, u).isBetween(-1e-12, 1e-5);
      }
    }
  }

  /** The least height of the pieces over the line below, on a grid and at their ends. */
  private static double room(List<CurvePiece> pieces, BoundingLines lines) {
    double least = Double.POSITIVE_INFINITY;
    for (CurvePiece piece : pieces) {
      for (int i = 0; i <= 4000; i++) {
        double x = i == 4000 ? piece.hi() : piece.lo() + (piece.hi() - piece.lo()) * i / 4000;
        double y = piece.curve().value(x);
        least = Math.min(least, y - lines.low()[0] - lines.lowSlope()[0] * x);
      }
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-4, 0.05, 0.6})
  void no_value_of_a_mixed_network_leaves_its_box(double radius) {
    for (long seed = 0; seed < 6; seed++) {
      Graph graph = mixed(seed);
      Random random = new Random(seed);
      Tensor center = Tensor.random(graph.inputs().get(0).type().shape(), seed, -1, 1);
      Box box = new Box(center.toDoubles(), center.toDoubles());
      for (int i = 0; i < box.size(); i++) {
        box.lo()[i] = (float) (box.lo()[i] - radius);
        box.hi()[i] = (float) (box.hi()[i] + radius);
      }
      GraphBounds bounds =
          GraphBounds.linear(
              PreparedGraph.of(graph), RoundingModel.FLOAT32, BoundDomain.of(List.of(box)));
      for (int k = 0; k < 60; k++) {
        Map<Value, RuntimeValue> values =
            graph.readAll(List.of(point(box, center.shape(), random, k)), new Interpreter());
        values.keySet().removeAll(graph.constants().keySet());
        values.forEach((value, datum) -> assertInside(value, datum.tensor(), bounds.box(value)));
      }
    }
  }

  private static void assertInside(Value value, Tensor tensor, Box box) {
    for (int i = 0; i < tensor.size(); i++) {
      double v = tensor.doubleAt(i);
      boolean inside = box.lo()[i] <= v && v <= box.hi()[i];
      assertThat(inside)
          .as("%s[%d] is %s, box [%s, %s]", value.name(), i, v, box.lo()[i], box.hi()[i])
          .isTrue();
    }
  }

  private static RuntimeValue point(Box box, Shape shape, Random random, int k) {
    float[] x = new float[box.size()];
    for (int i = 0; i < x.length; i++) {
      double share = k % 2 == 0 ? random.nextInt(2) : random.nextDouble();
      double mixed = share == 1 ? box.hi()[i] : box.lo()[i] * (1 - share) + box.hi()[i] * share;
      x[i] = (float) Math.min(box.hi()[i], Math.max(box.lo()[i], mixed));
    }
    return Tensor.of(shape, x);
  }

  /** Dense layers with a gate of two branches, a residual and three curved functions. */
  private static Graph mixed(long seed) {
    var builder = Graph.builder();
    Value x = builder.input("x", dev.axiomml.core.tensor.Type.float32(Shape.of(1, 4)));
    Value a = one(builder, new Tanh(), dense(builder, x, 4, 6, seed));
    Value b = one(builder, new Sigmoid(), dense(builder, a, 6, 6, seed + 7));
    Value gate = builder.add("mul", new Mul(), List.of(a, b)).get(0);
    Value c = one(builder, new Gelu(), dense(builder, gate, 6, 6, seed + 13));
    Value sum = builder.add("add", new dev.axiomml.core.op.pair.Add(), List.of(c, a)).get(0);
    Value d =
        one(builder, new dev.axiomml.core.op.scalar.Relu(), dense(builder, sum, 6, 5, seed + 21));
    return builder.build(List.of(dense(builder, d, 5, 3, seed + 33)));
  }

  private static Value one(
      dev.axiomml.core.ir.GraphBuilder builder, dev.axiomml.core.op.Op op, Value in) {
    return builder.add("f", op, List.of(in)).get(0);
  }

  private static Value dense(
      dev.axiomml.core.ir.GraphBuilder builder, Value in, int from, long... sizes) {
    int to = (int) sizes[0];
    long seed = sizes[1];
    var w =
        new dev.axiomml.core.op.Parameter(
            "w" + seed, Tensor.random(Shape.of(from, to), seed, -1, 1));
    var b = new dev.axiomml.core.op.Parameter("b" + seed, Tensor.random(Shape.of(to), seed, -1, 1));
    return builder.weighted(new dev.axiomml.core.op.linear.Dense(), in, List.of(w, b));
  }

  @Test
  void linear_bounds_are_never_wider_than_intervals_and_mostly_tighter() {
    Graph graph = Nets.relus(3, 4, 12, 12, 12, 2).inference().bind(Map.of("N", 1L)).graph();
    Box box = new Box(new double[] {-1, -1, -1, -1}, new double[] {1, 1, 1, 1});
    PreparedGraph forms = PreparedGraph.of(graph);
    GraphBounds wide =
        GraphBounds.intervals(forms, RoundingModel.FLOAT32, BoundDomain.of(List.of(box)));
    GraphBounds tight =
        GraphBounds.linear(forms, RoundingModel.FLOAT32, BoundDomain.of(List.of(box)));
    List<Double> ratios = new ArrayList<>();
    graph.nodes().forEach(node -> ratio(node.out().get(0), wide, tight, ratios));
    assertThat(ratios).allMatch(ratio -> ratio <= 1);
    assertThat(ratios.get(ratios.size() - 1)).isLessThan(0.8);
  }

  private static void ratio(Value value, GraphBounds wide, GraphBounds tight, List<Double> ratios) {
    ratios.add(width(tight.box(value)) / width(wide.box(value)));
  }

  private static double width(Box box) {
    double sum = 0;
    for (int i = 0; i < box.size(); i++) {
      sum += box.hi()[i] - box.lo()[i];
    }
    return sum;
  }

  /** The checker sees one domain at a time and must come to the same. */
  @Test
  void bounds_of_a_domain_do_not_depend_on_those_beside_it() {
    Graph graph = Nets.relus(5, 2, 8, 8, 8, 2).inference().bind(Map.of("N", 1L)).graph();
    PreparedGraph forms = PreparedGraph.of(graph);
    BoundDomain whole =
        BoundDomain.of(List.of(new Box(new double[] {-1, -1}, new double[] {1, 1})));
    KnownRanges known = GraphBounds.linear(forms, RoundingModel.FLOAT32, whole).ranges(0);
    List<BoundDomain> parts =
        List.of(whole.with(0, 0, -1, 0), whole.with(0, 1, 0, 1), whole.with(0, 0, 0.5, 0.6));
    GraphBounds beside =
        GraphBounds.linear(forms, RoundingModel.FLOAT32, parts, List.of(known, known, known));
    for (int k = 0; k < parts.size(); k++) {
      GraphBounds alone =
          GraphBounds.linear(forms, RoundingModel.FLOAT32, parts.subList(k, k + 1), List.of(known));
      for (Value value : graph.nodes().stream().flatMap(n -> n.out().stream()).toList()) {
        assertThat(beside.lane(k).box(value).lo()).isEqualTo(alone.box(value).lo());
        assertThat(beside.lane(k).box(value).hi()).isEqualTo(alone.box(value).hi());
      }
    }
  }
}
