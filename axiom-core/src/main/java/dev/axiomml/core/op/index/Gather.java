package dev.axiomml.core.op.index;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.SelectionOp;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Positions of an axis, given as a value; elements of any type.
 *
 * <p>Shape: data, then integers, negative ones counting from the end; the axis is replaced by the
 * axes of the integers. Once they are known it is a {@link Take}.
 *
 * @param axis the axis; negative counts from the end
 */
public record Gather(int axis) implements SelectionOp, SizeOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    WrappingIntegers.require(this, in.subList(1, 2), "integer positions", DType::isInteger);
    Shape data = in.get(0).shape();
    int at = CommonShapeRules.axis("gather", data, axis);
    Shape out = data.sub(0, at).concat(in.get(1).shape()).concat(data.sub(at + 1, data.rank()));
    return List.of(Type.of(out, in.get(0).dtype()));
  }

  @Override
  public int[] from(List<RuntimeValue> in) {
    Shape data = in.get(0).tensor().shape();
    int at = data.axis(axis);
    int below = data.sub(at + 1, data.rank()).count();
    int size = data.size(at);
    int[] rows = AxisPositions.of(in.get(1).tensor(), size, "gather");
    int[] from = new int[data.sub(0, at).count() * rows.length * below];
    for (int i = 0; i < from.length; i++) {
      int row = i / below % rows.length;
      from[i] = (i / below / rows.length * size + rows[row]) * below + i % below;
    }
    return from;
  }

  @Override
  public Optional<KnownValue.Sizes> sizes(List<Type> in, List<KnownValue> known) {
    Optional<Tensor> at = known.get(1).tensor();
    Optional<List<Dim>> data = known.get(0).sizes();
    if (in.get(0).shape().rank() != 1
        || in.get(0).dtype() != DType.INT64
        || at.isEmpty()
        || data.isEmpty()) {
      return Optional.empty();
    }
    int[] rows = AxisPositions.of(at.get(), data.get().size(), "gather");
    return Optional.of(
        new KnownValue.Sizes(
            at.get().shape(), Arrays.stream(rows).mapToObj(data.get()::get).toList()));
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return known.get(1).tensor().map(indices -> OpLowering.to(new Take(axis, indices), 0));
  }
}
