package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * The same elements in another type: floats round to nearest, floats to integers truncate, integers
 * wrap, anything but zero is true.
 *
 * <p>Shape: any, unchanged. The same type is nothing at all.
 *
 * @param to the type
 * @param saturate whether, where that is a float of eight bits or less, numbers beyond it become
 *     its largest, else infinity or NaN
 */
public record Cast(DType to, boolean saturate) implements SizeOp {
  /** The plain conversion. */
  public Cast(DType to) {
    this(to, false);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return List.of(Type.of(in.get(0).shape(), to));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor x = in.get(0).tensor();
    return List.of(saturate ? TensorMemory.clamped(x, to) : x.to(to));
  }

  @Override
  public Optional<KnownValue.Sizes> sizes(List<Type> in, List<KnownValue> known) {
    boolean wide = in.get(0).dtype() == DType.INT64 && to == DType.INT64;
    return wide
        ? known.get(0).sizes().map(sizes -> new KnownValue.Sizes(in.get(0).shape(), sizes))
        : Optional.empty();
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return in.get(0).dtype() == to ? Optional.of(OpLowering.first()) : Optional.empty();
  }

  @Override
  public String whyNoBound() {
    return "it changes the element type, which proofs do not follow";
  }
}
