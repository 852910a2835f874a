package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.property.statement.Truth;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** Checks predictions against what a model ensures. */
final class EnsureChecks {
  private EnsureChecks() {}

  static void check(Model<?> model, List<Tensor> inputs, List<Tensor> outputs) {
    if (model.ensures().isEmpty()) {
      return;
    }
    List<Sample> samples = new SampleShapes(model.signature()).of(inputs.get(0), outputs.get(0));
    for (Property<?> property : model.ensures()) {
      check(model, property, samples);
    }
  }

  /** All samples have one shape, so the formula is compiled once. */
  private static void check(Model<?> model, Property<?> property, List<Sample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    Sample first = samples.get(0);
    if (first.input().size() == 0 && property.formula().mentions(Subject.INPUT)) {
      throw violation(
          "ensure " + property + " compares x with an output of another number of rows",
          "model " + model.name() + " › predict",
          "ensure something of the output alone");
    }
    Statement statement =
        Statement.of(property.formula(), first.input().shape(), first.output().shape());
    for (int i = 0; i < samples.size(); i++) {
      if (StatementEvaluation.decide(statement, samples.get(i)) != Truth.HOLDS) {
        throw broken(model, property, samples.get(i), i);
      }
    }
  }

  private static EnsureViolation broken(
      Model<?> model, Property<?> property, Sample sample, int index) {
    String fault =
        StatementEvaluation.fault(property.formula(), sample).orElse("it is not shown to hold");
    return violation(
        "ensure " + property + " is broken: " + fault,
        "model " + model.name() + " › predict › sample " + index,
        "look at this input, or prove the property for your inputs with Verifier.prove");
  }

  private static EnsureViolation violation(String what, String where, String fix) {
    return new EnsureViolation(
        new Diagnosis(what, where, "a prediction that breaks an ensure is not answered", fix));
  }
}
