package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.property.Evaluation;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.Sample;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Checks predictions against what a model ensures. */
final class Ensures {
  private Ensures() {}

  static void check(Model<?> model, List<Tensor> inputs, List<Tensor> outputs) {
    if (model.ensures().isEmpty()) {
      return;
    }
    Tensor output = outputs.get(0);
    int samples = output.shape().rank() == 0 ? 1 : output.shape().size(0);
    for (Property<?> property : model.ensures()) {
      for (int i = 0; i < samples; i++) {
        check(model, property, Sample.of(inputs.get(0), output, i), i);
      }
    }
  }

  private static void check(Model<?> model, Property<?> property, Sample sample, int index) {
    Optional<String> fault = Evaluation.fault(property.formula(), sample);
    if (fault.isPresent()) {
      throw new EnsureViolation(
          new Diagnosis(
              "ensure " + property + " is broken: " + fault.get(),
              "model " + model.name() + " › predict › sample " + index,
              "a prediction that breaks an ensure is not answered",
              "look at this input, or prove the property for your inputs with Verifier.prove"));
    }
  }
}
