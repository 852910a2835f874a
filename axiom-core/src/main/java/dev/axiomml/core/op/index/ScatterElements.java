package dev.axiomml.core.op.index;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Data with elements written to positions of an axis, elsewhere at their own place.
 *
 * <p>Shape: data, integers and updates of one shape, all of one rank, to the shape of the data.
 *
 * @param axis the axis; negative counts from the end
 * @param merging how an element is combined with what is written to it
 */
public record ScatterElements(int axis, ScatterReduction merging) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 3);
    WrappingIntegers.require(this, in.subList(1, 2), "integer positions", DType::isInteger);
    CommonShapeRules.axis("scatter", in.get(0).shape(), axis);
    return List.of(in.get(0));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor data = in.get(0).tensor();
    return List.of(
        merging.into(
            data,
            ElementIndices.along(data.shape(), in.get(1).tensor(), axis),
            in.get(2).tensor()));
  }

  @Override
  public String whyNoBound() {
    return "where it writes depends on an input";
  }
}
