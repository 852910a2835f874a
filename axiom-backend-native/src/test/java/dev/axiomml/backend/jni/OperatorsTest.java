package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.backend.jni.lowering.ScalarKernels;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.ArgMin;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.Hardmax;
import dev.axiomml.core.op.norm.LocalResponseNorm;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.norm.MaskedSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.op.reduce.ReduceL1;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceLogSumExp;
import dev.axiomml.core.op.reduce.ReduceProd;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorsTest {
  @BeforeEach
  void needsTheLibrary() {
    Graphs.backend();
  }

  /** Every sample that kernels can run, its weights known, and open where they can run that. */
  static Stream<OpSample> samples() {
    return Graphs.samples()
        .filter(s -> !(s.op() instanceof RunOp))
        .filter(s -> Graphs.haveKernels(s.graph()));
  }

  /**
   * Operators of numbers, functions of one apart, that no kernel runs yet; of attention, kernels
   * run the parts, batch norms are folded before, and only proofs read masked softmax. Who adds one
   * without a kernel adds it here.
   */
  private static final Set<Class<? extends Op>> WITHOUT_A_KERNEL =
      Set.of(
          ArgMax.class,
          ArgMin.class,
          Attention.class,
          BatchNorm.class,
          Hardmax.class,
          LocalResponseNorm.class,
          LpNormalization.class,
          Gru.class,
          Lstm.class,
          MaskedSoftmax.class,
          Rnn.class,
          Mod.class,
          Pow.class,
          ReduceL1.class,
          ReduceL2.class,
          ReduceLogSumExp.class,
          ReduceProd.class,
          TopK.class);

  @Test
  void every_operator_of_numbers_has_a_kernel_or_is_named() {
    Set<Class<?>> missing = new HashSet<>();
    OpSamples.all().stream()
        .filter(s -> !(s.op() instanceof RunOp) && !(s.op() instanceof ScalarOp))
        .filter(s -> !Graphs.haveKernels(s.graph()))
        .forEach(s -> missing.add(s.op().getClass()));
    assertThat(missing).isEqualTo(WITHOUT_A_KERNEL);
  }

  /** All others run by the reference. */
  @Test
  void every_function_of_the_table_is_run_by_its_kernel() {
    Set<Class<?>> run = new HashSet<>();
    functions().forEach(s -> run.add(s.op().getClass()));
    assertThat(ScalarKernels.TABLE).extracting(f -> f.type()).allMatch(run::contains);
  }

  static Stream<OpSample> sums() {
    return samples().filter(s -> s.op() instanceof SumOp);
  }

  static Stream<OpSample> functions() {
    return samples().filter(s -> s.op() instanceof ScalarOp);
  }

  static Stream<OpSample> windows() {
    return samples().filter(s -> s.op() instanceof WindowOp);
  }

  static Stream<OpSample> rows() {
    return samples().filter(s -> s.op() instanceof RowOp);
  }

  private static Tensor run(OpSample sample, List<Tensor> in) {
    return Graphs.standard(sample.graph(), in);
  }

  @ParameterizedTest
  @MethodSource("sums")
  void sums_lie_within_their_rounding_bound(OpSample sample) {
    Graph graph = sample.graph();
    for (long seed = 1; seed <= 5; seed++) {
      List<Tensor> in = sample.data(seed);
      Tensor y = Graphs.standard(graph, in);
      assertThat(Mass.violations(y, Graphs.exact(graph, in), Mass.of(graph, in)))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("sums")
  void sums_lie_within_their_rounding_bound_through_their_nests_alone(OpSample sample) {
    Graph graph = sample.graph(new UnknownSum((SumOp) sample.op()));
    List<Tensor> in = sample.data(3);
    Tensor y = Graphs.standard(graph, in);
    assertThat(Mass.violations(y, Graphs.exact(graph, in), Mass.of(graph, in))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void functions_keep_their_ulps_and_NaN(OpSample sample) {
    ScalarOp op = (ScalarOp) sample.op().on(List.of(Type.float32(sample.in().get(0))));
    int n = sample.in().get(0).count();
    for (double scale : new double[] {1e-3, 1, 3, 8, 40, 200}) {
      Tensor x = Tensor.random(sample.in().get(0), 5, -scale, scale);
      Tensor y = run(sample, List.of(x));
      for (int i = 0; i < n; i++) {
        assertWithinUlps(op, x.floatAt(i), y.floatAt(i));
      }
    }
    Tensor nan = run(sample, List.of(Tensor.full(sample.in().get(0), Float.NaN)));
    assertThat(nan.toFloats()).containsOnly((float) op.value(Double.NaN));
  }

  /** The correctly rounded number is always right. */
  private static void assertWithinUlps(ScalarOp op, float x, float y) {
    double real = op.value(x);
    double allowed =
        op.accuracy().ulps() * Math.ulp((float) real) + op.accuracy().error() * Math.abs(real);
    boolean same = y == (float) real || Double.isNaN(real) && Float.isNaN(y);
    assertThat(same || Math.abs(y - real) <= allowed)
        .as("%s(%s) = %s, got %s, allowed %s ulps", op, x, real, y, op.accuracy().ulps())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void infinities_give_what_the_reference_gives(OpSample sample) {
    ScalarOp op = (ScalarOp) sample.op();
    for (float x : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float y = run(sample, List.of(Tensor.full(sample.in().get(0), x))).floatAt(0);
      assertThat(y + 0f).as("%s(%s)", op, x).isEqualTo(Float.valueOf((float) op.value(x) + 0f));
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void the_largest_of_a_window_is_exact_and_NaN_stays(OpSample sample) {
    Graph graph = sample.graph();
    List<Tensor> in = sample.data(2);
    assertThat(Graphs.standard(graph, in).toDoubles())
        .isEqualTo(Graphs.exact(graph, in).toDoubles());
    float[] broken = in.get(0).toFloats();
    broken[broken.length / 2] = Float.NaN;
    List<Tensor> nan = List.of(Tensor.of(sample.in().get(0), broken));
    assertThat(Graphs.standard(graph, nan).toDoubles())
        .isEqualTo(Graphs.exact(graph, nan).toDoubles());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rows_lie_in_the_operators_own_bound_of_a_point(OpSample sample) {
    RowOp op = (RowOp) sample.op();
    for (long seed = 1; seed <= 5; seed++) {
      List<Tensor> all = sample.inputs(seed);
      List<Box> points = all.stream().map(t -> new Box(t.toDoubles(), t.toDoubles())).toList();
      Optional<List<Box>> bound = op.bound(all.stream().map(Tensor::type).toList(), points);
      List<Tensor> in = sample.data(seed);
      Tensor y = run(sample, in);
      Tensor exact = Graphs.exact(sample.graph(), in);
      for (int i = 0; i < y.size(); i++) {
        double lo = bound.isPresent() ? bound.get().get(0).lo()[i] : exact.doubleAt(i) - 1e-5;
        double hi = bound.isPresent() ? bound.get().get(0).hi()[i] : exact.doubleAt(i) + 1e-5;
        assertThat(lo <= y.doubleAt(i) && y.doubleAt(i) <= hi)
            .as("%s [%d] = %s in [%s, %s], seed %d", op, i, y.doubleAt(i), lo, hi, seed)
            .isTrue();
      }
    }
  }

  /** What proofs of masks rely on. */
  @Test
  void softmax_gives_nothing_to_what_is_hidden_by_minus_infinity() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(5, 19)));
    float[] mask = new float[5 * 19];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 19 > i / 19 * 4 ? Float.NEGATIVE_INFINITY : 0;
    }
    Value masked =
        to.add("mask", new Add(), List.of(x, to.constant(Tensor.of(Shape.of(5, 19), mask)))).get(0);
    Graph graph = to.build(to.add("softmax", new Softmax(-1), List.of(masked)));
    List<Tensor> in = List.of(Tensor.random(Shape.of(5, 19), 6, -30, 30));
    Tensor y = Graphs.standard(graph, in);
    Tensor exact = Graphs.exact(graph, in);
    for (int i = 0; i < mask.length; i++) {
      assertThat(y.doubleAt(i)).isCloseTo(exact.doubleAt(i), within(mask[i] == 0 ? 1e-6 : 0));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void NaN_in_a_row_gives_what_the_reference_gives(OpSample sample) {
    List<Tensor> in = new ArrayList<>(sample.data(1));
    float[] broken = in.get(0).toFloats();
    broken[0] = Float.NaN;
    in.set(0, Tensor.of(in.get(0).shape(), broken));
    Tensor y = run(sample, in);
    Tensor exact = Graphs.exact(sample.graph(), in);
    for (int i = 0; i < y.size(); i++) {
      assertThat(Float.isNaN(y.floatAt(i))).isEqualTo(Double.isNaN(exact.doubleAt(i)));
    }
  }
}
