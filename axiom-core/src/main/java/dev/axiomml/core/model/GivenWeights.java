package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.WeightOrigin;
import dev.axiomml.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tensors given for a model's weights, by name, each of its weight's type. */
final class GivenWeights {
  private static final int SHOWN = 8;

  private final String model;
  private final Map<String, Tensor> given;
  private final Map<String, Parameter> listed = new LinkedHashMap<>();

  private GivenWeights(Model<?> model, Map<String, Tensor> given) {
    this.model = model.name();
    this.given = new LinkedHashMap<>(given);
    model.parameters().forEach(p -> listed.put(p.name(), p));
  }

  /** Refuses names that the model does not have, and tensors of another type. */
  static GivenWeights of(Model<?> model, Map<String, Tensor> given) {
    GivenWeights weights = new GivenWeights(model, given);
    weights.requireKnown();
    weights.given.forEach((name, tensor) -> weights.requireType(name, tensor));
    return weights;
  }

  private void requireKnown() {
    List<String> unknown = given.keySet().stream().filter(n -> !listed.containsKey(n)).toList();
    if (!unknown.isEmpty()) {
      throw new ModelException(
          new Diagnosis(
              "weights that are not there: " + shown(unknown),
              "model " + model,
              "weights are replaced by name",
              "use names of parameters(): " + shown(List.copyOf(listed.keySet()))));
    }
  }

  private static String shown(List<String> names) {
    String few = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? few + " and " + (names.size() - SHOWN) + " more" : few;
  }

  private void requireType(String name, Tensor tensor) {
    Tensor now = listed(name).tensor();
    if (!tensor.type().equals(now.type())) {
      throw new ModelException(
          new Diagnosis(
              "weight " + name + " of " + tensor.type() + " for one of " + now.type(),
              "model " + model + " › " + name,
              "the layers that read it are made for one shape and element type",
              "give a tensor of " + now.type() + ", as parameters() has it"));
    }
  }

  private Parameter listed(String name) {
    return java.util.Objects.requireNonNull(listed.get(name), name);
  }

  /** A weight as it is given, else as it is; one that the model holds a second time follows. */
  Parameter replaced(Parameter weight) {
    Tensor tensor = given.get(weight.name());
    if (tensor == null) {
      return weight;
    }
    Parameter first = listed(weight.name());
    return weight.with(isAlike(first, weight) ? tensor : moved(first, weight, tensor));
  }

  /** Moves that are not followed may be of two kinds, and only their numbers tell. */
  private static boolean isAlike(Parameter first, Parameter weight) {
    boolean followed = !weight.origin().equals(WeightOrigin.LOST);
    return first.tensor().type().equals(weight.tensor().type())
        && first.origin().equals(weight.origin())
        && (followed || first.tensor().equals(weight.tensor()));
  }

  /** The tensor as the weight lies where it is held with its axes in another order. */
  private Tensor moved(Parameter first, Parameter weight, Tensor tensor) {
    if (first.origin() instanceof WeightOrigin.Stored from
        && weight.origin() instanceof WeightOrigin.Stored to
        && from.stored().equals(to.stored())) {
      return to.fromFile(from.toFile(tensor), weight.tensor().shape());
    }
    throw new ModelException(
        new Diagnosis(
            "weight " + weight.name() + " is held twice, as " + first + " and as " + weight,
            "model " + model + " › " + weight.name(),
            "how one lies in the other is not known",
            "build the model anew with the other weights"));
  }
}
