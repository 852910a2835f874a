package dev.axiomml.verify;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Evaluation;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Sample;
import dev.axiomml.core.property.Truth;
import dev.axiomml.core.tensor.Tensor;
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
    for (DataLoader.Batch batch : data.batchSize(BATCH)) {
      if (clock.getAsBoolean()) {
        return new Verdict.Unknown(
            clock.why() + " after " + tested + " of " + data.samples() + " samples, which hold");
      }
      domain.require(batch.images(), tested);
      Optional<Tensor> open = open(formula, batch.images(), model.predict(batch.images()));
      if (open.isPresent()) {
        return replayed(formula, model, open.get());
      }
      tested += batch.size();
    }
    return tested == 0
        ? new Verdict.Unknown("the data holds no sample, so nothing was tested")
        : new Verdict.Tested(tested, SampleFile.of(data));
  }

  /** The first sample of which it is not shown. */
  private static Optional<Tensor> open(Formula formula, Tensor images, Tensor outputs) {
    for (int i = 0; i < images.shape().size(0); i++) {
      Sample sample = Sample.of(images, outputs, i);
      if (Evaluation.decide(formula, sample) != Truth.HOLDS) {
        return Optional.of(sample.input());
      }
    }
    return Optional.empty();
  }

  /** The sample alone, run again: a batch may round in another order. */
  private static Verdict replayed(Formula formula, Model<?> model, Tensor sample) {
    List<Tensor> outputs = model.predictAll(List.of(sample));
    return switch (Evaluation.decide(formula, new Sample(sample, outputs.get(0)))) {
      case FAILS -> new Verdict.Refuted(List.of(sample), outputs);
      case HOLDS ->
          new Verdict.Unknown("a sample breaks it in a batch, but not when it is run alone");
      case UNDECIDED -> new Verdict.Unknown("256 bits do not tell whether a sample breaks it");
    };
  }
}
