package dev.axiomml.core.tensor;

/**
 * Floats of a sign, a few exponent and a few mantissa bits, with numbers below the smallest
 * exponent.
 */
final class SmallFloat implements NarrowFormat {
  /** What stands above the finite numbers, and where NaN is. */
  enum Top {
    /** As in IEEE 754: the highest exponent is infinity, with a mantissa NaN. */
    INFINITE,
    /** Only all ones is NaN. */
    ONE_NAN,
    /** All codes are finite but minus zero, which is NaN. */
    NAN_AT_ZERO,
    /** All codes are finite; NaN becomes minus zero. */
    FINITE
  }

  private final int mantissa;
  private final int least;
  private final Top top;
  private final int sign;
  private final double[] values;

  SmallFloat(int exponent, int mantissa, int bias, Top top) {
    this.mantissa = mantissa;
    this.least = 1 - bias;
    this.top = top;
    this.sign = 1 << (exponent + mantissa);
    this.values = new double[2 * sign];
    for (int code = 0; code < values.length; code++) {
      values[code] = decoded(code);
    }
  }

  private double decoded(int code) {
    int magnitude = code & (sign - 1);
    double flip = code < sign ? 1 : -1;
    if (top == Top.NAN_AT_ZERO && code == sign) {
      return Double.NaN;
    }
    if (magnitude > largest()) {
      boolean infinite = top == Top.INFINITE && magnitude == largest() + 1;
      return infinite ? flip * Double.POSITIVE_INFINITY : Double.NaN;
    }
    int exponent = magnitude >> mantissa;
    int fraction = magnitude & ((1 << mantissa) - 1);
    int whole = exponent == 0 ? fraction : fraction + (1 << mantissa);
    return flip * Math.scalb((double) whole, Math.max(exponent, 1) - 1 + least - mantissa);
  }

  /** The code of the largest finite number. */
  private int largest() {
    return switch (top) {
      case INFINITE -> sign - (1 << mantissa) - 1;
      case ONE_NAN -> sign - 2;
      case NAN_AT_ZERO, FINITE -> sign - 1;
    };
  }

  @Override
  public double value(byte code) {
    return values[code & (values.length - 1)];
  }

  @Override
  public byte code(double number, boolean saturate) {
    int minus = Double.doubleToRawLongBits(number) < 0 ? sign : 0;
    int magnitude = Double.isNaN(number) ? nan() : within(nearest(Math.abs(number)), saturate);
    if (top == Top.NAN_AT_ZERO && (magnitude == 0 || magnitude == sign)) {
      return (byte) magnitude;
    }
    return (byte) (minus | magnitude);
  }

  private int nan() {
    return switch (top) {
      case INFINITE -> largest() + 1 + (1 << (mantissa - 1));
      case ONE_NAN -> sign - 1;
      case NAN_AT_ZERO, FINITE -> sign;
    };
  }

  private int within(int magnitude, boolean saturate) {
    if (magnitude <= largest()) {
      return magnitude;
    }
    boolean held = saturate || top == Top.FINITE;
    return held ? largest() : top == Top.INFINITE ? largest() + 1 : nan();
  }

  /** Codes of rising numbers rise by one, so a mantissa that rounds up carries by itself. */
  private int nearest(double magnitude) {
    if (Double.isInfinite(magnitude)) {
      return sign;
    }
    int exponent = Math.max(Math.getExponent(magnitude), least);
    int steps = (int) Math.rint(Math.scalb(magnitude, mantissa - exponent));
    return ((exponent - least) << mantissa) + steps;
  }
}
