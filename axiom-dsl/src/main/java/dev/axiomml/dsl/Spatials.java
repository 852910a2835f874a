package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.AdaptiveAveragePool;
import dev.axiomml.core.op.AdaptiveMaxPool;
import dev.axiomml.core.op.AveragePool;
import dev.axiomml.core.op.Conv;
import dev.axiomml.core.op.Geometry;
import dev.axiomml.core.op.MaxPool;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReduceMax;
import dev.axiomml.core.op.ReduceMean;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Convolutions and pools as parts. */
final class Spatials {
  private static final Set<Setting.Word> CONV =
      EnumSet.of(
          Setting.Word.SAME,
          Setting.Word.STRIDE,
          Setting.Word.PADDING,
          Setting.Word.DILATION,
          Setting.Word.GROUPS,
          Setting.Word.NO_BIAS);
  private static final Set<Setting.Word> MAX_POOL =
      EnumSet.of(
          Setting.Word.SAME,
          Setting.Word.STRIDE,
          Setting.Word.PADDING,
          Setting.Word.DILATION,
          Setting.Word.CEIL);
  private static final Set<Setting.Word> AVERAGE_POOL =
      EnumSet.of(
          Setting.Word.STRIDE,
          Setting.Word.PADDING,
          Setting.Word.CEIL,
          Setting.Word.WITHOUT_PADDING);

  private Spatials() {}

  /** A convolution on an input (batch, spatial…, channels). */
  static Part conv(Shape in, OptionalInt stated, int channels, Windows windows) {
    Geometry geometry = windows.only(CONV).on(in, false);
    int rank = geometry.rank();
    int inputs = stated.orElse(in.size(-1));
    requireGroups(inputs, channels, windows.groups());
    Shape kernel = kernel(geometry, inputs / windows.groups(), channels);
    List<Integer> torch = new ArrayList<>(List.of(rank + 1, rank));
    IntStream.range(0, rank).forEach(torch::add);
    double bound = 1 / Math.sqrt((double) kernel.count() / channels);
    List<Weight> weights = new ArrayList<>();
    weights.add(new Weight("weight", kernel, torch, new Weight.Uniform(bound)));
    boolean biased = windows.find(Setting.Word.NO_BIAS).isEmpty();
    if (biased) {
      weights.add(Weight.of("bias", Shape.of(channels), new Weight.Uniform(bound)));
    }
    return new Part(
        "conv",
        weights,
        types -> List.of(convolved(types.get(0), geometry, inputs, channels)),
        w -> new Conv(w.get(0), second(w), geometry, windows.groups()));
  }

  static Shape kernel(Geometry geometry, int in, int out) {
    return Shape.of(geometry.kernel().stream().mapToLong(Integer::longValue).toArray())
        .concat(Shape.of(in, out));
  }

  static Optional<Parameter> second(List<Parameter> weights) {
    return weights.size() > 1 ? Optional.of(weights.get(1)) : Optional.empty();
  }

  private static Type convolved(Type in, Geometry geometry, int inputs, int channels) {
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

  static Part maxPool(Shape in, Windows windows) {
    return Part.of("maxpool", new MaxPool(windows.only(MAX_POOL).on(in, true)));
  }

  static Part averagePool(Shape in, Windows windows) {
    Geometry geometry = windows.only(AVERAGE_POOL).on(in, true);
    boolean counted = windows.find(Setting.Word.WITHOUT_PADDING).isEmpty();
    return Part.of("avgpool", new AveragePool(geometry, counted));
  }

  /** The mean over all positions of each channel. */
  static Part globalAverage(Shape in) {
    return Part.of("avgpool", new ReduceMean(spatial(in), false));
  }

  /** The largest over all positions of each channel. */
  static Part globalMax(Shape in) {
    return Part.of("maxpool", new ReduceMax(spatial(in), false));
  }

  private static List<Integer> spatial(Shape in) {
    return IntStream.range(1, in.rank() - 1).boxed().toList();
  }

  static Part adaptive(Shape in, Size to, boolean average) {
    List<Integer> parts = to.along(in.rank() - 2);
    return average
        ? Part.of("avgpool", new AdaptiveAveragePool(parts))
        : Part.of("maxpool", new AdaptiveMaxPool(parts));
  }
}
