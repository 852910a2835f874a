package dev.axiomml.dsl;

import dev.axiomml.dsl.setting.SpatialSize;
import dev.axiomml.dsl.setting.WindowSetting;
import dev.axiomml.dsl.setting.WindowSetting.Word;
import java.util.Arrays;
import java.util.List;

/** The words for windows; {@code Dsl} has them all. */
class WindowWords extends Activations {
  /** For {@code Dsl}. */
  WindowWords() {}

  /** As many outputs as inputs (divided by the stride, rounded up); zeros are put around. */
  public static WindowSetting same() {
    return new WindowSetting(Word.SAME, List.of());
  }

  /** Zeros on both sides of each spatial axis, as many as given. */
  public static WindowSetting padding(int... each) {
    return setting(Word.PADDING, each);
  }

  /** Steps between windows. */
  public static WindowSetting stride(int... each) {
    return setting(Word.STRIDE, each);
  }

  /** Distance between a window's elements. */
  public static WindowSetting dilation(int... each) {
    return setting(Word.DILATION, each);
  }

  /** Channels split into groups that do not see each other. */
  public static WindowSetting groups(int groups) {
    return setting(Word.GROUPS, groups);
  }

  /** No bias is added. */
  public static WindowSetting noBias() {
    return new WindowSetting(Word.NO_BIAS, List.of());
  }

  /** A last window of a pool that starts inside and ends outside counts (PyTorch's ceil mode). */
  public static WindowSetting ceil() {
    return new WindowSetting(Word.CEIL, List.of());
  }

  /** Padding does not count in an average pool's mean. */
  public static WindowSetting withoutPadding() {
    return new WindowSetting(Word.WITHOUT_PADDING, List.of());
  }

  /** Rows added at the end of each axis of a transposed convolution. */
  public static WindowSetting outputPadding(int... each) {
    return setting(Word.OUTPUT_PADDING, each);
  }

  /** A size for each spatial axis, outermost first: {@code conv(64, size(3, 5))}. */
  public static SpatialSize size(int... each) {
    return SpatialSize.of(each);
  }

  private static WindowSetting setting(Word word, int... each) {
    if (each.length == 0) {
      throw new IllegalArgumentException(word + " needs a number");
    }
    return new WindowSetting(word, Arrays.stream(each).boxed().toList());
  }
}
