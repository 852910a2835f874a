package dev.axiomml.core.op.index;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Data with blocks written to where rows of integers say.
 *
 * <p>Shape: data, integers (n…, k), updates (n…, what is left of the data after k axes), to the
 * shape of the data.
 *
 * @param merging how an element is combined with what is written to it
 */
public record ScatterNd(ScatterReduction merging) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 3);
    WrappingIntegers.require(this, in.subList(1, 2), "integer positions", DType::isInteger);

    return List.of(in.get(0));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor data = in.get(0).tensor();
    return List.of(
        merging.into(data, places(data.shape(), in.get(1).tensor()), in.get(2).tensor()));
  }

  private static int[] places(Shape data, Tensor rows) {
    int[] starts = ElementIndices.blocks(data, rows, 0);
    int block = data.sub(rows.shape().size(-1), data.rank()).count();
    return IntStream.range(0, starts.length * block)
        .map(i -> starts[i / block] + i % block)
        .toArray();
  }

  @Override
  public String whyNoBound() {
    return "where it writes depends on an input";
  }
}
