package dev.axiomml.dsl;

import dev.axiomml.dsl.part.WindowSettings;
import dev.axiomml.dsl.setting.RecurrentSettings;
import dev.axiomml.dsl.setting.SpatialSize;
import dev.axiomml.dsl.setting.WindowSetting;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Layers as objects, with the arguments of PyTorch's modules; {@code Dsl} has them all.
 *
 * <pre>{@code
 * Sequential head = Sequential.of(flatten(), dense(3136, 128, RELU), dense(128, 10), softmax());
 * }</pre>
 */
public class Layers extends ActivationLayers {
  /** For {@code Dsl}. */
  protected Layers() {}

  /** A linear layer; the input width is inferred. */
  public static <F extends RealFlow<F> & FeatureFlow<F>> LayerBlock<F, F> dense(int outputs) {
    String text = "dense(" + outputs + ")";
    return new LayerBlock<>(text, x -> FlowNarrowing.features(x, text).dense(outputs));
  }

  /** A linear layer that states its input width. */
  public static <F extends RealFlow<F> & FeatureFlow<F>> LayerBlock<F, F> dense(
      int inputs, int outputs) {
    String text = "dense(" + inputs + ", " + outputs + ")";
    return new LayerBlock<>(text, x -> FlowNarrowing.features(x, text).dense(inputs, outputs));
  }

  /** A linear layer, then an activation. */
  public static <F extends RealFlow<F> & FeatureFlow<F>> LayerBlock<F, F> dense(
      int outputs, Activation activation) {
    String text = "dense(" + outputs + ", " + activation.name() + ")";
    return new LayerBlock<>(text, x -> FlowNarrowing.features(x, text).dense(outputs, activation));
  }

  /** A linear layer that states its input width, then an activation. */
  public static <F extends RealFlow<F> & FeatureFlow<F>> LayerBlock<F, F> dense(
      int inputs, int outputs, Activation activation) {
    String text = "dense(" + inputs + ", " + outputs + ", " + activation.name() + ")";
    return new LayerBlock<>(
        text, x -> FlowNarrowing.features(x, text).dense(inputs, outputs, activation));
  }

  /** A convolution along as many axes as the flow has. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, F> conv(
      int channels, int kernel, WindowSetting... settings) {
    String text = text("conv", channels + ", " + kernel, settings);
    return new LayerBlock<>(
        text, x -> FlowNarrowing.spatial(x, text).conv(channels, kernel, settings));
  }

  /** A convolution of sequences that states its channels in and out. */
  public static LayerBlock<SequenceFlow, SequenceFlow> conv1d(
      int inputs, int channels, int kernel, WindowSetting... settings) {
    return stated("conv1d", SequenceFlow.class, inputs, convolution(channels, kernel, settings));
  }

  /** A convolution of images that states its channels in and out. */
  public static LayerBlock<ImageFlow, ImageFlow> conv2d(
      int inputs, int channels, int kernel, WindowSetting... settings) {
    return stated("conv2d", ImageFlow.class, inputs, convolution(channels, kernel, settings));
  }

  /** A convolution of volumes that states its channels in and out. */
  public static LayerBlock<VolumeFlow, VolumeFlow> conv3d(
      int inputs, int channels, int kernel, WindowSetting... settings) {
    return stated("conv3d", VolumeFlow.class, inputs, convolution(channels, kernel, settings));
  }

  private record Convolution(int channels, WindowSettings windows) {}

  private static Convolution convolution(int channels, int kernel, WindowSetting... settings) {
    return new Convolution(
        channels, new WindowSettings("conv", SpatialSize.of(kernel), List.of(settings)));
  }

  private static <F extends SpatialFlow<F>> LayerBlock<F, F> stated(
      String word, Class<F> kind, int inputs, Convolution conv) {
    String sizes = inputs + ", " + conv.channels + ", " + conv.windows.kernel().axes().get(0);
    String text = text(word, sizes, conv.windows.settings().toArray(WindowSetting[]::new));
    return new LayerBlock<>(
        text,
        x ->
            FlowNarrowing.as(kind, x, text)
                .convolved(OptionalInt.of(inputs), conv.channels, conv.windows));
  }

  /** The largest element of each window. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, F> maxPool(
      int window, WindowSetting... settings) {
    String text = text("maxPool", "" + window, settings);
    return new LayerBlock<>(text, x -> FlowNarrowing.spatial(x, text).maxPool(window, settings));
  }

  /** The mean of each window. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, F> averagePool(
      int window, WindowSetting... settings) {
    String text = text("averagePool", "" + window, settings);
    return new LayerBlock<>(
        text, x -> FlowNarrowing.spatial(x, text).averagePool(window, settings));
  }

  /** The mean of each channel over all positions. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, VectorFlow> globalAveragePool() {
    String text = "globalAveragePool()";
    return new LayerBlock<>(text, x -> FlowNarrowing.spatial(x, text).globalAveragePool());
  }

  /** The largest of each channel over all positions. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, VectorFlow> globalMaxPool() {
    String text = "globalMaxPool()";
    return new LayerBlock<>(text, x -> FlowNarrowing.spatial(x, text).globalMaxPool());
  }

  /** A transposed convolution along as many axes as the flow has. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, F> convTranspose(
      int channels, int kernel, WindowSetting... settings) {
    String text = text("convTranspose", channels + ", " + kernel, settings);
    return new LayerBlock<>(
        text, x -> FlowNarrowing.spatial(x, text).convTranspose(channels, kernel, settings));
  }

  /** The mean of each of so many parts of the spatial axes. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, F> adaptiveAveragePool(int... to) {
    String text = "adaptiveAveragePool" + SpatialSize.of(to);
    return new LayerBlock<>(text, x -> FlowNarrowing.spatial(x, text).adaptiveAveragePool(to));
  }

  /** All elements of a sample in one row. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, VectorFlow> flatten() {
    return new LayerBlock<>("flatten()", x -> FlowNarrowing.spatial(x, "flatten()").flatten());
  }

  /** Batch norm over the last axis. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> batchNorm() {
    return real("batchNorm()", RealFlow::batchNorm);
  }

  /** Layer norm over the last axis. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> layerNorm() {
    return real("layerNorm()", RealFlow::layerNorm);
  }

  /** RMS norm over the last axis. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> rmsNorm() {
    return real("rmsNorm()", RealFlow::rmsNorm);
  }

  /** Group norm. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> groupNorm(int groups) {
    return real("groupNorm(" + groups + ")", x -> x.groupNorm(groups));
  }

  /** Instance norm without weights. */
  public static <F extends SpatialFlow<F>> LayerBlock<F, F> instanceNorm() {
    return new LayerBlock<>(
        "instanceNorm()", x -> FlowNarrowing.spatial(x, "instanceNorm()").instanceNorm());
  }

  /** Drops that share of the elements in training. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> dropout(double rate) {
    return real("dropout(" + rate + ")", x -> x.dropout(rate));
  }

  /** Softmax over the last axis. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> softmax() {
    return real("softmax()", RealFlow::softmax);
  }

  /** Logarithm of softmax over the last axis. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> logSoftmax() {
    return real("logSoftmax()", RealFlow::logSoftmax);
  }

  /** Multi-head attention of the steps to each other. */
  public static LayerBlock<SequenceFlow, SequenceFlow> selfAttention(int heads) {
    String text = "selfAttention(" + heads + ")";
    return new LayerBlock<>(
        text, x -> FlowNarrowing.as(SequenceFlow.class, x, text).selfAttention(heads));
  }

  /** A transformer layer. */
  public static LayerBlock<SequenceFlow, SequenceFlow> transformerEncoder(int heads, int hidden) {
    String text = "transformerEncoder(" + heads + ", " + hidden + ")";
    return new LayerBlock<>(
        text, x -> FlowNarrowing.as(SequenceFlow.class, x, text).transformerEncoder(heads, hidden));
  }

  /** One layer of long short-term memory. */
  public static LayerBlock<SequenceFlow, SequenceFlow> lstm(int hidden) {
    return recurrent("lstm(" + hidden + ")", RecurrentSettings.lstm(hidden));
  }

  /** One layer of gated recurrent units. */
  public static LayerBlock<SequenceFlow, SequenceFlow> gru(int hidden) {
    return recurrent("gru(" + hidden + ")", RecurrentSettings.gru(hidden));
  }

  private static LayerBlock<SequenceFlow, SequenceFlow> recurrent(
      String text, RecurrentSettings settings) {
    return new LayerBlock<>(
        text, x -> FlowNarrowing.as(SequenceFlow.class, x, text).recurrent(settings));
  }

  /** The last step of a sequence. */
  public static LayerBlock<SequenceFlow, VectorFlow> last() {
    return new LayerBlock<>(
        "last()", x -> FlowNarrowing.as(SequenceFlow.class, x, "last()").last());
  }

  /** A learned vector for each token number. */
  public static LayerBlock<TokenFlow, SequenceFlow> embedding(int vocabulary, int features) {
    String text = "embedding(" + vocabulary + ", " + features + ")";
    return new LayerBlock<>(
        text, x -> FlowNarrowing.as(TokenFlow.class, x, text).embedding(vocabulary, features));
  }

  private static String text(String word, String first, WindowSetting... settings) {
    StringBuilder text = new StringBuilder(word + "(" + first);
    Arrays.stream(settings).forEach(setting -> text.append(", ").append(setting));
    return text + ")";
  }
}
