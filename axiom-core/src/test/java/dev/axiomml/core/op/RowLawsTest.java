package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.NormOp;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.recurrent.RecurrentOp;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.core.train.DoubleGradients;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowLawsTest {
  /** Ranges over values that jump are not met everywhere, and places of the best may be any. */
  private static final Set<Class<?>> LOOSE = Set.of(Mod.class, TopK.class, ArgMax.class);

  static Stream<OpSample> rows() {
    return OpSamples.all().stream().filter(s -> s.op() instanceof RowOp);
  }

  static Stream<OpSample> bounded() {
    return rows()
        .filter(s -> !(s.op() instanceof RecurrentOp op) || op.bounded())
        .filter(s -> !(s.op() instanceof Composite op) || !op.isLowered(types(s)));
  }

  static Stream<OpSample> tight() {
    return bounded()
        .filter(s -> !(s.op() instanceof RecurrentOp))
        .filter(s -> !LOOSE.contains(s.op().getClass()));
  }

  private static List<Type> types(OpSample sample) {
    return sample.in().stream().map(Type::float32).toList();
  }

  private static List<double[]> numbers(OpSample sample, long seed) {
    return sample.inputs(seed).stream().map(Tensor::toDoubles).toList();
  }

  /** Mutation: a sign or a factor of any gradient. */
  @ParameterizedTest
  @MethodSource("rows")
  void gradients_are_the_limit_of_differences(OpSample sample) {
    RowOp op = (RowOp) sample.op();
    List<double[]> x = numbers(sample, 3);
    List<double[]> g = weights(op, sample, x);
    List<double[]> gradient = DoubleGradients.of(op, types(sample), x, g);
    for (int k = 0; k < x.size(); k++) {
      for (int i = 0; i < gradient.get(k).length; i++) {
        double expected = difference(new Probe(op, types(sample), x), g, x.get(k), i);
        assertThat(gradient.get(k)[i])
            .as("input %s element %s, seed 3", k, i)
            .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  /** Random gradients of float outputs, zeros for places. */
  private static List<double[]> weights(RowOp op, OpSample sample, List<double[]> x) {
    Random random = new Random(5);
    List<Type> out = op.infer(types(sample));
    List<double[]> g = new ArrayList<>();
    for (int k = 0; k < out.size(); k++) {
      double[] one = new double[op.apply(types(sample), x).get(k).length];
      if (out.get(k).dtype().isFloat()) {
        Arrays.setAll(one, i -> random.nextGaussian());
      }
      g.add(one);
    }
    return g;
  }

  private record Probe(RowOp op, List<Type> types, List<double[]> x) {
    List<double[]> run() {
      return op.apply(types, x);
    }
  }

  private static double difference(Probe probe, List<double[]> g, double[] own, int i) {
    double h = 1e-6;
    double kept = own[i];
    own[i] = kept + h;
    double above = dot(probe.run(), g);
    own[i] = kept - h;
    double below = dot(probe.run(), g);
    own[i] = kept;
    return (above - below) / (2 * h);
  }

  private static double dot(List<double[]> y, List<double[]> g) {
    double sum = 0;
    for (int k = 0; k < y.size(); k++) {
      for (int i = 0; i < y.get(k).length; i++) {
        sum += y.get(k)[i] * g.get(k)[i];
      }
    }
    return sum;
  }

  private static List<Box> boxes(OpSample sample, List<double[]> x, double radius) {
    return x.stream()
        .map(
            a ->
                new Box(
                    Arrays.stream(a).map(v -> (float) Math.max(sample.low(), v - radius)).toArray(),
                    Arrays.stream(a)
                        .map(v -> (float) Math.min(sample.high(), v + radius))
                        .toArray()))
        .toList();
  }

  /** Mutation: an end of any corner rule swapped, or a margin left out. */
  @ParameterizedTest
  @MethodSource("bounded")
  void bounds_hold_every_float32_run_at_corners_and_between(OpSample sample) {
    for (double radius : new double[] {0, 1e-3, 0.2, 1.5}) {
      assertHolds(sample, radius);
    }
  }

  private static void assertHolds(OpSample sample, double radius) {
    RowOp op = (RowOp) sample.op();
    List<Box> in = boxes(sample, numbers(sample, 17), radius);
    List<Box> out = op.bound(types(sample), in).orElseThrow();
    Random random = new Random(23);
    for (int round = 0; round < 60; round++) {
      double inside = round % 3 == 0 ? 1 : 0;
      List<double[]> x = in.stream().map(box -> point(box, random, inside)).toList();
      List<double[]> y = op.apply(types(sample), x);
      for (int k = 0; k < y.size(); k++) {
        assertHolds(out.get(k), y.get(k), "radius " + radius);
      }
    }
  }

  private static void assertHolds(Box out, double[] y, String box) {
    for (int i = 0; i < y.length; i++) {
      double v = (float) y[i];
      boolean anything = Double.isInfinite(out.lo()[i]) && Double.isInfinite(out.hi()[i]);
      assertThat(!anything && !(out.lo()[i] <= v && v <= out.hi()[i]))
          .as("%s outside [%s, %s], %s, seeds 17, 23", v, out.lo()[i], out.hi()[i], box)
          .isFalse();
    }
  }

  /** A float32 corner at random, a point between, the lower or the upper corner. */
  private static double[] point(Box box, Random random, double inside) {
    double[] x = new double[box.size()];
    for (int i = 0; i < x.length; i++) {
      double share =
          inside == 1 ? random.nextDouble() : inside > 1 ? inside - 2 : random.nextInt(2);
      float v = (float) (box.lo()[i] + share * (box.hi()[i] - box.lo()[i]));
      x[i] = Math.max(box.lo()[i], Math.min(box.hi()[i], v));
    }
    return x;
  }

  /** Mutation: any bound widened, e.g. by taking ends of operands that cannot occur together. */
  @ParameterizedTest
  @MethodSource("tight")
  void bounds_are_met_by_the_worst_input(OpSample sample) {
    RowOp op = (RowOp) sample.op();
    List<Box> in = boxes(sample, numbers(sample, 29), 0.3);
    Box out = op.bound(types(sample), in).orElseThrow().get(0);
    for (int i = 0; i < out.size(); i++) {
      double most = climb(op, sample, in, new Target(i, 1));
      double least = -climb(op, sample, in, new Target(i, -1));
      double room = sharp(op) * Math.max(1, Math.max(Math.abs(most), Math.abs(least)));
      assertThat(out.hi()[i]).as("upper end of %s", i).isCloseTo(most, within(room));
      assertThat(out.lo()[i]).as("lower end of %s", i).isCloseTo(least, within(room));
    }
  }

  /** Of an element of a norm that cannot reach the mean the rule splits one step of a knapsack. */
  private static double sharp(RowOp op) {
    return op instanceof NormOp norm && norm.centred() ? 2e-3 : 2e-4;
  }

  /**
   * The largest value of an output, times a sign, that coordinate ascent finds over a grid in the
   * box.
   */
  private static double climb(RowOp op, OpSample sample, List<Box> in, Target target) {
    Random random = new Random(31);
    double best = Double.NEGATIVE_INFINITY;
    for (int start = 0; start < 5; start++) {
      int kind = start % 4;
      List<double[]> x = in.stream().map(b -> point(b, random, kind)).toList();
      best = Math.max(best, climb(new Probe(op, types(sample), x), in, target));
    }
    return best;
  }

  private static double climb(Probe probe, List<Box> in, Target target) {
    double value = Double.NEGATIVE_INFINITY;
    double before = 0;
    while (value != before) {
      before = value;
      for (int k = 0; k < in.size(); k++) {
        value = sweep(probe, in.get(k), probe.x().get(k), target);
      }
    }
    return value;
  }

  private record Target(int out, int sign) {
    double of(Probe probe) {
      return sign * probe.run().get(0)[out];
    }
  }

  /** A grid with the kinks and jumps of the samples in it. */
  private static double[] candidates(double lo, double hi) {
    return DoubleStream.concat(
            IntStream.rangeClosed(0, 16).mapToDouble(step -> lo + step / 16.0 * (hi - lo)),
            DoubleStream.of(0, -0.4, 0.4, -0.6, 0.6, 0.7)
                .flatMap(v -> DoubleStream.of(v - 1e-7, v, v + 1e-7)))
        .filter(v -> lo <= v && v <= hi)
        .toArray();
  }

  private static double sweep(Probe probe, Box box, double[] own, Target target) {
    double best = target.of(probe);
    for (int i = 0; i < own.length; i++) {
      double kept = own[i];
      for (double candidate : candidates(box.lo()[i], box.hi()[i])) {
        own[i] = candidate;
        double value = target.of(probe);
        kept = value > best ? candidate : kept;
        best = Math.max(best, value);
      }
      own[i] = kept;
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3, 40})
  void layer_norm_bounds_hold_far_from_zero_and_on_wide_boxes(double radius) {
    LayerNorm op = new LayerNorm(1, 1e-5);
    var sample =
        new OpSample(
            op,
            List.of(dev.axiomml.core.tensor.Shape.of(4, 6)),
            100 - radius,
            100 + radius,
            Map.of());
    assertHolds(sample, radius);
  }
}
