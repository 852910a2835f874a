package dev.axiomml.dsl;

import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.function.Function;

/** Normalisations as parts, with PyTorch's names and first values. */
final class Norms {
  private Norms() {}

  static Function<Type, Part> batch(double epsilon) {
    return in -> {
      int c = in.shape().size(-1);
      List<Weight> weights =
          List.of(
              Weight.channels("weight", c, 1),
              Weight.channels("bias", c, 0),
              Weight.channels("running_mean", c, 0),
              Weight.channels("running_var", c, 1));
      return Part.keeping(
          "batchnorm", weights, w -> new BatchNorm(w.subList(2, 4), w.subList(0, 2), epsilon));
    };
  }
}
