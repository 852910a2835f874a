package dev.axiomml.dsl.part;

import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import java.util.List;

/** Weights that stand beside the layers of networks for images, with torchvision's names. */
public final class VisionParts {
  private VisionParts() {}

  /** Steps behind a class token, which starts as a step of zeros, made of none of the others. */
  public static LayerPosition behindToken(LayerPosition x) {
    LayerPosition zeros =
        x.op("slice", Slice.of(1, 0, 0)).op("pad", new Pad(List.of(0, 1, 0), List.of(0, 0, 0), 0));
    Shape shape = Shape.of(1, 1, x.type().shape().size(-1));
    WeightDraft token = WeightDraft.of("^class_token", shape, new WeightDraft.Constant(0));
    LayerPosition first = zeros.add("token", in -> offset(token));
    return first.op("concat", new Concat(1), x);
  }

  /** A number for each feature of each step. */
  public static OperatorPart positions(Type in) {
    Shape places = Shape.of(1, in.shape().size(1), in.shape().size(2));
    return offset(WeightDraft.of("^pos_embedding", places, new WeightDraft.Normal(0.02)));
  }

  private static OperatorPart offset(WeightDraft weight) {
    return OperatorPart.keeping("offset", List.of(weight), new Add());
  }

  /** A factor a channel, which PyTorch holds and applies with channels first. */
  public static LayerPosition scaled(LayerPosition x, double start) {
    Shape shape = Shape.of(x.type().shape().size(-1), 1, 1);
    WeightDraft factor =
        WeightDraft.of("^layer_scale", shape, new WeightDraft.Constant((float) start));
    LayerPosition scaled =
        x.op("permute", Permute.of(0, 3, 1, 2))
            .add("scale", in -> OperatorPart.keeping("scale", List.of(factor), new Mul()));
    return scaled.op("permute", Permute.of(0, 2, 3, 1));
  }
}
