package dev.axiomml.core.op.index;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.SelectionOp;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Blocks of the data that rows of integers name.
 *
 * <p>Shape: data (b…, d₁…, rest…), integers (b…, n…, k), to (b…, n…, what is left after k axes).
 *
 * @param batch how many leading axes both share
 */
public record GatherNd(int batch) implements SelectionOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    WrappingIntegers.require(this, in.subList(1, 2), "integer positions", DType::isInteger);
    Shape data = in.get(0).shape();
    Shape rows = in.get(1).shape();
    Shape out = rows.sub(0, rows.rank() - 1).concat(data.sub(batch + rows.size(-1), data.rank()));
    return List.of(Type.of(out, in.get(0).dtype()));
  }

  @Override
  public int[] from(List<RuntimeValue> in) {
    Shape data = in.get(0).tensor().shape();
    Tensor rows = in.get(1).tensor();
    int[] starts = ElementIndices.blocks(data, rows, batch);
    int block = data.sub(batch + rows.shape().size(-1), data.rank()).count();
    int[] from = new int[starts.length * block];
    for (int i = 0; i < from.length; i++) {
      from[i] = starts[i / block] + i % block;
    }
    return from;
  }
}
