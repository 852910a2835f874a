package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpLawsTest {
  static Stream<OpSample> samples() {
    return OpSamples.all().stream();
  }

  static Stream<OpSample> scalars() {
    return samples().filter(s -> s.op() instanceof ScalarOp);
  }

  private static List<Tensor> run(Op op, List<Tensor> in) {
    return new Interpreter()
            .node(new Node(0, "sample", op, List.of(), List.of()), new ArrayList<RuntimeValue>(in))
            .stream()
            .map(RuntimeValue::tensor)
            .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_shape_rule_says_what_the_run_makes(OpSample sample) {
    List<Tensor> in = sample.inputs(7);
    List<Type> stated = sample.op().infer(in.stream().map(Tensor::type).toList());
    assertThat(run(sample.op(), in).stream().map(Tensor::type).toList()).isEqualTo(stated);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void float32_and_float64_runs_agree_to_rounding(OpSample sample) {
    List<Tensor> in = sample.inputs(11);
    Tensor single = run(sample.op(), in).get(0);
    Tensor twice = run(sample.op(), in.stream().map(t -> t.to(DType.FLOAT64)).toList()).get(0);
    for (int i = 0; i < single.size(); i++) {
      assertThat(single.doubleAt(i)).isCloseTo(twice.doubleAt(i), within(2e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void the_slope_is_the_limit_of_differences(OpSample sample) {
    ScalarOp op = (ScalarOp) sample.op();
    double h = 1e-5;
    double from = Math.max(-7.93, op.profile().low() + 0.1);
    for (double x = from; x < Math.min(8, op.profile().high() - h); x += 0.37) {
      double difference = (op.value(x + h) - op.value(x - h)) / (2 * h);
      boolean nearCut = op.profile().cuts().stream().anyMatch(withinReach(x, h));
      assertThat(
              nearCut
                  || Math.abs(difference - op.slope(x)) < 1e-6 * Math.max(1, Math.abs(difference)))
          .as("at %s", x)
          .isTrue();
    }
  }

  private static java.util.function.Predicate<Double> withinReach(double x, double h) {
    return cut -> Math.abs(cut - x) <= 2 * h;
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void the_profile_bends_as_it_says(OpSample sample) {
    ScalarOp op = (ScalarOp) sample.op();
    double step = 0.03125;
    for (double x = -9; x < 9; x += step) {
      double bend = op.value(x) + op.value(x + 2 * step) - 2 * op.value(x + step);
      assertBend(op, x, x + 2 * step, bend);
    }
  }

  private static void assertBend(ScalarOp op, double from, double to, double bend) {
    Profile profile = op.profile();
    if (from < profile.low() || to > profile.high()) {
      return;
    }
    int piece = (int) profile.cuts().stream().filter(cut -> cut <= from).count();
    boolean cutInside = profile.cuts().stream().anyMatch(cut -> cut > from && cut < to);
    if (!cutInside) {
      double tolerance = 1e-14 * Math.max(1, Math.abs(op.value(to)));
      switch (profile.pieces().get(piece)) {
        case LINE ->
            assertThat(bend).as("line on [%s, %s]", from, to).isCloseTo(0, within(tolerance));
        case CONVEX ->
            assertThat(bend).as("convex on [%s, %s]", from, to).isGreaterThan(-tolerance);
        case CONCAVE -> assertThat(bend).as("concave on [%s, %s]", from, to).isLessThan(tolerance);
      }
    }
  }
}
