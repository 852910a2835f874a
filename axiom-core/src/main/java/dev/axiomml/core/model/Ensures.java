package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.property.Evaluation;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.Sample;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.tensor.Shape;
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
    Tensor input = inputs.get(0);
    Tensor output = outputs.get(0);
    int samples = rows(output);
    Tensor none = Tensor.zeros(Shape.of(samples));
    for (Property<?> property : model.ensures()) {
      boolean paired = rows(input) == samples;
      if (!paired && property.formula().mentions(Subject.INPUT)) {
        throw unpaired(model, property, input, output);
      }
      for (int i = 0; i < samples; i++) {
        check(model, property, Sample.of(paired ? input : none, output, i), i);
      }
    }
  }

  private static int rows(Tensor tensor) {
    return tensor.shape().rank() == 0 ? 1 : tensor.shape().size(0);
  }

  private static EnsureViolation unpaired(
      Model<?> model, Property<?> property, Tensor input, Tensor output) {
    return new EnsureViolation(
        new Diagnosis(
            "ensure " + property + " compares " + input.type() + " with " + output.type(),
            "model " + model.name() + " › predict",
            "a statement about x and output needs as many rows of one as of the other",
            "ensure something of the output alone"));
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
