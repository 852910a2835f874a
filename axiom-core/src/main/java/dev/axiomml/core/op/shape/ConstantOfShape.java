package dev.axiomml.core.op.shape;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * One value everywhere, in a shape that is computed.
 *
 * <p>Shape: (r) of sizes to those sizes.
 *
 * @param value one element
 * @param name begins the names of sizes that are not known
 */
public record ConstantOfShape(Tensor value, String name) implements RunOp {
  /** Refuses more than one element. */
  public ConstantOfShape {
    if (value.size() != 1) {
      throw new IllegalArgumentException("one value fills a shape, got " + value);
    }
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return List.of(Type.of(ComputedShapes.fresh(name, in.get(0)), value.dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Shape shape = Shape.of(in.get(0).tensor().toLongs());
    return List.of(TensorMemory.gather(value, shape, new int[shape.count()]));
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return known
        .get(0)
        .sizes()
        .map(
            sizes ->
                new OpLowering() {
                  @Override
                  public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
                    return to.emit(
                        new Expand(new Shape(sizes)),
                        List.of(to.constant(value.reshape(Shape.SCALAR))));
                  }
                });
  }

  @Override
  public String whyNoBound() {
    return "its shape is computed at run time";
  }
}
