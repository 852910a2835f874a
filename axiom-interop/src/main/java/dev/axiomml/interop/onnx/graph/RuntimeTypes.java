package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/** The types of values that are there; of an empty sequence or optional little is known. */
public final class RuntimeTypes {
  private RuntimeTypes() {}

  public static Type of(RuntimeValue value) {
    if (value instanceof Tensor tensor) {
      return tensor.type();
    }
    if (value instanceof RuntimeValue.Maybe maybe) {
      return new Type.OfOptional(
          maybe.value().map(RuntimeTypes::of).orElseGet(RuntimeTypes::anything));
    }
    List<RuntimeValue> elements = ((RuntimeValue.Sequence) value).elements();
    return new Type.OfSequence(elements.isEmpty() ? anything() : of(elements.get(0)));
  }

  private static Type anything() {
    return new Type.OfElements(DType.FLOAT32);
  }
}
