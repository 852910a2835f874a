package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * A call as a place for operators.
 *
 * @param call names them
 */
public record CallEmitter(AtenCall call) implements OpEmitter<Value> {
  @Override
  public List<Value> emit(Op op, List<Value> in) {
    return call.emitAll(op, in);
  }

  @Override
  public Value constant(Tensor tensor) {
    return call.constant(tensor);
  }

  @Override
  public Value parameter(Parameter weight) {
    return call.value(new AtenItem.Weight(weight), weight.name());
  }

  @Override
  public Type type(Value value) {
    return value.type();
  }
}
