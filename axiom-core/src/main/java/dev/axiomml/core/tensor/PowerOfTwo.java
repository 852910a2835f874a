package dev.axiomml.core.tensor;

/**
 * Powers of two from 2⁻¹²⁷ to 2¹²⁷ by their exponent; all ones is NaN, which is also what negative
 * numbers become.
 */
final class PowerOfTwo implements NarrowFormat {
  private static final int BIAS = 127;
  private static final int NAN = 255;

  @Override
  public double value(byte code) {
    int exponent = code & 0xff;
    return exponent == NAN ? Double.NaN : Math.scalb(1.0, exponent - BIAS);
  }

  /** Halfway between two powers goes up; what lies below the least of them never does. */
  @Override
  public byte code(double number, boolean saturate) {
    if (Double.isNaN(number) || number < 0) {
      return (byte) NAN;
    }
    if (number < 0x1p-127) {
      return (byte) (saturate ? 0 : NAN);
    }
    int low = Double.isInfinite(number) ? BIAS + 1 : Math.getExponent(number);
    int exponent = low + (number >= Math.scalb(1.5, low) ? 1 : 0);
    return (byte) (exponent <= BIAS ? exponent + BIAS : saturate ? NAN - 1 : NAN);
  }
}
