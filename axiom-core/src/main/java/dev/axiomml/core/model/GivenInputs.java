package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
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
  private static final double LARGEST_BYTE = 255;
  private static final int FEWEST_PIXELS = 64;

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
   * Refuses the bytes of an image for an input that is declared to be in a narrower
   * interval. @throws ModelException saying how to scale them
   */
  static void requireScaled(Signature<?> signature, List<Tensor> given) {
    for (int i = 0; i < Math.min(given.size(), signature.inputs().size()); i++) {
      Port port = signature.inputs().get(i);
      double high = port.domain().map(Region.Range::high).orElse(LARGEST_BYTE);
      if (given.get(i).size() >= FEWEST_PIXELS && areBytes(given.get(i), high)) {
        throw new ModelException(
            new Diagnosis(
                "input " + port.name() + " got whole numbers from 0 to 255",
                "model " + signature.name() + " › predict",
                "it is declared to be in "
                    + PropertyText.of(port.domain().orElseThrow())
                    + ", these are bytes",
                "scale them as in training, e.g. pass x.scaled(1 / 255.0)"));
      }
    }
  }

  /** Whether all numbers are bytes, some of them over a limit. */
  private static boolean areBytes(Tensor tensor, double limit) {
    double most = limit;
    for (int i = 0; limit < LARGEST_BYTE && i < tensor.size(); i++) {
      double value = tensor.doubleAt(i);
      if (!(value >= 0 && value <= LARGEST_BYTE && value == Math.rint(value))) {
        return false;
      }
      most = Math.max(most, value);
    }
    return most > limit;
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
