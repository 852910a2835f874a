package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.SampleShapes;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Sample;
import dev.axiomml.core.property.StatementEvaluation;
import dev.axiomml.core.property.Truth;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/** Formulas run on the samples of a loader. */
final class SampleTests {
  private static final int BATCH = 64;

  private SampleTests() {}

  /**
   * Refuted by the first sample that breaks it, else how many it was tested on; unknown where the
   * time was over before the last of them.
   *
   * @throws PropertyException for a sample outside of the inputs that the model is declared for
   */
  static Verdict of(Formula formula, Model<?> model, DataLoader data, BudgetClock clock) {
    SampleDomain domain = SampleDomain.of(model);
    long tested = 0;
    for (DataLoader.Batch batch : data.batchSize(rows(model, data))) {
      if (clock.getAsBoolean()) {
        return new Verdict.Unknown(
            clock.why() + " after " + tested + " of " + data.samples() + " samples, which hold");
      }
      domain.require(batch.images(), tested);
      Optional<Tensor> open = open(formula, model, batch.images());
      if (open.isPresent()) {
        return replayed(formula, model, open.get());
      }
      tested += batch.size();
    }
    return tested == 0
        ? new Verdict.Unknown("the data holds no sample, so nothing was tested")
        : new Verdict.Tested(tested, SampleFile.of(data));
  }

  /**
   * Refuses samples that no run of a model takes, before any work begins.
   *
   * @throws dev.axiomml.core.error.ShapeException where their shape or element type is another
   * @throws PropertyException for a sample outside of the inputs that the model is declared for
   */
  static void requireFit(Model<?> model, DataLoader data) {
    Tensor images = data.images();
    long rows = Math.min(rows(model, data), data.samples());
    model
        .graph()
        .symbolsFor(List.of(Type.of(images.shape().with(0, Dim.of(rows)), images.dtype())));
    SampleDomain.of(model).require(images, 0);
  }

  /** How many samples one run takes: as many as the model's input is fixed to, else some. */
  private static int rows(Model<?> model, DataLoader data) {
    Port port = model.signature().inputs().get(0);
    if (!isFixed(port)) {
      return BATCH;
    }
    Dim rows = port.type().shape().dim(0);
    if (data.samples() % rows.value() != 0) {
      throw new PropertyException(
          new Diagnosis(
              data.samples() + " samples for a model of always " + rows + " rows",
              "data for input " + port.name(),
              "every run takes " + rows + " samples, and none is made up to fill the last one",
              "give a multiple of " + rows + " samples, or export the model with a free batch"));
    }
    return (int) rows.value();
  }

  /** The first input that has a sample of which it is not shown. */
  private static Optional<Tensor> open(Formula formula, Model<?> model, Tensor images) {
    boolean fixed = isFixed(model.signature().inputs().get(0));
    List<Sample> samples = new SampleShapes(model.signature()).of(images, model.predict(images));
    return samples.stream()
        .filter(sample -> StatementEvaluation.decide(formula, sample) != Truth.HOLDS)
        .map(sample -> fixed ? images : sample.input())
        .findFirst();
  }

  private static boolean isFixed(Port port) {
    return port.type().shape().rank() > 0 && port.type().shape().dim(0).isFixed();
  }

  /** The input alone, run again: a batch may round in another order. */
  private static Verdict replayed(Formula formula, Model<?> model, Tensor input) {
    List<Tensor> outputs = model.predictAll(List.of(input));
    List<Truth> truths =
        new SampleShapes(model.signature())
            .of(input, outputs.get(0)).stream()
                .map(sample -> StatementEvaluation.decide(formula, sample))
                .toList();
    if (truths.contains(Truth.FAILS)) {
      return new Verdict.Refuted(List.of(input), outputs);
    }
    return truths.contains(Truth.UNDECIDED)
        ? new Verdict.Unknown("256 bits do not tell whether a sample breaks it")
        : new Verdict.Unknown("a sample breaks it in a batch, but not when it is run alone");
  }
}
