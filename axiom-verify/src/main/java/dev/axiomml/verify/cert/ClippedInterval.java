package dev.axiomml.verify.cert;

/**
 * How much of an element's interval a clip cuts off, in 256ths of its width. What is left ends at
 * float32 numbers, rounded outward, so that everybody comes to the same ones.
 *
 * @param input which input
 * @param element its element
 * @param below cut off at the lower end, 0 to 255
 * @param above cut off at the upper end, 0 to 255
 */
public record ClippedInterval(int input, int element, int below, int above) {
  /** What the width is divided into. */
  public static final int PARTS = 256;
}
