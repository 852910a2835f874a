package dev.axiomml.interop.pytorch;

import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import java.util.List;

/**
 * A whole program that waits for the sizes of its inputs.
 *
 * @param program its calls
 * @param types what it answers, its shapes being open
 */
record WaitingProgram(AtenProgram program, List<Type> types) implements RunOp {
  WaitingProgram {
    types = List.copyOf(types);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    return types;
  }

  /** A model runs the graph for the types of the call instead. */
  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    throw new IllegalStateException("its operators are known for inputs of known sizes only");
  }

  /** By its calls; its weights are operands. */
  @Override
  public String toString() {
    return "WaitingProgram" + program.steps() + program.outputs();
  }

  @Override
  public String title() {
    return "Program";
  }

  @Override
  public String whyNoBound() {
    return "its operators are known for inputs of known sizes only";
  }
}
