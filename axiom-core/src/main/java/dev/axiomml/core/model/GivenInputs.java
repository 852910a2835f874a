package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Inputs of a prediction as a caller without null checks may give them. */
final class GivenInputs {
  private GivenInputs() {}

  /** One input. @throws ModelException for null */
  static List<Tensor> of(String model, @Nullable Tensor only) {
    return of(model, Collections.singletonList(only));
  }

  /** A copy of the inputs. @throws ModelException for null, or null among them */
  static List<Tensor> of(String model, @Nullable List<? extends @Nullable Tensor> inputs) {
    if (inputs == null) {
      throw missing(model, "null given for the list of inputs");
    }
    List<Tensor> given = new ArrayList<>();
    for (Tensor input : inputs) {
      if (input == null) {
        int place = given.size() + 1;
        throw missing(model, "null given for input " + place + " of " + inputs.size());
      }
      given.add(input);
    }
    return given;
  }

  /**
   * All outputs by name for all inputs by name. @throws ModelException listing names that are
   * missing or unknown
   */
  static Map<String, Tensor> named(
      Signature<?> signature, Map<String, Tensor> inputs, UnaryOperator<List<Tensor>> run) {
    List<String> names = signature.inputs().stream().map(Port::name).toList();
    if (!inputs.keySet().equals(Set.copyOf(names))) {
      throw new ModelException(
          new Diagnosis(
              "inputs called " + new TreeSet<>(inputs.keySet()),
              "model " + signature.name() + " › predictByName",
              "the model's inputs are " + names + ", and each is given once",
              "pass Map.of(\"" + String.join("\", tensor, \"", names) + "\", tensor)"));
    }
    List<Tensor> outputs = run.apply(names.stream().map(inputs::get).toList());
    Map<String, Tensor> called = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      called.put(signature.outputs().get(i).name(), outputs.get(i));
    }
    return called;
  }

  private static ModelException missing(String model, String what) {
    return new ModelException(
        new Diagnosis(
            what,
            "model " + model + " › predict",
            "every input is a tensor, the batch first",
            "pass a Tensor, e.g. Tensor.of(Shape.of(1, 2), 0.5f, 0.5f)"));
  }
}
