package dev.axiomml.core.op.parts;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;

/** Runs operators as they are put down, in double precision; floats of any type are doubles. */
public final class DoubleEmitter implements OpEmitter<DoubleEmitter.Numbers> {
  /** Starts with nothing. */
  public DoubleEmitter() {}

  /** Elements of a value, whole numbers and truths as doubles; each is a value of its own. */
  public static final class Numbers {
    private final Type type;
    private final double[] elements;

    private Numbers(Type type, double[] elements) {
      this.type = type;
      this.elements = elements;
    }

    /** The elements, row-major; not a copy. */
    public double[] elements() {
      return elements;
    }
  }

  /** Elements of a type. */
  public Numbers value(Type type, double[] elements) {
    return new Numbers(
        type.dtype().isFloat() ? Type.of(type.shape(), DType.FLOAT64) : type, elements);
  }

  /** Elements of types, one after another. */
  public List<Numbers> values(List<Type> types, List<double[]> elements) {
    List<Numbers> all = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      all.add(value(types.get(i), elements.get(i)));
    }
    return all;
  }

  @Override
  public Numbers constant(Tensor tensor) {
    return value(tensor.type(), tensor.toDoubles());
  }

  @Override
  public Numbers parameter(Parameter weight) {
    return constant(weight.tensor());
  }

  @Override
  public Type type(Numbers value) {
    return value.type;
  }

  @Override
  public List<Numbers> emit(Op op, List<Numbers> in) {
    List<Type> types = in.stream().map(this::type).toList();
    if (op instanceof RunOp run) {
      List<RuntimeValue> operands = in.stream().<RuntimeValue>map(DoubleEmitter::tensor).toList();
      return run.run(operands).stream().map(value -> constant(value.tensor())).toList();
    }
    List<double[]> elements = in.stream().map(Numbers::elements).toList();
    return values(op.infer(types), DoubleArithmetic.outputs(op, types, elements));
  }

  private static Tensor tensor(Numbers value) {
    Shape shape = value.type.shape();
    DType dtype = value.type.dtype();
    if (dtype.isFloat()) {
      return Tensor.ofDoubles(shape, dtype, value.elements);
    }
    long[] whole = new long[value.elements.length];
    java.util.Arrays.setAll(whole, i -> (long) value.elements[i]);
    return Tensor.ofIntegers(shape, dtype, whole);
  }
}
