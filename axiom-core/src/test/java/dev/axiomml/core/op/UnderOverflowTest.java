package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.op.norm.LocalResponseNorm;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.reduce.ReduceProd;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bounds hold for executions in which results vanish: below 2⁻¹²⁶ they may be 0, and a quotient by
 * an overflowed sum is. An element that is only picked stays what it is.
 */
class UnderOverflowTest {
  static Stream<OpSample> bounded() {
    return RowLawsTest.bounded();
  }

  private static Box point(double... x) {
    return new Box(x, x);
  }

  private static void assertHolds(Box box, int i, double value) {
    assertThat(!(box.lo()[i] <= value && value <= box.hi()[i]))
        .as("%s outside [%s, %s]", value, box.lo()[i], box.hi()[i])
        .isFalse();
  }

  /** Mutation: leave the step to 0 out of Interval.rounded. */
  @ParameterizedTest
  @MethodSource("bounded")
  void a_last_result_that_is_flushed_lies_in_the_bound(OpSample sample) {
    RowOp op = (RowOp) sample.op();
    List<Type> types = sample.in().stream().map(Type::float32).toList();
    for (double scale : new double[] {0x1p-63, 0x1p-110, 0x1p-126, 0x1p-135}) {
      List<double[]> x =
          sample.inputs(3).stream()
              .map(t -> Arrays.stream(t.toDoubles()).map(v -> (float) (v * scale)).toArray())
              .toList();
      List<double[]> y = op.apply(types, x);
      List<Box> out = op.bound(types, x.stream().map(a -> point(a)).toList()).orElseThrow();
      for (int i = 0; i < y.get(0).length; i++) {
        double kept = (float) y.get(0)[i];
        boolean computed = x.stream().flatMapToDouble(Arrays::stream).noneMatch(v -> v == kept);
        assertHolds(out.get(0), i, computed && Math.abs(kept) < 0x1p-126 ? 0 : kept);
      }
    }
  }

  private static Box bound(RowOp op, double... x) {
    List<Type> in = List.of(Type.float32(Shape.of(1, x.length)));
    return op.bound(in, List.of(point(x))).orElseThrow().get(0);
  }

  /** Mutation: the margin of any of these as if results below 2⁻¹²⁶ were kept. */
  @Test
  void squares_and_partial_sums_may_be_flushed_before_the_last_step() {
    assertHolds(bound(new ReduceProd(List.of(1), false), 0x1p-70, 0x1p-70, 0x1p40), 0, 0);
    RowOp norm = new RmsNorm(1, 0);
    assertHolds(bound(norm, 0x1p-64, 0x1p-62), 0, 0.25 * Math.sqrt(2)); // the first square is lost
    assertHolds(bound(norm, 0x1p-64, 0x1p-64), 0, Double.POSITIVE_INFINITY); // both are
  }

  /** Mutation: leave out any of the checks for overflow. */
  @Test
  void sums_of_squares_may_overflow_and_leave_zeros() {
    float large = 0x1p70f;
    assertThat(large * large).isEqualTo(Float.POSITIVE_INFINITY);
    assertHolds(bound(new RmsNorm(1, 1e-5), large, large), 0, 0);
    assertHolds(bound(new LpNormalization(1, 2, 0), large, large), 0, 0);
    LocalResponseNorm.Strength strength = new LocalResponseNorm.Strength(1, 0.5, 1);
    assertHolds(bound(new LocalResponseNorm(1, 1, strength), large, large), 0, 0);
  }
}
