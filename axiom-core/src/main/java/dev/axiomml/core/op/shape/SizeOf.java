package dev.axiomml.core.op.shape;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * The number of elements of a value.
 *
 * <p>Shape: any to a scalar, int64.
 */
public record SizeOf() implements SizeOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(Type.of(Shape.SCALAR, DType.INT64));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    return List.of(Tensor.ofLongs(Shape.SCALAR, in.get(0).tensor().size()));
  }

  @Override
  public Optional<KnownValue.Sizes> sizes(List<Type> in, List<KnownValue> known) {
    return Optional.of(new KnownValue.Sizes(Shape.SCALAR, List.of(in.get(0).shape().volume())));
  }

  @Override
  public String whyNoBound() {
    return "its result is a size, not a number that the input moves";
  }
}
