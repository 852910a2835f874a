package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.LocalResponseNorm;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.scalar.Acosh;
import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Shrink;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.ScalarCuts;
import dev.axiomml.testing.SettingGrid;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
  private static Graph single(Op op, Type in) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", in);
    return to.build(to.add("op", op, List.of(x)));
  }

  @Test
  void a_node_on_float32_tensors_holds_settings_rounded_to_float32() {
    Graph graph = single(new LeakyRelu(0.01), Type.float32(Shape.of(2)));
    assertThat(graph.nodes().get(0).op()).isEqualTo(new LeakyRelu(0.01f));
  }

  @Test
  void a_node_on_narrower_floats_holds_them_rounded_to_float32_too() {
    Graph graph = single(new LeakyRelu(0.01), Type.of(Shape.of(2), DType.FLOAT16));
    assertThat(graph.nodes().get(0).op()).isEqualTo(new LeakyRelu(0.01f));
  }

  @Test
  void a_node_on_float64_tensors_keeps_settings() {
    Graph graph = single(new LeakyRelu(0.01), Type.of(Shape.of(2), DType.FLOAT64));
    assertThat(graph.nodes().get(0).op()).isEqualTo(new LeakyRelu(0.01));
    List<RuntimeValue> in = List.of(Tensor.ofDoubles(Shape.of(2), DType.FLOAT64, -1, 3));
    double[] out = graph.read(in, new Interpreter()).get(0).tensor().toDoubles();
    assertThat(out).containsExactly(-0.01, 3);
  }

  @Test
  void attention_on_float64_tensors_is_scaled_by_a_float64_number() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.of(Shape.of(1, 1), DType.FLOAT64));
    Graph whole = to.build(to.add("op", new Attention(0.1), List.of(x, x, x)));
    Op op = whole.nodes().get(0).op();
    assertThat(op).isEqualTo(new Attention(0.1));
  }

  static Stream<OpSamples.OpSample> withSettings() {
    return OpSamples.all().stream()
        .filter(
            s ->
                Arrays.stream(s.op().getClass().getRecordComponents())
                    .anyMatch(part -> isReal(s.op(), part.getType())));
  }

  /** The rate of dropout is a number of training alone. */
  private static boolean isReal(Op op, Class<?> type) {
    return type == LocalResponseNorm.Strength.class
        || (type == double.class && !(op instanceof Dropout));
  }

  /** Mutation: an operator without {@code withSettings}, or one of two settings left out. */
  @ParameterizedTest
  @MethodSource("withSettings")
  void every_real_setting_of_an_operator_is_rounded(OpSamples.OpSample sample) throws Exception {
    Op changed = sample.op().withSettings(s -> s * 0.71 + 0.13);
    assertThat(changed.getClass()).isEqualTo(sample.op().getClass());
    for (var part : sample.op().getClass().getRecordComponents()) {
      Object before = part.getAccessor().invoke(sample.op());
      boolean same = part.getAccessor().invoke(changed).equals(before);
      boolean training = part.getName().equals("dropout");
      assertThat(same)
          .as(part.getName())
          .isEqualTo(!isReal(sample.op(), part.getType()) || training || isEndless(before));
    }
  }

  private static boolean isEndless(Object setting) {
    return setting instanceof Double number && Double.isInfinite(number);
  }

  static Stream<Supplier<Op>> refused() {
    return Stream.concat(refusedFunctions(), refusedOthers());
  }

  private static Stream<Supplier<Op>> refusedFunctions() {
    return Stream.of(
        () -> new Celu(1e39),
        () -> new Celu(1e-50),
        () -> new Celu(1e-40),
        () -> new Celu(0),
        () -> new Celu(Double.NaN),
        () -> new Elu(1e39),
        () -> new Elu(Double.POSITIVE_INFINITY),
        () -> new LeakyRelu(-1e39),
        () -> new LeakyRelu(1e-46),
        () -> new Softplus(1e39, 20),
        () -> new Softplus(1e-39, 20),
        () -> new Softplus(1, 1e-60),
        () -> new Softplus(1, Double.NaN),
        () -> new HardSigmoid(1e-46, 0),
        () -> new HardSigmoid(1, 1e300),
        () -> new HardSigmoid(0, 1),
        () -> new SoftShrink(1e39),
        () -> new SoftShrink(-1));
  }

  private static Stream<Supplier<Op>> refusedOthers() {
    return Stream.of(
        () -> new Shrink(1e39, 1),
        () -> new Shrink(1, Double.NaN),
        () -> new ThresholdedRelu(1e39),
        () -> new Clip(Double.NaN, 1),
        () -> new PowConstant(1e-60),
        () -> new PowConstant(1e60),
        () -> new Attention(1e39),
        () -> new LayerNorm(1, 1e-50),
        () -> new LayerNorm(1, -1),
        () -> new GroupNorm(1, 1e39),
        () -> new InstanceNorm(1e-40),
        () -> new RmsNorm(1, Double.NaN),
        () -> new LpNormalization(-1, 2, 1e-50),
        () -> new LpNormalization(-1, 3, 0),
        () -> new LocalResponseNorm(1, 1, new LocalResponseNorm.Strength(1, 1e-60, 1)),
        () -> new LocalResponseNorm(1, 1, new LocalResponseNorm.Strength(1, 1, 1e-30)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void a_setting_that_would_be_another_function_in_float32_is_refused(Supplier<Op> made) {
    assertThatThrownBy(made::get)
        .isInstanceOfSatisfying(
            AxiomException.class,
            e -> {
              Diagnosis diagnosis = e.diagnosis();
              assertThat(diagnosis.what()).isNotBlank();
              assertThat(diagnosis.why()).isNotBlank();
              assertThat(diagnosis.fix()).contains("set");
            });
  }

  @Test
  void a_refusal_names_the_setting_its_value_and_the_nearest_that_can_be_used() {
    assertThatThrownBy(() -> new Celu(1e39))
        .isInstanceOfSatisfying(
            AxiomException.class,
            e -> {
              assertThat(e.diagnosis().what()).isEqualTo("Celu alpha 1.0E39");
              assertThat(e.diagnosis().why()).contains("as infinite");
              assertThat(e.diagnosis().fix()).contains("the nearest is 3.4028235E38");
            });
  }

  @Test
  void an_end_of_a_range_beyond_float32_bounds_nothing() {
    assertThat(new Clip(-1e39, 1e300).on(List.of(Type.float32(Shape.of(1)))))
        .isEqualTo(new Clip(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  static Stream<SettingGrid.Row> grid() {
    return SettingGrid.rows().stream();
  }

  /** Mutation: {@code ulps} of any operator a tenth. */
  @ParameterizedTest
  @MethodSource("grid")
  void the_reference_is_within_the_stated_ulps_for_every_setting(SettingGrid.Row row) {
    float[] x = SettingGrid.points(row.op(), 17);
    Type type = Type.float32(Shape.of(x.length));
    Tensor in = Tensor.of(type.shape(), x);
    Tensor y =
        single(row.op(), type).read(List.<RuntimeValue>of(in), new Interpreter()).get(0).tensor();
    for (int i = 0; i < x.length; i++) {
      boolean pole = Double.isInfinite(row.op().value(x[i]));
      BigDecimal truth = pole ? BigDecimal.ZERO : row.truth().apply(new BigDecimal(x[i]));
      assertThat(pole || SettingGrid.isWithin(row.op(), truth, y.floatAt(i)))
          .as("%s(%s) = %s, in fact %s", row, x[i], y.floatAt(i), truth.doubleValue())
          .isTrue();
    }
  }

  @Test
  void a_ramp_between_two_neighbouring_numbers_has_one_cut() {
    assertThat(ScalarCuts.of(new HardSigmoid(1e21, -7e35))).hasSize(1);
  }

  @Test
  void the_inverse_of_cosh_is_no_number_below_one() {
    for (double x : new double[] {Math.nextDown(1.0), 0, -1, -2, -1e10, -1e300}) {
      assertThat(new Acosh().value(x)).as("%s", x).isNaN();
    }
    assertThat(new Acosh().value(Double.NEGATIVE_INFINITY)).isNaN();
    assertThat(new Acosh().value(1)).isZero();
  }
}
