package dev.axiomml.core.op.gradient;

import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.SelectionOp;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * The gradient of a selection by what it selects from: each element goes back to where it was taken
 * from, added up where one was taken more than once.
 *
 * <p>Shape: the gradient by the selection's output, then all of its operands, to the shape of the
 * data.
 *
 * @param of the selection
 */
public record SelectionGradient(SelectionOp of) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(in.get(1 + of.data()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Type data = in.get(1 + of.data()).tensor().type();
    double[] back = of.gradient(in.subList(1, in.size()), in.get(0).tensor().toDoubles());
    return List.of(Tensor.ofDoubles(data.shape(), data.dtype(), back));
  }

  @Override
  public String whyNoBound() {
    return "where elements go depends on an input";
  }

  @Override
  public String title() {
    return of.title() + "Gradient";
  }
}
