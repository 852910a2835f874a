package dev.axiomml.interop.weights;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.WeightOrigin;
import dev.axiomml.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The tensors of a file that a model was read of, with what the model holds of them now: each
 * parameter says where it came from, and operators are not asked.
 */
final class StoredWeights {
  private final Model<?> model;
  private final Map<String, Tensor> tensors;
  private final Map<String, Tensor> held = new LinkedHashMap<>();

  StoredWeights(Model<?> model) {
    this.model = model;
    this.tensors = new LinkedHashMap<>(model.file().tensors());
  }

  /** All tensors, in the file's order. @throws ModelException when one cannot be identified */
  Map<String, Tensor> toFile() {
    for (Node node : model.graph().nodes()) {
      model.graph().parameters(node).forEach(this::put);
    }
    held.forEach(this::requireAlone);
    tensors.putAll(held);
    return tensors;
  }

  private void put(Parameter parameter) {
    Optional<Tensor> known = stored(parameter);
    if (known.isEmpty()) {
      requireUnchanged(parameter);
      return;
    }
    Tensor before = held.putIfAbsent(parameter.name(), known.get());
    if (before != null && !before.equals(known.get())) {
      throw refused(
          parameter,
          "the network uses it twice, with different numbers, and the file has it once",
          "give both uses the same numbers");
    }
  }

  /** A parameter as it lies in the file; empty where it is none of the file's own. */
  private Optional<Tensor> stored(Parameter parameter) {
    Tensor original = model.file().tensors().get(parameter.name());
    if (original == null || !(parameter.origin() instanceof WeightOrigin.Stored origin)) {
      return Optional.empty();
    }
    return Optional.of(origin)
        .filter(o -> o.stored().equals(original.shape()))
        .map(o -> o.toFile(parameter.tensor()));
  }

  /** What was computed of the file's tensors stands for them as long as it is not changed. */
  private void requireUnchanged(Parameter parameter) {
    boolean same = model.file().parameters().stream().anyMatch(parameter::equals);
    if (!same) {
      throw refused(
          parameter,
          "it was computed of the file's tensors and has been changed since, or is not of the file",
          "write the network as it is: axiom convert MODEL out.onnx");
    }
  }

  /** A tensor that the file has under two names must not be changed under one of them. */
  private void requireAlone(String name, Tensor now) {
    Tensor original = Objects.requireNonNull(model.file().tensors().get(name), name);
    boolean changed = !now.equals(original);
    boolean tied =
        changed
            && tensors.entrySet().stream()
                .anyMatch(e -> !held.containsKey(e.getKey()) && e.getValue().equals(original));
    if (tied) {
      throw refused(
          new Parameter(name, now),
          "the file has the same tensor under another name, which may be tied to it",
          "write the network as it is: axiom convert MODEL out.onnx");
    }
  }

  private ModelException refused(Parameter parameter, String why, String fix) {
    return new ModelException(
        new Diagnosis(
            "parameter " + parameter.name() + " cannot be written as the file had it",
            "model " + model.name(),
            why,
            fix));
  }
}
