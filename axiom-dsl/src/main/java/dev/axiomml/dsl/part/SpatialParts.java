package dev.axiomml.dsl.part;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import dev.axiomml.dsl.setting.SpatialSize;
import dev.axiomml.dsl.setting.WindowSetting;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Convolutions and pools as parts. */
public final class SpatialParts {
  private static final Set<WindowSetting.Word> CONV =
      EnumSet.of(
          WindowSetting.Word.SAME,
          WindowSetting.Word.STRIDE,
          WindowSetting.Word.PADDING,
          WindowSetting.Word.DILATION,
          WindowSetting.Word.GROUPS,
          WindowSetting.Word.NO_BIAS);
  private static final Set<WindowSetting.Word> MAX_POOL =
      EnumSet.of(
          WindowSetting.Word.SAME,
          WindowSetting.Word.STRIDE,
          WindowSetting.Word.PADDING,
          WindowSetting.Word.DILATION,
          WindowSetting.Word.CEIL);
  private static final Set<WindowSetting.Word> AVERAGE_POOL =
      EnumSet.of(
          WindowSetting.Word.STRIDE,
          WindowSetting.Word.PADDING,
          WindowSetting.Word.CEIL,
          WindowSetting.Word.WITHOUT_PADDING);

  private SpatialParts() {}

  /** A convolution on an input (batch, spatial…, channels). */
  public static OperatorPart conv(
      Shape in, OptionalInt stated, int channels, WindowSettings windows) {
    WindowGeometry geometry = windows.only(CONV).on(in, false);
    int rank = geometry.rank();
    int inputs = stated.orElse(in.size(-1));
    requireGroups(inputs, channels, windows.groups());
    Shape kernel = kernel(geometry, inputs / windows.groups(), channels);
    List<Integer> torch = new ArrayList<>(List.of(rank + 1, rank));
    IntStream.range(0, rank).forEach(torch::add);
    double bound = 1 / Math.sqrt((double) kernel.count() / channels);
    List<WeightDraft> weights = new ArrayList<>();
    weights.add(new WeightDraft("weight", kernel, torch, new WeightDraft.Uniform(bound)));
    boolean biased = windows.find(WindowSetting.Word.NO_BIAS).isEmpty();
    if (biased) {
      weights.add(WeightDraft.of("bias", Shape.of(channels), new WeightDraft.Uniform(bound)));
    }
    return new OperatorPart(
        "conv",
        weights,
        types -> List.of(convolved(types.get(0), geometry, inputs, channels)),
        new Conv(geometry, windows.groups()));
  }

  static Shape kernel(WindowGeometry geometry, int in, int out) {
    return Shape.of(geometry.kernel().stream().mapToLong(Integer::longValue).toArray())
        .concat(Shape.of(in, out));
  }

  private static Type convolved(Type in, WindowGeometry geometry, int inputs, int channels) {
    if (!in.shape().dim(-1).matches(Dim.of(inputs))) {
      throw new ShapeException(
          new Diagnosis(
              "conv for " + inputs + " channels on " + in.shape(),
              "",
              "the input must have as many channels as the layer states",
              "write "
                  + in.shape().dim(-1)
                  + " instead of "
                  + inputs
                  + ", or conv("
                  + channels
                  + ", …), which counts by itself"));
    }
    List<Dim> dims = new ArrayList<>(geometry.windows("conv", in.shape()));
    dims.add(0, in.shape().dim(0));
    dims.add(Dim.of(channels));
    return Type.of(new Shape(dims), in.dtype());
  }

  static void requireGroups(int in, int out, int groups) {
    if (out < 1) {
      throw new IllegalArgumentException("a convolution has at least 1 channel, got " + out);
    }
    if (groups < 1 || in % groups != 0 || out % groups != 0) {
      throw new ShapeException(
          new Diagnosis(
              "conv from " + in + " to " + out + " channels in " + groups + " groups",
              "",
              "the number of groups divides the channels in and out",
              "choose groups that divide both " + in + " and " + out));
    }
  }

  public static OperatorPart maxPool(Shape in, WindowSettings windows) {
    return OperatorPart.of("maxpool", new MaxPool(windows.only(MAX_POOL).on(in, true)));
  }

  public static OperatorPart averagePool(Shape in, WindowSettings windows) {
    WindowGeometry geometry = windows.only(AVERAGE_POOL).on(in, true);
    boolean counted = windows.find(WindowSetting.Word.WITHOUT_PADDING).isEmpty();
    return OperatorPart.of("avgpool", new AveragePool(geometry, counted));
  }

  /** The mean over all positions of each channel. */
  public static OperatorPart globalAverage(Shape in) {
    return OperatorPart.of("avgpool", new ReduceMean(spatial(in), false));
  }

  /** The largest over all positions of each channel. */
  public static OperatorPart globalMax(Shape in) {
    return OperatorPart.of("maxpool", new ReduceMax(spatial(in), false));
  }

  private static List<Integer> spatial(Shape in) {
    return IntStream.range(1, in.rank() - 1).boxed().toList();
  }

  public static OperatorPart adaptive(Shape in, SpatialSize to, boolean average) {
    List<Integer> parts = to.along(in.rank() - 2);
    return average
        ? OperatorPart.of("avgpool", new AdaptiveAveragePool(parts))
        : OperatorPart.of("maxpool", new AdaptiveMaxPool(parts));
  }
}
