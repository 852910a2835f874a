package dev.axiomml.core.op.linear;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.SelectionOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Rows of a table, chosen by whole numbers.
 *
 * <p>Shape: (…) of integers from 0 below the number of rows and a table (rows, width) to (…,
 * width), in the table's type.
 */
public record Embedding() implements SelectionOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    WrappingIntegers.require(this, in.subList(0, 1), "integers", DType::isInteger);
    Shape table = in.get(1).shape();
    CommonShapeRules.rank("embedding table", table, 2);
    return List.of(Type.of(in.get(0).shape().concat(table.sub(1, 2)), in.get(1).dtype()));
  }

  @Override
  public int data() {
    return 1;
  }

  @Override
  public int[] from(List<RuntimeValue> in) {
    Tensor ids = in.get(0).tensor();
    Shape table = in.get(1).tensor().shape();
    int width = table.size(1);
    int[] from = new int[ids.size() * width];
    for (int i = 0; i < ids.size(); i++) {
      int row = row(ids.longAt(i), table.size(0));
      for (int j = 0; j < width; j++) {
        from[i * width + j] = row * width + j;
      }
    }
    return from;
  }

  private static int row(long id, int rows) {
    if (id < 0 || id >= rows) {
      throw new ShapeException(
          new Diagnosis(
              "embedding of id " + id,
              "",
              "the table has rows 0 to " + (rows - 1),
              "check the vocabulary, or build the embedding for more rows"));
    }
    return (int) id;
  }

  @Override
  public String whyNoBound() {
    return "its input is a whole number; claim something of the vectors behind it";
  }
}
