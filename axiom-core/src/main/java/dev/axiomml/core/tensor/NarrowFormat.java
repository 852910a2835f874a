package dev.axiomml.core.tensor;

/**
 * Numbers of eight bits and less as codes of one byte: what a code means, and the code that is
 * nearest to a number.
 */
sealed interface NarrowFormat permits SmallFloat, PowerOfTwo {
  /** The number of a code; bits above the format's are ignored. */
  double value(byte code);

  /**
   * The code nearest to a number, of two the even one.
   *
   * @param saturate whether what lies beyond becomes the largest number, else infinity or NaN where
   *     the format has them
   */
  byte code(double number, boolean saturate);
}
