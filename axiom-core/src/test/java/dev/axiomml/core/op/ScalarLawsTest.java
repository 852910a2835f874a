package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.NormalDistribution;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Shrink;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import dev.axiomml.testing.ScalarCuts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarLawsTest {
  private static final MathContext DIGITS = new MathContext(70);

  static Stream<OpSample> scalars() {
    return OpSamples.all().stream().filter(s -> s.op() instanceof ScalarOp);
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void nan_gives_nan(OpSample sample) {
    ScalarOp op = (ScalarOp) sample.op();
    boolean constant =
        op.equals(new PowConstant(0)) || op instanceof Shrink || op instanceof ThresholdedRelu;
    assertThat(Double.isNaN(op.value(Double.NaN))).isEqualTo(!constant);
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void the_float32_run_is_within_the_stated_ulps_of_the_function(OpSample sample) {
    ScalarOp op = (ScalarOp) sample.op().on(List.of(Type.float32(sample.in().get(0))));
    for (float x = -9; x < 9; x += 0.0371f) {
      double exact = op.value(x);
      if (!Double.isNaN(exact) && Double.isFinite(exact)) {
        double allowed = op.accuracy().ulps() * Math.ulp((float) exact);
        assertThat(Math.abs((float) exact - exact)).as("at %s", x).isLessThanOrEqualTo(allowed);
      }
    }
  }

  @Test
  void functions_that_pytorch_answers_with_nan_at_infinity_do_so_too() {
    List<ScalarOp> below =
        List.of(new Gelu(), new GeluTanh(), new Silu(), new Mish(), new HardSwish());
    for (ScalarOp op : below) {
      assertThat(op.value(Double.NEGATIVE_INFINITY)).as("%s", op).isNaN();
      assertThat(op.value(Double.POSITIVE_INFINITY)).as("%s", op).isInfinite();
    }
    assertThat(new Softsign().value(Double.NEGATIVE_INFINITY)).isNaN();
    assertThat(new Softsign().value(Double.POSITIVE_INFINITY)).isNaN();
  }

  /** Mutation: a term of the series or a step of the fraction less. */
  @Test
  void the_normal_distribution_is_within_its_stated_error() {
    assertWithin(NormalDistribution::cdf, x -> big(x, 2), 1e-14, -26);
  }

  @Test
  void the_error_function_is_within_its_stated_error() {
    assertWithin(new Erf()::value, x -> big(x, 1), new Erf().accuracy().error(), -6);
  }

  @Test
  void gelu_is_within_its_stated_error() {
    assertWithin(
        new Gelu()::value,
        x -> big(x, 2).multiply(new BigDecimal(x), DIGITS),
        new Gelu().accuracy().error(),
        -26);
  }

  private interface Exact {
    BigDecimal at(double x);
  }

  private static void assertWithin(DoubleUnaryOperator f, Exact exact, double error, double low) {
    for (double x = low; x < 7; x += 0.0371) {
      BigDecimal truth = exact.at(x);
      BigDecimal off = new BigDecimal(f.applyAsDouble(x)).subtract(truth).abs();
      assertThat(off).as("at %s", x).isLessThan(truth.abs().multiply(new BigDecimal(error)));
    }
  }

  /** Φ(x) for kind 2, erf(x) for kind 1, by the alternating series in as many digits as it eats. */
  private static BigDecimal big(double x, int kind) {
    MathContext wide = new MathContext(400);
    BigDecimal square = new BigDecimal(x).pow(2, wide).divide(BigDecimal.valueOf(kind), wide);
    BigDecimal term = new BigDecimal(x);
    BigDecimal sum = term;
    for (int n = 1; term.abs().compareTo(new BigDecimal("1e-240")) > 0; n++) {
      term = term.multiply(square, wide).negate().divide(BigDecimal.valueOf(n), wide);
      sum = sum.add(term.divide(BigDecimal.valueOf(2L * n + 1), wide), wide);
    }
    BigDecimal scaled = sum.divide(rootTwoPi(), wide);
    return kind == 2
        ? scaled.add(new BigDecimal("0.5"), wide)
        : scaled.multiply(new BigDecimal("2").multiply(new BigDecimal(2).sqrt(wide)), wide);
  }

  private static BigDecimal rootTwoPi() {
    return Pi.TWICE.sqrt(new MathContext(300));
  }

  /** 2π by Machin's formula. */
  private static final class Pi {
    static final BigDecimal TWICE =
        arctan(5).multiply(new BigDecimal(32)).subtract(arctan(239).multiply(new BigDecimal(8)));

    private static BigDecimal arctan(int q) {
      MathContext wide = new MathContext(320);
      BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(q), wide);
      BigDecimal sum = power;
      for (int n = 3; power.compareTo(new BigDecimal("1e-315")) > 0; n += 2) {
        power = power.divide(BigDecimal.valueOf(-(long) q * q), wide).abs();
        BigDecimal term = power.divide(BigDecimal.valueOf(n), wide);
        sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
      }
      return sum;
    }
  }

  /** Mutation: cut points by the rounded wrong end, e.g. {@code (1 − alpha) / beta}. */
  @Test
  void a_hard_sigmoid_is_flat_outside_of_its_cuts() {
    HardSigmoid op = new HardSigmoid(-0.3, 0.4);
    assertThat(op.value(ScalarCuts.of(op)[0] - 1e-9)).isEqualTo(1);
    assertThat(op.value(ScalarCuts.of(op)[1] + 1e-9)).isZero();
    assertThat(op.value(ScalarCuts.of(op)[1] - 1e-9)).isPositive();
  }

  @Test
  void the_step_at_a_threshold_of_softplus_is_within_its_stated_error() {
    Softplus op = new Softplus(2, 5);
    double edge = 2.5;
    double smooth = new Softplus(2, Double.POSITIVE_INFINITY).value(edge + 1e-9);
    double off = Math.abs(op.value(edge + 1e-9) - smooth);
    assertThat(off)
        .isLessThanOrEqualTo(op.accuracy().error() * smooth)
        .isGreaterThan(op.accuracy().error() / 2);
  }
}
