package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;

/** The numbers that samples may hold: those that claims without a region speak of. */
record SampleDomain(Port port, Region.Range range) {
  private static final Region.Range FINITE = new Region.Range(-Double.MAX_VALUE, Double.MAX_VALUE);

  /** Those of a model's only free input. */
  static SampleDomain of(ClaimedGraph model) {
    Port port = model.ports().get(0);
    return new SampleDomain(port, port.domain().orElse(FINITE));
  }

  /**
   * Refuses samples outside.
   *
   * @param first the number of the first of them, from 0
   * @throws PropertyException naming sample and number
   */
  void require(Tensor samples, long first) {
    int width = samples.size() / Math.max(1, samples.shape().size(0));
    for (int i = 0; samples.dtype().isFloat() && i < samples.size(); i++) {
      double x = samples.doubleAt(i);
      if (!(range.low() <= x && x <= range.high())) {
        throw outside(first + i / width, x);
      }
    }
  }

  private PropertyException outside(long sample, double x) {
    String declared = port.domain().isPresent() ? "declared to lie in " + text() : "finite";
    return new PropertyException(
        new Diagnosis(
            "sample " + sample + " holds " + x,
            "data for input " + port.name(),
            "the inputs that are asked about are " + declared,
            "scale the samples as the model wants them, or declare the domain that they have"));
  }

  private String text() {
    return "[" + range.low() + ", " + range.high() + "]";
  }
}
