package dev.axiomml.core.op.shape;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same elements under sizes that are computed; −1 for what is left, 0 for the input's own size.
 *
 * <p>Shape: any, then (r) of sizes, to those sizes. Once the sizes are known, symbolic or not, it
 * is a {@link Reshape}.
 *
 * @param name begins the names of sizes that are not known
 * @param zeroIsEmpty whether 0 means no elements
 */
public record DynamicReshape(String name, boolean zeroIsEmpty) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    return List.of(Type.of(ComputedShapes.fresh(name, in.get(1)), in.get(0).dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor x = in.get(0).tensor();
    return List.of(x.reshape(target(x.shape(), ComputedShapes.dims(in.get(1).tensor()))));
  }

  private Shape target(Shape from, List<Dim> sizes) {
    List<Dim> dims = new ArrayList<>(sizes);
    for (int i = 0; i < dims.size(); i++) {
      if (!zeroIsEmpty && dims.get(i).equals(Dim.ZERO)) {
        dims.set(i, from.dim(i));
      }
    }
    int open = dims.indexOf(Dim.of(-1));
    if (open >= 0) {
      dims.set(open, Dim.ONE);
      Dim rest = new Shape(dims).volume();
      dims.set(open, rest.equals(Dim.ZERO) ? Dim.ZERO : from.volume().floorDiv(rest));
    }
    return new Shape(dims);
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return known
        .get(1)
        .sizes()
        .map(sizes -> OpLowering.to(new Reshape(target(in.get(0).shape(), sizes)), 0));
  }

  @Override
  public String whyNoBound() {
    return "its shape is computed at run time";
  }
}
