package dev.axiomml.core.op.index;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * A new axis with one value at a stated position and another elsewhere.
 *
 * <p>Shape: integers (…), a depth, and two values (off, on), to (…) with the new axis; positions
 * outside give no on value, negative ones count from the end.
 *
 * @param axis where the new axis comes; negative counts from the end of the output
 * @param depth the name of the new size, which only the second input tells
 */
public record OneHot(int axis, String depth) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 3);
    return List.of(Type.of(out(in.get(0).shape(), Dim.symbol(depth)), in.get(2).dtype()));
  }

  private Shape out(Shape in, Dim size) {
    List<Dim> dims = new ArrayList<>(in.dims());
    dims.add(axis < 0 ? axis + in.rank() + 1 : axis, size);
    return new Shape(dims);
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor at = in.get(0).tensor();
    int size = Math.toIntExact(in.get(1).tensor().longAt(0));
    Shape out = out(at.shape(), Dim.of(size));
    int[] from = new int[out.count()];
    int[] next = {0};
    TensorLanes.of(out, axis)
        .each(
            lane -> {
              long position = at.longAt(next[0]++);
              long front = position < 0 ? position + size : position;
              if (front >= 0 && front < size) {
                from[lane.at((int) front)] = 1;
              }
            });
    return List.of(TensorMemory.gather(in.get(2).tensor(), out, from));
  }

  @Override
  public String whyNoBound() {
    return "its input is a whole number";
  }
}
