package dev.axiomml.core.op.shape;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sizes of a value from one axis to another.
 *
 * <p>Shape: any to (to − from), int64.
 *
 * @param from first axis, counted from the front
 * @param to end of the axes, exclusive
 */
public record ShapeOf(int from, int to) implements SizeOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(Type.of(Shape.of(in.get(0).shape().sub(from, to).rank()), DType.INT64));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    int[] sizes = in.get(0).tensor().shape().sub(from, to).sizes();
    return List.of(
        Tensor.ofLongs(Shape.of(sizes.length), Arrays.stream(sizes).asLongStream().toArray()));
  }

  @Override
  public Optional<KnownValue.Sizes> sizes(List<Type> in, List<KnownValue> known) {
    return Optional.of(
        new KnownValue.Sizes(Shape.of(to - from), in.get(0).shape().sub(from, to).dims()));
  }

  @Override
  public String whyNoBound() {
    return "its result is a shape, not a number that the input moves";
  }
}
