package dev.axiomml.dsl;

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
  public static <F extends RealFlow<F> & Features<F>> Block<F, F> dense(int outputs) {
    String text = "dense(" + outputs + ")";
    return new Block<>(text, x -> Narrow.features(x, text).dense(outputs));
  }

  /** A linear layer that states its input width. */
  public static <F extends RealFlow<F> & Features<F>> Block<F, F> dense(int inputs, int outputs) {
    String text = "dense(" + inputs + ", " + outputs + ")";
    return new Block<>(text, x -> Narrow.features(x, text).dense(inputs, outputs));
  }

  /** A linear layer, then an activation. */
  public static <F extends RealFlow<F> & Features<F>> Block<F, F> dense(
      int outputs, Activation activation) {
    String text = "dense(" + outputs + ", " + activation.name() + ")";
    return new Block<>(text, x -> Narrow.features(x, text).dense(outputs, activation));
  }

  /** A linear layer that states its input width, then an activation. */
  public static <F extends RealFlow<F> & Features<F>> Block<F, F> dense(
      int inputs, int outputs, Activation activation) {
    String text = "dense(" + inputs + ", " + outputs + ", " + activation.name() + ")";
    return new Block<>(text, x -> Narrow.features(x, text).dense(inputs, outputs, activation));
  }

  /** A convolution along as many axes as the flow has. */
  public static <F extends SpatialFlow<F>> Block<F, F> conv(
      int channels, int kernel, Setting... settings) {
    String text = text("conv", channels + ", " + kernel, settings);
    return new Block<>(text, x -> Narrow.spatial(x, text).conv(channels, kernel, settings));
  }

  /** A convolution of sequences that states its channels in and out. */
  public static Block<SequenceFlow, SequenceFlow> conv1d(
      int inputs, int channels, int kernel, Setting... settings) {
    return stated("conv1d", SequenceFlow.class, inputs, convolution(channels, kernel, settings));
  }

  /** A convolution of images that states its channels in and out. */
  public static Block<ImageFlow, ImageFlow> conv2d(
      int inputs, int channels, int kernel, Setting... settings) {
    return stated("conv2d", ImageFlow.class, inputs, convolution(channels, kernel, settings));
  }

  /** A convolution of volumes that states its channels in and out. */
  public static Block<VolumeFlow, VolumeFlow> conv3d(
      int inputs, int channels, int kernel, Setting... settings) {
    return stated("conv3d", VolumeFlow.class, inputs, convolution(channels, kernel, settings));
  }

  private record Convolution(int channels, Windows windows) {}

  private static Convolution convolution(int channels, int kernel, Setting... settings) {
    return new Convolution(channels, new Windows("conv", Size.of(kernel), List.of(settings)));
  }

  private static <F extends SpatialFlow<F>> Block<F, F> stated(
      String word, Class<F> kind, int inputs, Convolution conv) {
    String sizes = inputs + ", " + conv.channels + ", " + conv.windows.kernel().axes().get(0);
    String text = text(word, sizes, conv.windows.settings().toArray(Setting[]::new));
    return new Block<>(
        text,
        x ->
            Narrow.as(kind, x, text)
                .convolved(OptionalInt.of(inputs), conv.channels, conv.windows));
  }

  /** The largest element of each window. */
  public static <F extends SpatialFlow<F>> Block<F, F> maxPool(int window, Setting... settings) {
    String text = text("maxPool", "" + window, settings);
    return new Block<>(text, x -> Narrow.spatial(x, text).maxPool(window, settings));
  }

  /** The mean of each window. */
  public static <F extends SpatialFlow<F>> Block<F, F> averagePool(
      int window, Setting... settings) {
    String text = text("averagePool", "" + window, settings);
    return new Block<>(text, x -> Narrow.spatial(x, text).averagePool(window, settings));
  }

  /** The mean of each channel over all positions. */
  public static <F extends SpatialFlow<F>> Block<F, VectorFlow> globalAveragePool() {
    String text = "globalAveragePool()";
    return new Block<>(text, x -> Narrow.spatial(x, text).globalAveragePool());
  }

  /** The largest of each channel over all positions. */
  public static <F extends SpatialFlow<F>> Block<F, VectorFlow> globalMaxPool() {
    String text = "globalMaxPool()";
    return new Block<>(text, x -> Narrow.spatial(x, text).globalMaxPool());
  }

  /** A transposed convolution along as many axes as the flow has. */
  public static <F extends SpatialFlow<F>> Block<F, F> convTranspose(
      int channels, int kernel, Setting... settings) {
    String text = text("convTranspose", channels + ", " + kernel, settings);
    return new Block<>(
        text, x -> Narrow.spatial(x, text).convTranspose(channels, kernel, settings));
  }

  /** The mean of each of so many parts of the spatial axes. */
  public static <F extends SpatialFlow<F>> Block<F, F> adaptiveAveragePool(int... to) {
    String text = "adaptiveAveragePool" + Size.of(to);
    return new Block<>(text, x -> Narrow.spatial(x, text).adaptiveAveragePool(to));
  }

  /** All elements of a sample in one row. */
  public static <F extends SpatialFlow<F>> Block<F, VectorFlow> flatten() {
    return new Block<>("flatten()", x -> Narrow.spatial(x, "flatten()").flatten());
  }

  /** Batch norm over the last axis. */
  public static <F extends RealFlow<F>> Block<F, F> batchNorm() {
    return real("batchNorm()", RealFlow::batchNorm);
  }

  /** Layer norm over the last axis. */
  public static <F extends RealFlow<F>> Block<F, F> layerNorm() {
    return real("layerNorm()", RealFlow::layerNorm);
  }

  /** RMS norm over the last axis. */
  public static <F extends RealFlow<F>> Block<F, F> rmsNorm() {
    return real("rmsNorm()", RealFlow::rmsNorm);
  }

  /** Group norm. */
  public static <F extends RealFlow<F>> Block<F, F> groupNorm(int groups) {
    return real("groupNorm(" + groups + ")", x -> x.groupNorm(groups));
  }

  /** Instance norm without weights. */
  public static <F extends SpatialFlow<F>> Block<F, F> instanceNorm() {
    return new Block<>("instanceNorm()", x -> Narrow.spatial(x, "instanceNorm()").instanceNorm());
  }

  /** Drops that share of the elements in training. */
  public static <F extends RealFlow<F>> Block<F, F> dropout(double rate) {
    return real("dropout(" + rate + ")", x -> x.dropout(rate));
  }

  /** Softmax over the last axis. */
  public static <F extends RealFlow<F>> Block<F, F> softmax() {
    return real("softmax()", RealFlow::softmax);
  }

  /** Logarithm of softmax over the last axis. */
  public static <F extends RealFlow<F>> Block<F, F> logSoftmax() {
    return real("logSoftmax()", RealFlow::logSoftmax);
  }

  /** Multi-head attention of the steps to each other. */
  public static Block<SequenceFlow, SequenceFlow> selfAttention(int heads) {
    String text = "selfAttention(" + heads + ")";
    return new Block<>(text, x -> Narrow.as(SequenceFlow.class, x, text).selfAttention(heads));
  }

  /** A transformer layer. */
  public static Block<SequenceFlow, SequenceFlow> transformerEncoder(int heads, int hidden) {
    String text = "transformerEncoder(" + heads + ", " + hidden + ")";
    return new Block<>(
        text, x -> Narrow.as(SequenceFlow.class, x, text).transformerEncoder(heads, hidden));
  }

  /** One layer of long short-term memory. */
  public static Block<SequenceFlow, SequenceFlow> lstm(int hidden) {
    return recurrent("lstm(" + hidden + ")", Recurrence.lstm(hidden));
  }

  /** One layer of gated recurrent units. */
  public static Block<SequenceFlow, SequenceFlow> gru(int hidden) {
    return recurrent("gru(" + hidden + ")", Recurrence.gru(hidden));
  }

  private static Block<SequenceFlow, SequenceFlow> recurrent(String text, Recurrence settings) {
    return new Block<>(text, x -> Narrow.as(SequenceFlow.class, x, text).recurrent(settings));
  }

  /** The last step of a sequence. */
  public static Block<SequenceFlow, VectorFlow> last() {
    return new Block<>("last()", x -> Narrow.as(SequenceFlow.class, x, "last()").last());
  }

  /** A learned vector for each token number. */
  public static Block<TokenFlow, SequenceFlow> embedding(int vocabulary, int features) {
    String text = "embedding(" + vocabulary + ", " + features + ")";
    return new Block<>(
        text, x -> Narrow.as(TokenFlow.class, x, text).embedding(vocabulary, features));
  }

  private static String text(String word, String first, Setting... settings) {
    StringBuilder text = new StringBuilder(word + "(" + first);
    Arrays.stream(settings).forEach(setting -> text.append(", ").append(setting));
    return text + ")";
  }
}
