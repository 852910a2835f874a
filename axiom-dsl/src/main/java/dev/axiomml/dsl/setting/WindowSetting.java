package dev.axiomml.dsl.setting;

import java.util.List;

/**
 * How windows lie: one argument of {@code conv} or a pool, e.g. {@code stride(2)}.
 *
 * <p>One number stands for every spatial axis; else one number an axis, outermost first.
 *
 * <pre>{@code
 * ImageFlow x = Axiom.model("net").input(image(32, 32, 3));
 * ImageFlow y = x.conv(64, 3, stride(2), padding(1), noBias()).maxPool(3, stride(2), ceil());
 * }</pre>
 *
 * @param word which argument
 * @param values its numbers; none for words such as {@code same()}
 */
public record WindowSetting(Word word, List<Integer> values) {
  /** Copies the list. */
  public WindowSetting {
    values = List.copyOf(values);
  }

  /** The arguments there are. */
  public enum Word {
    /** As many outputs as inputs, divided by the stride. */
    SAME,
    /** Steps between windows. */
    STRIDE,
    /** Zeros on both sides. */
    PADDING,
    /** Distance between a window's elements. */
    DILATION,
    /** How many groups the channels are split into. */
    GROUPS,
    /** No bias is added. */
    NO_BIAS,
    /** A last window that ends outside counts. */
    CEIL,
    /** Padding does not count in a mean. */
    WITHOUT_PADDING,
    /** More rows at the end of a transposed convolution. */
    OUTPUT_PADDING
  }

  /** As it is typed: {@code stride(2)}. */
  @Override
  public String toString() {
    String numbers = values.toString();
    return word.name().toLowerCase(java.util.Locale.ROOT)
        + "("
        + numbers.substring(1, numbers.length() - 1)
        + ")";
  }
}
