package dev.axiomml.interop.onnx;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A node of a file whose settings arrive as values: it is emitted by its rule on each run, when all
 * of its operands are there.
 *
 * @param call the node, and where it stands
 * @param operands the names of its operands, those its subgraphs take from around it included
 * @param types what it answers, sizes that only data tell being symbols
 */
record DeferredSettings(EagerNode call, List<String> operands, List<Type> types) implements RunOp {
  DeferredSettings {
    operands = List.copyOf(operands);
    types = List.copyOf(types);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    return types;
  }

  @Override
  public DeferredSettings bind(Function<String, Dim> sizes) {
    return new DeferredSettings(
        call, operands, types.stream().map(type -> bound(type, sizes)).toList());
  }

  private static Type bound(Type type, Function<String, Dim> sizes) {
    return type.isTensor() ? Type.of(type.shape().bind(sizes), type.dtype()) : type;
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Map<String, RuntimeValue> named = new LinkedHashMap<>();
    for (int i = 0; i < in.size(); i++) {
      named.put(operands.get(i), in.get(i));
    }
    List<RuntimeValue> out = call.run(named);
    for (int i = 0; i < out.size(); i++) {
      check(types.get(i), out.get(i));
    }
    return out;
  }

  private void check(Type declared, RuntimeValue actual) {
    if (!declared.isTensor() || !(actual instanceof Tensor tensor)) {
      return;
    }
    boolean fits = tensor.dtype() == declared.dtype() && tensor.shape().matches(declared.shape());
    if (!fits) {
      throw new ShapeException(
          new Diagnosis(
              title() + " made " + tensor.type() + ", the file declares " + declared,
              "",
              "what follows relies on the declared shape",
              "export the model again with its shapes inferred"));
    }
  }

  @Override
  public String title() {
    return call.node().getOpType();
  }

  @Override
  public String whyNoBound() {
    return "its settings or its branches are computed while the graph runs";
  }
}
