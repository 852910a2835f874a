package dev.axiomml.interop.weights;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A file's tensors laid beside a model's parameters. */
final class WeightFitting {
  private static final int SHOWN = 4;
  private static final String COUNTER = "num_batches_tracked";

  private final StateDict file;
  private final Map<String, ParameterLayout> layouts;
  private final List<String> missing = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<String> mismatched = new ArrayList<>();

  private WeightFitting(StateDict file, Map<String, ParameterLayout> layouts) {
    this.file = file;
    this.layouts = layouts;
    layouts.forEach(this::compare);
    file.names().stream()
        .filter(name -> !layouts.containsKey(name) && !name.endsWith(COUNTER))
        .forEach(unexpected::add);
  }

  /** The spelling that fits best; the first of equals. */
  static WeightFitting best(List<StateDict> spellings, Map<String, ParameterLayout> layouts) {
    return spellings.stream()
        .map(file -> new WeightFitting(file, layouts))
        .min(Comparator.comparingInt(WeightFitting::faults))
        .orElseThrow();
  }

  private int faults() {
    return missing.size() + unexpected.size() + mismatched.size();
  }

  private void compare(String name, ParameterLayout layout) {
    if (file.type(name).isEmpty()) {
      missing.add(name);
      return;
    }
    Type type = file.type(name).get();
    if (!type.shape().equals(layout.stored()) || !type.dtype().isFloat()) {
      mismatched.add("%s is %s, wanted %s".formatted(name, type, layout.stored()));
    }
  }

  void require(FilePlace place, String model) {
    if (faults() == 0) {
      return;
    }
    throw place.fault(
        "the weights do not fit model %s: %d missing, %d unexpected, %d mismatched"
            .formatted(model, missing.size(), unexpected.size(), mismatched.size()),
        "missing "
            + shown(missing)
            + "; unexpected "
            + shown(unexpected)
            + "; mismatched "
            + shown(mismatched),
        fix());
  }

  private String fix() {
    boolean normed =
        unexpected.stream()
            .anyMatch(n -> n.endsWith("weight_g") || n.contains("parametrizations."));
    return normed
        ? "fold the weight norm before saving: torch.nn.utils.remove_weight_norm(layer)"
        : "build the model that the weights were trained with, its layers named as in PyTorch";
  }

  private static String shown(List<String> names) {
    String few = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.isEmpty()
        ? "none"
        : names.size() > SHOWN ? few + " and " + (names.size() - SHOWN) + " more" : few;
  }

  /** The parameter's new values, in its own layout and element type. */
  Tensor tensor(Parameter parameter) {
    ParameterLayout layout = Objects.requireNonNull(layouts.get(parameter.name()));
    Tensor stored = file.tensor(parameter.name()).orElseThrow();
    return layout.fromFile(stored.to(parameter.tensor().dtype()));
  }
}
