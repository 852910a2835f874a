package dev.axiomml.core.op.shape;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value broadcast with sizes that are computed.
 *
 * <p>Shape: any, then (r) of sizes, to the two broadcast. Once the sizes are known it is an {@link
 * Expand}.
 *
 * @param name begins the names of sizes that are not known
 */
public record DynamicExpand(String name) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    int rank = Math.max(in.get(0).shape().rank(), in.get(1).shape().size(0));
    List<Dim> dims = IntStream.range(0, rank).mapToObj(i -> Dim.symbol(name + "_" + i)).toList();
    return List.of(Type.of(new Shape(dims), in.get(0).dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor x = in.get(0).tensor();
    Shape out =
        CommonShapeRules.broadcast(
            "expand", x.shape(), new Shape(ComputedShapes.dims(in.get(1).tensor())));
    return List.of(
        TensorMemory.gather(
            x, out, IndexWalk.walk(out.sizes(), IndexWalk.broadcast(x.shape(), out))));
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return known.get(1).sizes().map(sizes -> OpLowering.to(new Expand(new Shape(sizes)), 0));
  }

  @Override
  public String whyNoBound() {
    return "its shape is computed at run time";
  }
}
