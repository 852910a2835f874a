package dev.axiomml.testing;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Functions of one number with ordinary and extreme settings, the numbers at which they go wrong if
 * anywhere, and what they are there in 50 digits.
 */
public final class SettingGrid {
  private static final double TINY = Float.MIN_NORMAL;
  private static final double HUGE = Float.MAX_VALUE;
  private static final double[] SIZES = {
    TINY, 1e-30, 1e-12, 0.01, 0.1, 1 / 6.0, 1, 1.5, 3, 4e12, 1e19, 2e19, 1e30, HUGE
  };
  private static final List<Type> FLOAT32 = List.of(Type.float32(Shape.of(1)));

  private SettingGrid() {}

  /**
   * A function and what it really is.
   *
   * @param op with settings as float32 tensors round them
   * @param truth the same function in many digits; its argument is finite and in the domain
   */
  public record Row(ScalarOp op, UnaryOperator<BigDecimal> truth) {
    @Override
    public String toString() {
      return op.toString();
    }
  }

  /** Every row. */
  public static List<Row> rows() {
    return Stream.of(rectifiers(), exponentials(), ramps(), powers()).flatMap(s -> s).toList();
  }

  private static <O extends ScalarOp> Row row(O op, Truth<O> truth) {
    O rounded = as(op, op.on(FLOAT32));
    return new Row(rounded, x -> truth.at(rounded, x));
  }

  @SuppressWarnings("unchecked")
  private static <O extends ScalarOp> O as(O op, Op rounded) {
    return (O) op.getClass().cast(rounded);
  }

  private interface Truth<O> {
    BigDecimal at(O op, BigDecimal x);
  }

  private static BigDecimal exactly(double x) {
    return new BigDecimal(x);
  }

  private static Stream<Row> rectifiers() {
    List<Row> rows = new ArrayList<>();
    for (double size : SIZES) {
      rows.add(row(new LeakyRelu(size), SettingGrid::leaky));
      rows.add(row(new LeakyRelu(-size), SettingGrid::leaky));
      rows.add(row(new SoftShrink(size), SettingGrid::shrunk));
      rows.add(row(new Clip(-size, size), SettingGrid::clipped));
      rows.add(row(new Clip(size, Double.POSITIVE_INFINITY), SettingGrid::clipped));
      rows.add(row(new Clip(size, -size), SettingGrid::clipped));
    }
    rows.add(row(new Clip(-1e39, 1e39), SettingGrid::clipped));
    rows.add(row(new SoftShrink(0), SettingGrid::shrunk));
    return rows.stream();
  }

  private static BigDecimal leaky(LeakyRelu op, BigDecimal x) {
    return x.signum() > 0 ? x : x.multiply(exactly(op.alpha()));
  }

  private static BigDecimal shrunk(SoftShrink op, BigDecimal x) {
    BigDecimal beyond = x.abs().subtract(exactly(op.lambda())).max(BigDecimal.ZERO);
    return x.signum() < 0 ? beyond.negate() : beyond;
  }

  private static BigDecimal clipped(Clip op, BigDecimal x) {
    BigDecimal low = Double.isInfinite(op.low()) ? x : x.max(exactly(op.low()));
    return Double.isInfinite(op.high()) ? low : low.min(exactly(op.high()));
  }

  private static Stream<Row> exponentials() {
    List<Row> rows = new ArrayList<>();
    for (double size : SIZES) {
      rows.add(row(new Elu(size), SettingGrid::elu));
      rows.add(row(new Elu(-size), SettingGrid::elu));
      rows.add(row(new Celu(size), SettingGrid::celu));
      rows.add(row(new Softplus(size, Double.POSITIVE_INFINITY), SettingGrid::softplus));
      rows.add(row(new Softplus(size, 20), SettingGrid::softplus));
      rows.add(row(new Softplus(size, 0.5), SettingGrid::softplus));
    }
    return rows.stream();
  }

  private static BigDecimal elu(Elu op, BigDecimal x) {
    return x.signum() > 0 ? x : Digits.expm1(x).multiply(exactly(op.alpha()));
  }

  private static BigDecimal celu(Celu op, BigDecimal x) {
    BigDecimal alpha = exactly(op.alpha());
    return x.signum() > 0 ? x : Digits.expm1(x.divide(alpha, Digits.WIDE)).multiply(alpha);
  }

  private static BigDecimal softplus(Softplus op, BigDecimal x) {
    BigDecimal beta = exactly(op.beta());
    BigDecimal tail = Digits.log1p(Digits.exp(x.multiply(beta, Digits.WIDE).abs().negate()));
    return x.max(BigDecimal.ZERO).add(tail.divide(beta, Digits.WIDE));
  }

  private static Stream<Row> ramps() {
    List<Row> rows = new ArrayList<>();
    for (double alpha : SIZES) {
      for (double beta : new double[] {0, 0.5, -1e-12, 1e10, -3e30, HUGE}) {
        rows.add(row(new HardSigmoid(alpha, beta), SettingGrid::ramp));
        rows.add(row(new HardSigmoid(-alpha, beta), SettingGrid::ramp));
      }
    }
    rows.add(row(new HardSigmoid(1e21, -7e35), SettingGrid::ramp));
    return rows.stream();
  }

  private static BigDecimal ramp(HardSigmoid op, BigDecimal x) {
    BigDecimal line = x.multiply(exactly(op.alpha())).add(exactly(op.beta()));
    return line.min(BigDecimal.ONE).max(BigDecimal.ZERO);
  }

  private static Stream<Row> powers() {
    return Stream.of(0, 1, 2, 3, 4, 7, 100, 1e10, -1, -2, -3, 0.5, -0.5, 0.1, 1e-30, 2.5, -1e10)
        .map(power -> row(new PowConstant(power.doubleValue()), SettingGrid::power));
  }

  private static BigDecimal power(PowConstant op, BigDecimal x) {
    if (op.exponent() == 0 || x.signum() == 0) {
      return op.exponent() == 0 ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    BigDecimal size = Digits.exp(Digits.log(x.abs()).multiply(exactly(op.exponent()), Digits.WIDE));
    boolean odd = op.exponent() % 2 != 0;
    return x.signum() < 0 && odd ? size.negate() : size;
  }

  /** Zeros, edges of every size, ends of the range, places around the cuts, random bits. */
  public static float[] points(ScalarOp op, long seed) {
    List<Float> points = new ArrayList<>(List.of(0f, -0f));
    for (int e = -149; e < 128; e += 11) {
      around(points, Math.scalb(1f, e));
    }
    List.of(-17.4f, -88f, -104f, 16.6f, 88.7f, Float.MAX_VALUE).forEach(x -> around(points, x));
    for (double cut : ScalarCuts.of(op)) {
      around(points, (float) cut);
    }
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      points.add(Float.intBitsToFloat(random.nextInt()));
    }
    float[] finite = new float[points.size()];
    Profile profile = op.profile();
    int n = 0;
    for (float x : points) {
      if (Math.abs(x) <= Float.MAX_VALUE && !profile.pieces(x, x).isEmpty()) {
        finite[n++] = x;
      }
    }
    return java.util.Arrays.copyOf(finite, n);
  }

  private static void around(List<Float> points, float x) {
    for (float at : new float[] {Math.nextDown(x), x, Math.nextUp(x)}) {
      points.add(at);
      points.add(-at);
    }
  }

  /** Whether a float32 result is as near to the truth as the operator says. */
  public static boolean isWithin(ScalarOp op, BigDecimal truth, float y) {
    double nearest = truth.doubleValue();
    double largest = Math.abs(nearest) + op.accuracy().ulps() * Math.ulp(Math.abs((float) nearest));
    if (Float.isInfinite(y)) {
      return !(largest < Float.MAX_VALUE) && Math.signum(y) == Math.signum(nearest);
    }
    if (Float.isNaN(y)) {
      return false;
    }
    BigDecimal off = new BigDecimal(y).subtract(truth).abs();
    double unit = Math.ulp(Math.min(Float.MAX_VALUE, Math.abs((float) nearest)));
    BigDecimal own = truth.abs().multiply(exactly(op.accuracy().error()));
    return off.compareTo(exactly(Math.max(0.5, op.accuracy().ulps()) * unit).add(own)) <= 0;
  }
}
