package dev.axiomml.dsl;

import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.setting.SpatialSize;
import dev.axiomml.dsl.setting.WindowSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the cases of linear layers, convolutions and pools are driven. */
final class AffineCases {
  static final Map<String, Function<Case, Tensor>> RULES =
      Map.ofEntries(
          Map.entry("Linear", AffineCases::linear),
          Map.entry("Conv1d", AffineCases::conv),
          Map.entry("Conv2d", AffineCases::conv),
          Map.entry("Conv3d", AffineCases::conv),
          Map.entry("ConvTranspose1d", AffineCases::transposed),
          Map.entry("ConvTranspose2d", AffineCases::transposed),
          Map.entry("ConvTranspose3d", AffineCases::transposed),
          Map.entry("MaxPool1d", AffineCases::maxPool),
          Map.entry("MaxPool2d", AffineCases::maxPool),
          Map.entry("MaxPool3d", AffineCases::maxPool),
          Map.entry("AvgPool1d", AffineCases::averagePool),
          Map.entry("AvgPool2d", AffineCases::averagePool),
          Map.entry("AvgPool3d", AffineCases::averagePool),
          Map.entry("AdaptiveAvgPool1d", c -> adaptive(c, true)),
          Map.entry("AdaptiveAvgPool2d", c -> adaptive(c, true)),
          Map.entry("AdaptiveAvgPool3d", c -> adaptive(c, true)),
          Map.entry("AdaptiveMaxPool1d", c -> adaptive(c, false)),
          Map.entry("AdaptiveMaxPool2d", c -> adaptive(c, false)),
          Map.entry("AdaptiveMaxPool3d", c -> adaptive(c, false)),
          Map.entry("mean", c -> Drive.channelsFirst(c, x -> spatial(x).globalAveragePool())),
          Map.entry("amax", c -> Drive.channelsFirst(c, x -> spatial(x).globalMaxPool())));

  private AffineCases() {}

  static SpatialFlow<?> spatial(RealFlow<?> x) {
    return (SpatialFlow<?>) x;
  }

  private static Tensor linear(Case c) {
    int out = c.integer("out_features", 0);
    boolean biased = c.flag("bias", true);
    return Drive.plain(
        c,
        in -> {
          FeatureFlow<?> x = (FeatureFlow<?>) in.get(0);
          return biased ? x.dense(c.integer("in_features", 0), out) : x.denseWithoutBias(out);
        });
  }

  private static WindowSetting[] settings(Case c) {
    List<WindowSetting> settings = new ArrayList<>();
    settings.add(Dsl.dilation(c.integers("dilation", 1)));
    settings.add(Dsl.groups(c.integer("groups", 1)));
    if (!c.flag("bias", true)) {
      settings.add(Dsl.noBias());
    }
    settings.add(Dsl.stride(c.integers("stride", 1)));
    boolean zeros = c.text("padding_mode", "zeros").equals("zeros");
    settings.add(
        c.text("padding", "").equals("same")
            ? Dsl.same()
            : Dsl.padding(zeros ? c.integers("padding", 0) : new int[] {0}));
    return settings.toArray(WindowSetting[]::new);
  }

  private static Tensor conv(Case c) {
    SpatialSize kernel = Dsl.size(c.integers("kernel_size"));
    String mode = c.text("padding_mode", "zeros");
    return Drive.channelsFirst(
        c,
        x -> {
          SpatialFlow<?> at = mode.equals("zeros") ? spatial(x) : padded(x, c, mode);
          return at.conv(c.integer("out_channels", 0), kernel, settings(c));
        });
  }

  /** The DSL has no word for repeating borders: the operator by hand. */
  private static SpatialFlow<?> padded(RealFlow<?> x, Case c, String mode) {
    int[] each = c.integers("padding");
    List<Integer> border = new ArrayList<>(List.of(0));
    Arrays.stream(each).forEach(border::add);
    border.add(0);
    PadBy pad = new PadBy(border, border, ShapeCases.mode(mode));
    return spatial(x.apply(OperatorPart.of("pad", pad)));
  }

  private static Tensor transposed(Case c) {
    List<WindowSetting> settings =
        new ArrayList<>(
            List.of(
                Dsl.stride(c.integers("stride", 1)),
                Dsl.padding(c.integers("padding", 0)),
                Dsl.outputPadding(c.integers("output_padding", 0)),
                Dsl.dilation(c.integers("dilation", 1)),
                Dsl.groups(c.integer("groups", 1))));
    if (!c.flag("bias", true)) {
      settings.add(Dsl.noBias());
    }
    SpatialSize kernel = Dsl.size(c.integers("kernel_size"));
    return Drive.channelsFirst(
        c,
        x ->
            spatial(x)
                .convTranspose(
                    c.integer("out_channels", 0), kernel, settings.toArray(WindowSetting[]::new)));
  }

  private static List<WindowSetting> windows(Case c) {
    List<WindowSetting> settings = new ArrayList<>();
    int[] stride = c.integers("stride");
    if (stride.length > 0) {
      settings.add(Dsl.stride(stride));
    }
    settings.add(Dsl.padding(c.integers("padding", 0)));
    if (c.flag("ceil_mode", false)) {
      settings.add(Dsl.ceil());
    }
    return settings;
  }

  private static Tensor maxPool(Case c) {
    List<WindowSetting> settings = windows(c);
    settings.add(Dsl.dilation(c.integers("dilation", 1)));
    SpatialSize window = Dsl.size(c.integers("kernel_size"));
    return Drive.channelsFirst(
        c, x -> spatial(x).maxPool(window, settings.toArray(WindowSetting[]::new)));
  }

  private static Tensor averagePool(Case c) {
    List<WindowSetting> settings = windows(c);
    if (!c.flag("count_include_pad", true)) {
      settings.add(Dsl.withoutPadding());
    }
    SpatialSize window = Dsl.size(c.integers("kernel_size"));
    return Drive.channelsFirst(
        c, x -> spatial(x).averagePool(window, settings.toArray(WindowSetting[]::new)));
  }

  private static Tensor adaptive(Case c, boolean average) {
    int[] to = c.integers("output_size");
    for (int i = 0; i < to.length; i++) {
      to[i] = to[i] < 0 ? c.input(0).shape().size(i + 2) : to[i];
    }
    return Drive.channelsFirst(
        c, x -> average ? spatial(x).adaptiveAveragePool(to) : spatial(x).adaptiveMaxPool(to));
  }
}
