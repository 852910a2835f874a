package dev.axiomml.core.op;

import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * A step whose outputs are elements of one operand, at places that whole numbers in another tell.
 *
 * <p>It runs on elements of any type; the gradient of the elements goes back to where they were
 * taken from, added up where one was taken more than once.
 */
public interface SelectionOp extends RunOp {
  /** The operand that elements are taken from. */
  default int data() {
    return 0;
  }

  /** For each element of the output its place in the data, row-major. */
  int[] from(List<RuntimeValue> in);

  @Override
  default List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor data = in.get(data()).tensor();
    List<Type> types = in.stream().map(value -> value.tensor().type()).toList();
    int[] from = from(in);
    return List.of(TensorMemory.gather(data, infer(types).get(0).shape(), from));
  }

  /** The gradient by the data. */
  default double[] gradient(List<RuntimeValue> in, double[] g) {
    double[] dx = new double[in.get(data()).tensor().size()];
    int[] from = from(in);
    for (int i = 0; i < from.length; i++) {
      dx[from[i]] += g[i];
    }
    return dx;
  }

  @Override
  default String whyNoBound() {
    return "which elements it takes depends on an input";
  }
}
