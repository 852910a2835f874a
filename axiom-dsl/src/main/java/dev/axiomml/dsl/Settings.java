package dev.axiomml.dsl;

import dev.axiomml.dsl.Setting.Word;
import java.util.Arrays;
import java.util.List;

/** The words for windows; {@code Dsl} has them all. */
public class Settings extends Activations {
  /** For {@code Dsl}. */
  protected Settings() {}

  /** As many outputs as inputs (divided by the stride, rounded up); zeros are put around. */
  public static Setting same() {
    return new Setting(Word.SAME, List.of());
  }

  /** Zeros on both sides of each spatial axis, as many as given. */
  public static Setting padding(int... each) {
    return setting(Word.PADDING, each);
  }

  /** Steps between windows. */
  public static Setting stride(int... each) {
    return setting(Word.STRIDE, each);
  }

  /** Distance between a window's elements. */
  public static Setting dilation(int... each) {
    return setting(Word.DILATION, each);
  }

  /** Channels split into groups that do not see each other. */
  public static Setting groups(int groups) {
    return setting(Word.GROUPS, groups);
  }

  /** No bias is added. */
  public static Setting noBias() {
    return new Setting(Word.NO_BIAS, List.of());
  }

  /** A last window of a pool that starts inside and ends outside counts (PyTorch's ceil mode). */
  public static Setting ceil() {
    return new Setting(Word.CEIL, List.of());
  }

  /** Padding does not count in an average pool's mean. */
  public static Setting withoutPadding() {
    return new Setting(Word.WITHOUT_PADDING, List.of());
  }

  /** Rows added at the end of each axis of a transposed convolution. */
  public static Setting outputPadding(int... each) {
    return setting(Word.OUTPUT_PADDING, each);
  }

  /** A size for each spatial axis, outermost first: {@code conv(64, size(3, 5))}. */
  public static Size size(int... each) {
    return Size.of(each);
  }

  private static Setting setting(Word word, int... each) {
    if (each.length == 0) {
      throw new IllegalArgumentException(word + " needs a number");
    }
    return new Setting(word, Arrays.stream(each).boxed().toList());
  }
}
