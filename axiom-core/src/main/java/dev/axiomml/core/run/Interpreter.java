package dev.axiomml.core.run;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.ByFamily;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.parts.DoubleArithmetic;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The reading that computes.
 *
 * <p>float32, float16 and bfloat16 compute in float32 (the latter two rounded at each node),
 * float64 in float64. Shapes are taken from the tensors themselves, so sizes that only data
 * determines need no symbol.
 */
public final class Interpreter implements ByFamily<RuntimeValue> {
  /** It keeps nothing from one graph to the next. */
  public Interpreter() {}

  @Override
  public RuntimeValue constant(Value at, Tensor tensor) {
    return tensor;
  }

  @Override
  public RuntimeValue sum(Node at, SumOp op, List<RuntimeValue> x) {
    List<Tensor> in = tensors(x);
    List<Shape> shapes = in.stream().map(Tensor::shape).toList();
    if (op instanceof MoveOp move) {
      return MoveExecution.run(move, in, shapes);
    }
    return in.get(0).dtype() == DType.FLOAT64
        ? doubles(op, in).get(0)
        : LinearSums.of(op, in, shapes);
  }

  @Override
  public RuntimeValue scalar(Node at, ScalarOp op, RuntimeValue x) {
    Tensor in = x.tensor();
    DType out = op.infer(List.of(in.type())).get(0).dtype();
    if (in.dtype() != DType.FLOAT32 || out != DType.FLOAT32) {
      return doubles(op, List.of(in)).get(0);
    }
    float[] from = TensorMemory.borrow(in);
    float[] y = new float[from.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) op.value(from[i]);
    }
    return TensorMemory.adopt(in.shape(), y);
  }

  @Override
  public RuntimeValue window(Node at, WindowOp op, RuntimeValue x) {
    return doubles(op, List.of(x.tensor())).get(0);
  }

  @Override
  public List<RuntimeValue> row(Node at, RowOp op, List<RuntimeValue> x) {
    return doubles(op, tensors(x));
  }

  private static List<RuntimeValue> doubles(Op op, List<Tensor> in) {
    List<Type> types = in.stream().map(Tensor::type).toList();
    List<Type> out = op.infer(types);
    List<double[]> y =
        DoubleArithmetic.outputs(op, types, in.stream().map(Tensor::toDoubles).toList());
    List<RuntimeValue> answers = new ArrayList<>();
    for (int i = 0; i < y.size(); i++) {
      answers.add(Tensor.ofDoubles(out.get(i).shape(), out.get(i).dtype(), y.get(i)));
    }
    return answers;
  }

  @Override
  public List<RuntimeValue> run(Node at, RunOp op, List<RuntimeValue> x) {
    try {
      return op.run(x);
    } catch (AxiomException e) {
      throw e;
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new ModelException(
          new Diagnosis(
              op.title() + ": " + e.getMessage(),
              at.name(),
              "sizes and elements that are known only now do not fit each other",
              "give the model inputs whose sizes and places fit"),
          e);
    }
  }

  private static List<Tensor> tensors(List<RuntimeValue> x) {
    return x.stream().map(RuntimeValue::tensor).toList();
  }
}
