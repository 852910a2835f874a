package dev.axiomml.core.op.linear;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rows of a table, chosen by whole numbers.
 *
 * <p>Shape: (…) of integers from 0 below the number of rows to (…, width), in the table's type.
 *
 * @param table (rows, width)
 */
public record Embedding(Parameter table) implements RunOp {
  /** Refuses a table of another rank. */
  public Embedding {
    CommonShapeRules.rank("embedding table", table.tensor().shape(), 2);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(table);
  }

  @Override
  public Embedding withParameters(UnaryOperator<Parameter> change) {
    return new Embedding(change.apply(table));
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    WrappingIntegers.require(this, in, "integers", DType::isInteger);
    Shape out = in.get(0).shape().concat(table.tensor().shape().sub(1, 2));
    return List.of(Type.of(out, table.tensor().dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor ids = in.get(0).tensor();
    int width = table.tensor().shape().size(1);
    int[] from = new int[ids.size() * width];
    for (int i = 0; i < ids.size(); i++) {
      int row = row(ids.longAt(i));
      for (int j = 0; j < width; j++) {
        from[i * width + j] = row * width + j;
      }
    }
    Shape out = ids.shape().concat(Shape.of(width));
    return List.of(TensorMemory.gather(table.tensor(), out, from));
  }

  private int row(long id) {
    int rows = table.tensor().shape().size(0);
    if (id < 0 || id >= rows) {
      throw new ShapeException(
          new Diagnosis(
              "embedding of id " + id,
              "",
              "the table " + table.name() + " has rows 0 to " + (rows - 1),
              "check the vocabulary, or build the embedding for more rows"));
    }
    return (int) id;
  }

  @Override
  public String whyNoBound() {
    return "its input is a whole number; claim something of the vectors behind it";
  }
}
