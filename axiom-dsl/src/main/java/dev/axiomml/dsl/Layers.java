package dev.axiomml.dsl;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Layers as objects, with the arguments of PyTorch's modules; {@code Dsl} has them all.
 *
 * <pre>{@code
 * Sequential head = Sequential.of(flatten(), dense(3136, 128, RELU), dense(128, 10), softmax());
 * }</pre>
 */
public class Layers extends Settings {
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

  /** All elements of a sample in one row. */
  public static <F extends SpatialFlow<F>> Block<F, VectorFlow> flatten() {
    return new Block<>("flatten()", x -> Narrow.spatial(x, "flatten()").flatten());
  }

  /** Batch norm over the last axis. */
  public static <F extends RealFlow<F>> Block<F, F> batchNorm() {
    return real("batchNorm()", RealFlow::batchNorm);
  }

  /** Drops that share of the elements in training. */
  public static <F extends RealFlow<F>> Block<F, F> dropout(double rate) {
    return real("dropout(" + rate + ")", x -> x.dropout(rate));
  }

  /** Any activation as a layer. */
  public static <F extends RealFlow<F>> Block<F, F> activation(Activation activation) {
    return real(activation.name() + "()", x -> x.activation(activation));
  }

  /** Rectifier. */
  public static <F extends RealFlow<F>> Block<F, F> relu() {
    return activation(RELU);
  }

  /** Logistic function. */
  public static <F extends RealFlow<F>> Block<F, F> sigmoid() {
    return activation(SIGMOID);
  }

  /** Softmax over the last axis. */
  public static <F extends RealFlow<F>> Block<F, F> softmax() {
    return real("softmax()", RealFlow::softmax);
  }

  /** A layer whose uses all have the same weights, under a name. */
  public static <A extends Flow<?>, B extends Flow<?>> Block<A, B> shared(
      String name, Block<A, B> layer) {
    return layer.shared(name);
  }

  static <F extends RealFlow<F>> Block<F, F> real(
      String text, Function<RealFlow<?>, Flow<?>> rule) {
    return new Block<>(text, x -> rule.apply(Narrow.real(x, text)));
  }

  private static String text(String word, String first, Setting... settings) {
    StringBuilder text = new StringBuilder(word + "(" + first);
    Arrays.stream(settings).forEach(setting -> text.append(", ").append(setting));
    return text + ")";
  }
}
