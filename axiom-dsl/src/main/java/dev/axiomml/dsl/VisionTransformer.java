package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.tensor.Shape;
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
    SequenceFlow steps = withToken(patches.asSequence());
    return steps.scope("encoder", this::encoder).first().dense(classes).named("heads.head");
  }

  /** The class token starts as a step of zeros, made of none of the others. */
  private SequenceFlow withToken(SequenceFlow x) {
    LayerPosition zeros =
        x.spot()
            .op("slice", Slice.of(1, 0, 0))
            .op("pad", new Pad(List.of(0, 1, 0), List.of(0, 0, 0), 0));
    WeightDraft token =
        WeightDraft.of("^class_token", Shape.of(1, 1, width()), new WeightDraft.Constant(0));
    LayerPosition first = zeros.add("token", in -> offset(token));
    return x.at(first.op("concat", new Concat(1), x.spot()));
  }

  private static OperatorPart offset(WeightDraft weight) {
    return OperatorPart.keeping("offset", List.of(weight), new Add());
  }

  private SequenceFlow encoder(SequenceFlow start) {
    Shape places = Shape.of(1, start.shape().size(0), width());
    WeightDraft positions = WeightDraft.of("^pos_embedding", places, new WeightDraft.Normal(0.02));
    SequenceFlow x = start.apply("positions", in -> offset(positions));
    for (int i = 0; i < layers; i++) {
      x = x.scope("layers.encoder_layer_" + i, this::layer);
    }
    return norm(x, "ln");
  }

  private SequenceFlow layer(SequenceFlow x) {
    MultiheadAttention attention = MultiheadAttention.of(heads, false);
    SequenceFlow seen = norm(x, "ln_1").attended(attention::self).named("self_attention").plus(x);
    SequenceFlow middle = norm(seen, "ln_2").dense(widths.get(1)).named("mlp.0").gelu();
    return middle.dense(width()).named("mlp.3").plus(seen);
  }

  private static SequenceFlow norm(SequenceFlow x, String name) {
    return x.apply("layernorm", NormParts.layer(1, EPSILON, NormParts.Learned.BOTH)).named(name);
  }
}
