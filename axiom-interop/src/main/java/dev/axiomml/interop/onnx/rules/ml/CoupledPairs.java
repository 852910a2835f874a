package dev.axiomml.interop.onnx.rules.ml;

import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Probabilities of classes from those of each two of them, as {@link PairCoupling} says.
 *
 * <p>Shape: (rows, pairs) to (rows, classes), pairs in the order of their first and then their
 * second class.
 *
 * @param classes how many
 */
record CoupledPairs(int classes) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(Type.float32(Shape.of(in.get(0).shape().dim(0), Dim.of(classes))));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor pairs = in.get(0).tensor();
    int count = pairs.shape().size(0);
    float[] y = new float[Shape.of(count, classes).count()];
    for (int i = 0; i < count; i++) {
      float[] row = PairCoupling.of(classes, pairs.slice(i, i + 1).toFloats());
      System.arraycopy(row, 0, y, i * classes, classes);
    }
    return List.of(Tensor.of(Shape.of(count, classes), y));
  }

  @Override
  public String title() {
    return "coupled pairs";
  }

  @Override
  public String whyNoBound() {
    return "it goes in rounds until the probabilities are close";
  }
}
