package dev.axiomml.dsl.part;

import static dev.axiomml.dsl.setting.WindowSetting.Word.CEIL;
import static dev.axiomml.dsl.setting.WindowSetting.Word.DILATION;
import static dev.axiomml.dsl.setting.WindowSetting.Word.GROUPS;
import static dev.axiomml.dsl.setting.WindowSetting.Word.PADDING;
import static dev.axiomml.dsl.setting.WindowSetting.Word.SAME;
import static dev.axiomml.dsl.setting.WindowSetting.Word.STRIDE;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.setting.SpatialSize;
import dev.axiomml.dsl.setting.WindowSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a layer with windows, read.
 *
 * @param layer its word, for errors
 * @param kernel sizes
 * @param settings in the order they were typed
 */
public record WindowSettings(String layer, SpatialSize kernel, List<WindowSetting> settings) {
  public WindowSettings {
    settings = List.copyOf(settings);
  }

  /** Refuses settings that the layer has no use for. */
  WindowSettings only(Set<WindowSetting.Word> words) {
    for (WindowSetting setting : settings) {
      if (!words.contains(setting.word())) {
        throw wrong(
            layer + " with " + setting, layer + " has no use for it", "leave " + setting + " out");
      }
    }
    return this;
  }

  Optional<WindowSetting> find(WindowSetting.Word word) {
    return settings.stream().filter(s -> s.word() == word).reduce((first, last) -> last);
  }

  int groups() {
    return find(GROUPS).map(s -> s.values().get(0)).orElse(1);
  }

  private List<Integer> along(WindowSetting.Word word, int rank, int usual) {
    return find(word)
        .map(s -> new SpatialSize(s.values()).along(rank))
        .orElse(new SpatialSize(List.of(usual)).along(rank));
  }

  List<Integer> along(WindowSetting.Word word, int rank) {
    return along(word, rank, 0);
  }

  /** The geometry on an input (batch, spatial…, channels); a pool's stride is its kernel. */
  WindowGeometry on(Shape in, boolean pool) {
    int rank = in.rank() - 2;
    List<Integer> kernels = kernel.along(rank);
    List<Integer> strides = pool && find(STRIDE).isEmpty() ? kernels : along(STRIDE, rank, 1);
    requireRank(kernels, rank);
    requireRank(strides, rank);
    List<Integer> padding = along(PADDING, rank, 0);
    requireRank(padding, rank);
    List<Integer> dilation = along(DILATION, rank, 1);
    requireRank(dilation, rank);
    WindowGeometry plain =
        WindowGeometry.of(kernels).stride(strides).padding(padding, padding).dilation(dilation);
    return find(SAME).isPresent() ? same(plain, in) : plain.ceil(find(CEIL).isPresent());
  }

  private void requireRank(List<Integer> values, int rank) {
    if (values.size() != rank) {
      throw wrong(
          layer + " with " + values,
          "one number for all spatial axes, or one for each of the " + rank,
          "give 1 or " + rank + " numbers");
    }
    if (values.stream().anyMatch(v -> v < 0)) {
      throw wrong(layer + " with " + values, "sizes are not negative", "give positive numbers");
    }
  }

  /** PyTorch's rule for stride 1: the odd one goes to the end. */
  private static WindowGeometry same(WindowGeometry plain, Shape in) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < plain.rank(); axis++) {
      int total = sameTotal(plain, in, axis);
      before.add(total / 2);
      after.add(total - total / 2);
    }
    return plain.padding(before, after);
  }

  private static int sameTotal(WindowGeometry plain, Shape in, int axis) {
    int step = plain.stride().get(axis);
    if (step == 1) {
      return plain.extent(axis) - 1;
    }
    int size = in.size(axis + 1);
    int windows = (size + step - 1) / step;
    return Math.max(0, (windows - 1) * step + plain.extent(axis) - size);
  }

  private static ShapeException wrong(String what, String why, String fix) {
    return new ShapeException(new Diagnosis(what, "", why, fix));
  }
}
