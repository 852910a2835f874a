package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.SequenceFlow;
import dev.axiomml.dsl.VectorFlow;
import java.util.List;

/**
 * Vision transformer as torchvision has it: patches as steps behind a class token, learned
 * positions, layers with norms first. Dosovitskiy et al. 2020, section 3.1.
 *
 * @param patch pixels a side
 * @param layers of the encoder
 * @param heads of each layer
 * @param widths of the steps and of the middle of each layer
 */
record VisionTransformer(int patch, int layers, int heads, List<Integer> widths) {
  private static final double EPSILON = 1e-6;

  /** 12 layers of width 768. */
  static ZooNetwork base(String name, int patch) {
    return new VisionTransformer(patch, 12, 12, List.of(768, 3072)).network(name);
  }

  /** 24 layers of width 1024. */
  static ZooNetwork large(String name, int patch) {
    return new VisionTransformer(patch, 24, 16, List.of(1024, 4096)).network(name);
  }

  ZooNetwork network(String name) {
    return new ZooNetwork(name, new ZooNetwork.Parts(this::patches, this::head))
        .knownBy("encoder.layers.encoder_layer_%d.ln_1.weight".formatted(layers - 1));
  }

  private int width() {
    return widths.get(0);
  }

  private ImageFlow patches(ImageFlow image) {
    return image.conv(width(), patch, stride(patch)).named("conv_proj");
  }

  private VectorFlow head(ImageFlow patches, int classes) {
    SequenceFlow steps = patches.asSequence().classToken();
    return steps.scope("encoder", this::encoder).first().dense(classes).named("heads.head");
  }

  private SequenceFlow encoder(SequenceFlow start) {
    SequenceFlow x = start.learnedPositions();
    for (int i = 0; i < layers; i++) {
      x = x.scope("layers.encoder_layer_" + i, this::layer);
    }
    return norm(x, "ln");
  }

  private SequenceFlow layer(SequenceFlow x) {
    SequenceFlow seen = norm(x, "ln_1").selfAttention(heads).named("self_attention").plus(x);
    SequenceFlow middle = norm(seen, "ln_2").dense(widths.get(1)).named("mlp.0").gelu();
    return middle.dense(width()).named("mlp.3").plus(seen);
  }

  private static SequenceFlow norm(SequenceFlow x, String name) {
    return x.layerNorm(1, EPSILON).named(name);
  }
}
