package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.SampleShapes;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.property.statement.Truth;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * A formula run on the samples of a loader, which are of the only free input.
 *
 * @param formula what is claimed of each
 * @param claimed the model with what is given of its inputs
 */
record SampleTests(Formula formula, ClaimedGraph claimed) {
  private static final int BATCH = 64;

  /**
   * Refuted by the first sample that breaks it, else how many it was tested on; unknown where the
   * time was over before the last of them.
   *
   * @throws PropertyException for a sample outside of the inputs that the model is declared for
   */
  Verdict of(DataLoader data, BudgetClock clock) {
    SampleDomain domain = SampleDomain.of(claimed);
    long tested = 0;
    for (DataLoader.Batch batch : data.batchSize(rows(data))) {
      if (clock.getAsBoolean()) {
        return new Verdict.Unknown(
            clock.why() + " after " + tested + " of " + data.samples() + " samples, which hold");
      }
      domain.require(batch.images(), tested);
      Optional<Tensor> open = open(batch.images());
      if (open.isPresent()) {
        return replayed(open.get());
      }
      tested += batch.size();
    }
    return tested == 0
        ? new Verdict.Unknown("the data holds no sample, so nothing was tested")
        : new Verdict.Tested(tested, SampleFile.of(data));
  }

  /**
   * Refuses samples that no run of the model takes, before any work begins.
   *
   * @throws dev.axiomml.core.error.ShapeException where their shape or element type is another
   * @throws PropertyException for a sample outside of the inputs that the model is declared for
   */
  void requireFit(DataLoader data) {
    Tensor images = data.images();
    long rows = Math.min(rows(data), data.samples());
    Tensor some = images.slice(0, Math.toIntExact(rows));
    List<Type> types = claimed.complete(List.of(some)).stream().map(Tensor::type).toList();
    claimed.model().graph().symbolsFor(types);
    SampleDomain.of(claimed).require(images, 0);
  }

  /**
   * How many samples one run takes: as many as the model's input is fixed to, one where inputs are
   * given, which hold one row, else some.
   */
  private int rows(DataLoader data) {
    Port port = claimed.ports().get(0);
    if (!isFixed(port)) {
      return claimed.given().isEmpty() ? BATCH : 1;
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
  private Optional<Tensor> open(Tensor images) {
    boolean fixed = isFixed(claimed.ports().get(0));
    return samples(images, claimed.run(List.of(images))).stream()
        .filter(sample -> StatementEvaluation.decide(formula, sample) != Truth.HOLDS)
        .map(sample -> fixed ? images : sample.input())
        .findFirst();
  }

  /** The rows of a run; of one row of the free input, with others given, the whole run. */
  private List<Sample> samples(Tensor images, List<Tensor> outputs) {
    boolean single = !claimed.given().isEmpty() && images.shape().size(0) == 1;
    return single
        ? List.of(new Sample(images, outputs.get(0)))
        : new SampleShapes(claimed.model().signature()).of(images, outputs.get(0));
  }

  private static boolean isFixed(Port port) {
    return port.type().shape().rank() > 0 && port.type().shape().dim(0).isFixed();
  }

  /** The input alone, run again: a batch may round in another order. */
  private Verdict replayed(Tensor input) {
    List<Tensor> outputs = claimed.run(List.of(input));
    List<Truth> truths =
        samples(input, outputs).stream()
            .map(sample -> StatementEvaluation.decide(formula, sample))
            .toList();
    if (truths.contains(Truth.FAILS)) {
      return new Verdict.Refuted(claimed.complete(List.of(input)), outputs);
    }
    return truths.contains(Truth.UNDECIDED)
        ? new Verdict.Unknown("256 bits do not tell whether a sample breaks it")
        : new Verdict.Unknown("a sample breaks it in a batch, but not when it is run alone");
  }
}
