package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.Evaluation;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Sample;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Optional;

/** Whether a formula can be asked of a model: its indices exist and its subject is there. */
final class Meaningful {
  private Meaningful() {}

  /** Refuses a formula that has no meaning for the model. */
  static void require(Signature<?> signature, Formula formula) {
    Optional<PropertyException> fault = of(signature, formula);
    if (fault.isPresent()) {
      throw new PropertyException(
          fault
              .get()
              .diagnosis()
              .at("model " + signature.name() + " › " + PropertyText.of(formula)));
    }
  }

  /** Tries the formula on a sample of zeros, where all sizes but the batch are known. */
  static Optional<PropertyException> of(Signature<?> signature, Formula formula) {
    if (formula instanceof Formula.ArgmaxStays || formula instanceof Formula.LocalLipschitz) {
      return Optional.empty();
    }
    if (mentionsSoftmax(formula)) {
      return Optional.of(foreign());
    }
    Optional<Tensor> input = zeros(signature.inputs().get(0));
    Optional<Tensor> output = zeros(signature.outputs().get(0));
    if (input.isEmpty() || output.isEmpty()) {
      return Optional.empty();
    }
    try {
      Evaluation.fault(formula, new Sample(input.get(), output.get()));
      return Optional.empty();
    } catch (PropertyException e) {
      return Optional.of(e);
    }
  }

  private static Optional<Tensor> zeros(Port port) {
    Shape shape = port.type().shape();
    Shape one = shape.rank() == 0 ? shape : shape.with(0, Dim.ONE);
    return one.isFixed() && one.volume().value() < 1 << 24
        ? Optional.of(Tensor.zeros(one).to(port.type().dtype()))
        : Optional.empty();
  }

  private static boolean mentionsSoftmax(Formula formula) {
    return PropertyText.of(formula).contains(Subject.SOFTMAX.toString());
  }

  private static PropertyException foreign() {
    return new PropertyException(
        new Diagnosis(
            "softmax(x) is a model of its own",
            "",
            "a property of a model speaks of its input x and its output",
            "write output for this model's output; prove softmax(x) with Verifier.prove(theorem)"));
  }
}
