package dev.axiomml.dsl;

import dev.axiomml.dsl.part.MoveParts;
import dev.axiomml.dsl.part.NormParts;
import dev.axiomml.dsl.part.SpatialParts;
import dev.axiomml.dsl.part.TransposedParts;
import dev.axiomml.dsl.part.WindowSettings;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.setting.SpatialSize;
import dev.axiomml.dsl.setting.WindowSetting;
import java.util.List;
import java.util.OptionalInt;

/**
 * A flow with one, two or three spatial axes and channels last: sequences, images, volumes.
 *
 * <p>Kernels, strides and paddings of one number hold for every spatial axis; {@link Dsl#size}
 * gives each its own.
 *
 * @param <F> the kind of flow
 */
public abstract sealed class SpatialFlow<F extends SpatialFlow<F>> extends RealFlow<F>
    permits ImageFlow, SequenceFlow, VolumeFlow {
  SpatialFlow(LayerPosition spot) {
    super(spot);
  }

  /**
   * A convolution with bias.
   *
   * @param channels how many come out
   * @param kernel size along every axis
   * @param settings {@code same()}, {@code padding(1)}, {@code stride(2)}, {@code dilation(2)},
   *     {@code groups(4)}, {@code noBias()}
   * @throws dev.axiomml.core.error.ShapeException when the kernel does not fit
   */
  public final F conv(int channels, int kernel, WindowSetting... settings) {
    return conv(channels, SpatialSize.of(kernel), settings);
  }

  /** A convolution with a kernel size for each axis. */
  public final F conv(int channels, SpatialSize kernel, WindowSetting... settings) {
    return convolved(
        OptionalInt.empty(), channels, new WindowSettings("conv", kernel, List.of(settings)));
  }

  final F convolved(OptionalInt stated, int channels, WindowSettings windows) {
    return apply("conv", in -> SpatialParts.conv(in.shape(), stated, channels, windows));
  }

  /** Each channel convolved by itself: as many groups as channels. */
  public final F depthwise(int kernel, WindowSetting... settings) {
    int channels = type().shape().size(-1);
    List<WindowSetting> all = new java.util.ArrayList<>(List.of(settings));
    all.add(new WindowSetting(WindowSetting.Word.GROUPS, List.of(channels)));
    return convolved(
        OptionalInt.empty(),
        channels,
        new WindowSettings("depthwise", SpatialSize.of(kernel), all));
  }

  /** A transposed convolution with bias: makes windows out of positions, so sizes grow. */
  public final F convTranspose(int channels, int kernel, WindowSetting... settings) {
    return convTranspose(channels, SpatialSize.of(kernel), settings);
  }

  /** A transposed convolution with a kernel size for each axis. */
  public final F convTranspose(int channels, SpatialSize kernel, WindowSetting... settings) {
    WindowSettings windows = new WindowSettings("convTranspose", kernel, List.of(settings));
    return apply("convtranspose", in -> TransposedParts.conv(in.shape(), channels, windows));
  }

  /**
   * The largest element of each window; the stride is the window unless {@code stride(n)} says
   * otherwise.
   */
  public final F maxPool(int window, WindowSetting... settings) {
    return maxPool(SpatialSize.of(window), settings);
  }

  /** The largest element of each window, with a size for each axis. */
  public final F maxPool(SpatialSize window, WindowSetting... settings) {
    WindowSettings windows = new WindowSettings("maxPool", window, List.of(settings));
    return apply("maxpool", in -> SpatialParts.maxPool(in.shape(), windows));
  }

  /** The mean of each window; padding counts as zeros unless {@code withoutPadding()} is given. */
  public final F averagePool(int window, WindowSetting... settings) {
    return averagePool(SpatialSize.of(window), settings);
  }

  /** The mean of each window, with a size for each axis. */
  public final F averagePool(SpatialSize window, WindowSetting... settings) {
    WindowSettings windows = new WindowSettings("averagePool", window, List.of(settings));
    return apply("avgpool", in -> SpatialParts.averagePool(in.shape(), windows));
  }

  /** The mean of each of so many parts of the spatial axes. */
  public final F adaptiveAveragePool(int... to) {
    return apply("avgpool", in -> SpatialParts.adaptive(in.shape(), SpatialSize.of(to), true));
  }

  /** The largest of each of so many parts of the spatial axes. */
  public final F adaptiveMaxPool(int... to) {
    return apply("maxpool", in -> SpatialParts.adaptive(in.shape(), SpatialSize.of(to), false));
  }

  /** The largest of each channel over all positions. */
  public final VectorFlow globalMaxPool() {
    return new VectorFlow(spot().add("maxpool", in -> SpatialParts.globalMax(in.shape())));
  }

  /** Instance norm: each channel of each sample normalised over its positions, no weights. */
  public final F instanceNorm() {
    return apply("instancenorm", NormParts.instance(NormParts.EPSILON, NormParts.Learned.NONE));
  }

  /** Spatial axes so many times as long, each position copied. */
  public final F upsample(int factor) {
    return apply("upsample", in -> MoveParts.enlarged(in.shape(), factor, false));
  }

  /** Spatial axes so many times as long, blended linearly (corners not aligned). */
  public final F upsampleLinear(int factor) {
    return apply("upsample", in -> MoveParts.enlarged(in.shape(), factor, true));
  }

  /** Channels in so many groups, dealt out in turn (ShuffleNet). */
  public final F channelShuffle(int groups) {
    return at(MoveParts.shuffled(spot(), groups));
  }

  /** Zeros around: so many before and after each spatial axis, or {@code before, after} an axis. */
  public final F pad(int... each) {
    return apply("pad", in -> MoveParts.pad(in.shape(), each));
  }

  /** The mean of each channel over all positions. */
  public final VectorFlow globalAveragePool() {
    return new VectorFlow(spot().add("avgpool", in -> SpatialParts.globalAverage(in.shape())));
  }

  /** All elements in one row: height, width, channels in this order. */
  public final VectorFlow flatten() {
    return new VectorFlow(spot().add("flatten", MoveParts::flatten));
  }
}
