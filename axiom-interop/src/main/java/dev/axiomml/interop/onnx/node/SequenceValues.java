package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sequences and optionals of a graph being emitted, with the values they are known to hold: what is
 * taken from such a one needs no node.
 */
public final class SequenceValues {
  private final ConstantFolding folding;
  private final Map<Value, List<Value>> held = new HashMap<>();

  public SequenceValues(ConstantFolding folding) {
    this.folding = folding;
  }

  /** What a sequence or an optional holds, where that is known. */
  public Optional<List<Value>> held(Value value) {
    return Optional.ofNullable(held.get(value));
  }

  /** Whether all that a value holds is known before the graph runs. */
  public boolean isKnown(Value value) {
    return held(value)
        .map(elements -> elements.stream().allMatch(this::isKnown))
        .orElseGet(() -> folding.known(value).isKnown());
  }

  /** A sequence; an empty one has the stated element type. */
  public Value sequence(List<Value> elements, DType otherwise) {
    return put(new Type.OfSequence(common(elements, otherwise)), elements);
  }

  /** An optional that holds a value, or none of a stated type. */
  public Value optional(Optional<Value> element, Type otherwise) {
    Type type = new Type.OfOptional(element.map(Value::type).orElse(otherwise));
    return put(type, element.map(List::of).orElse(List.of()));
  }

  private Value put(Type type, List<Value> elements) {
    Value value = folding.emit(new CollectedOperands(type), elements).get(0);
    held.put(value, List.copyOf(elements));
    return value;
  }

  private static Type common(List<Value> elements, DType otherwise) {
    List<Type> types = elements.stream().map(Value::type).distinct().toList();
    DType dtype = types.isEmpty() ? otherwise : types.get(0).dtype();
    return types.size() == 1 ? types.get(0) : new Type.OfElements(dtype);
  }

  /** A value that is there already. */
  public Value value(RuntimeValue datum) {
    if (datum instanceof Tensor tensor) {
      return folding.constant(tensor);
    }
    if (datum instanceof RuntimeValue.Maybe maybe) {
      return optional(maybe.value().map(this::value), new Type.OfElements(DType.FLOAT32));
    }
    List<Value> elements = new ArrayList<>();
    ((RuntimeValue.Sequence) datum).elements().forEach(element -> elements.add(value(element)));
    return sequence(elements, DType.FLOAT32);
  }
}
