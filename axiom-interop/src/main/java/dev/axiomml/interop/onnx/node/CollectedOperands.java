package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * All operands as one sequence, or the only operand, if any, as an optional.
 *
 * @param type what it becomes
 */
record CollectedOperands(Type type) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(type);
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    return List.of(
        type instanceof Type.OfSequence
            ? new RuntimeValue.Sequence(in)
            : new RuntimeValue.Maybe(in.stream().findFirst()));
  }

  @Override
  public String title() {
    return type instanceof Type.OfSequence ? "Sequence" : "Optional";
  }

  @Override
  public String whyNoBound() {
    return "sequences and optionals are run only";
  }
}
