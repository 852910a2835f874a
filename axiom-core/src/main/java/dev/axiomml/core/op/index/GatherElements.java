package dev.axiomml.core.op.index;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.SelectionOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * For every place of the second input the element that lies at the stated position of an axis,
 * elsewhere at the same place.
 *
 * <p>Shape: data, then integers of the same rank, to the shape of the integers.
 *
 * @param axis the axis; negative counts from the end
 */
public record GatherElements(int axis) implements SelectionOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    WrappingIntegers.require(this, in.subList(1, 2), "integer positions", DType::isInteger);
    CommonShapeRules.rank("gather elements", in.get(1).shape(), in.get(0).shape().rank());
    CommonShapeRules.axis("gather elements", in.get(0).shape(), axis);
    return List.of(Type.of(in.get(1).shape(), in.get(0).dtype()));
  }

  @Override
  public int[] from(List<RuntimeValue> in) {
    return ElementIndices.along(in.get(0).tensor().shape(), in.get(1).tensor(), axis);
  }
}
