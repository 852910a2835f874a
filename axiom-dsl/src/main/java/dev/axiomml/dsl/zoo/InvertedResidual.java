package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.Activation;
import dev.axiomml.dsl.ImageFlow;

/**
 * An inverted residual with squeeze and excitation, as MobileNetV3 and EfficientNet share it: wider
 * by a 1×1 convolution, a depthwise one, channels weighed by what the whole image holds, narrower.
 *
 * @param sizes its numbers
 * @param style its norms and activations
 */
record InvertedResidual(Sizes sizes, Style style) {
  /**
   * Numbers of a block.
   *
   * @param kernel of the depthwise convolution
   * @param expanded channels in the middle
   * @param squeezed channels of the excitation, 0 for none
   * @param channels at the end
   * @param step the depthwise convolution's stride
   */
  record Sizes(int kernel, int expanded, int squeezed, int channels, int step) {}

  /**
   * What a network's blocks have in common.
   *
   * @param epsilon of batch norms
   * @param activation after each norm but the last
   * @param squeeze within the excitation
   * @param gate after the excitation, into [0, 1]
   */
  record Style(double epsilon, Activation activation, Activation squeeze, Activation gate) {
    /** A convolution under {@code name.0}, its norm under {@code name.1}, no activation. */
    ImageFlow normed(ImageFlow conv, String name) {
      return conv.named(name + ".0").batchNorm(epsilon).named(name + ".1");
    }

    /** A convolution, its norm and the activation. */
    ImageFlow active(ImageFlow conv, String name) {
      return normed(conv, name).activation(activation);
    }

    /** A weight for each channel; Hu et al. 2017, section 3. */
    ImageFlow excitation(ImageFlow x, int channels) {
      int all = x.shape().size(-1);
      ImageFlow squeezed = x.adaptiveAveragePool(1).conv(channels, 1).named("fc1");
      ImageFlow weights = squeezed.activation(squeeze).conv(all, 1).named("fc2");
      return weights.activation(gate);
    }
  }

  /** The block after an image of any number of channels. */
  ImageFlow on(ImageFlow x) {
    int inputs = x.shape().size(-1);
    int number = 0;
    ImageFlow y = x;
    if (sizes.expanded != inputs) {
      y = style.active(y.conv(sizes.expanded, 1, noBias()), "" + number++);
    }
    int margin = sizes.kernel / 2;
    ImageFlow deep = y.depthwise(sizes.kernel, stride(sizes.step), padding(margin), noBias());
    y = style.active(deep, "" + number++);
    if (sizes.squeezed > 0) {
      y = y.times(y.scope("" + number++, z -> style.excitation(z, sizes.squeezed)));
    }
    y = style.normed(y.conv(sizes.channels, 1, noBias()), "" + number);
    return sizes.step == 1 && inputs == sizes.channels ? y.plus(x) : y;
  }

  /** A width as a multiple of 8, never under nine tenths of it; Sandler et al. 2018's rule. */
  static int eighths(double width) {
    int near = Math.max(8, (int) (width + 4) / 8 * 8);
    return near < 0.9 * width ? near + 8 : near;
  }
}
