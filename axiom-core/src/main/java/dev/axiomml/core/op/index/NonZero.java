package dev.axiomml.core.op.index;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the elements are that are not zero, one column each, in row-major order.
 *
 * <p>Shape: any of rank r to (r, count), int64.
 *
 * @param count the name of the size, which only the elements tell
 */
public record NonZero(String count) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return List.of(
        Type.of(Shape.of(Dim.of(in.get(0).shape().rank()), Dim.symbol(count)), DType.INT64));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor x = in.get(0).tensor();
    int[] strides = x.shape().strides();
    int[] sizes = x.shape().sizes();
    int[] found = IntStream.range(0, x.size()).filter(i -> x.doubleAt(i) != 0).toArray();
    long[] y = new long[strides.length * found.length];
    for (int axis = 0; axis < strides.length; axis++) {
      for (int i = 0; i < found.length; i++) {
        y[axis * found.length + i] = found[i] / strides[axis] % sizes[axis];
      }
    }
    return List.of(Tensor.ofLongs(Shape.of(strides.length, found.length), y));
  }

  @Override
  public String whyNoBound() {
    return "how many places it finds depends on its input";
  }
}
