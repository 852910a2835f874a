package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Optional;

/** Whether a formula can be asked of a model: its indices exist and its subject is there. */
final class FormulaCheck {
  private FormulaCheck() {}

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

  /** Compiles the formula for one sample, where all sizes but the batch are known. */
  static Optional<PropertyException> of(Signature<?> signature, Formula formula) {
    boolean single =
        !formula.isOfPairs()
            && formula.atoms().stream().noneMatch(Formula.ArgmaxStays.class::isInstance);
    SampleShapes shapes = new SampleShapes(signature);
    Shape input = shape(shapes, signature.inputs().get(0));
    Shape output = shape(shapes, signature.outputs().get(0));
    boolean known = input.isFixed() && output.isFixed();
    try {
      requireNumbers(signature, formula);
      if (single && (known || formula.mentions(Subject.SOFTMAX))) {
        Statement.of(formula, input, output);
      }
      return Optional.empty();
    } catch (PropertyException e) {
      return Optional.of(e);
    }
  }

  /** The shape of one sample; of an output whose number of axes is open, some open shape. */
  private static Shape shape(SampleShapes shapes, Port port) {
    return port.type() instanceof Type.OfElements ? Shape.of(Dim.symbol("open")) : shapes.of(port);
  }

  /** Text is neither finite nor larger than anything. */
  private static void requireNumbers(Signature<?> signature, Formula formula) {
    boolean ofOutput =
        formula.isOfPairs()
            || formula.mentions(Subject.OUTPUT)
            || formula.atoms().stream().anyMatch(Formula.ArgmaxStays.class::isInstance);
    if (ofOutput) {
      requireNumbers("output", signature.outputs().get(0));
    }
    if (formula.isOfPairs() || formula.mentions(Subject.INPUT)) {
      requireNumbers("input", signature.inputs().get(0));
    }
  }

  private static void requireNumbers(String what, Port port) {
    if (port.type().dtype() == DType.STRING) {
      throw new PropertyException(
          new Diagnosis(
              what + " " + port.name() + " is text, which has no number",
              what + " " + port.name(),
              "a formula speaks of the numbers of a model's first input and first output",
              "ask it of a model whose first " + what + " holds numbers"));
    }
  }
}
