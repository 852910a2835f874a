package dev.axiomml.verify;

import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.Theorem;
import java.util.List;
import java.util.Optional;

/**
 * All that is asked about a model at once.
 *
 * @param <O> what the model's first output is
 * @param theorems claims about all inputs of a region
 * @param properties what predictions shall keep: proved or refuted on the declared domain, else
 *     tested
 * @param data the samples to test on
 */
public record VerificationRequest<O extends Output>(
    List<? extends Theorem<? super O>> theorems,
    List<? extends Property<? super O>> properties,
    Optional<DataLoader> data) {
  /** Copies the lists. */
  public VerificationRequest {
    theorems = List.copyOf(theorems);
    properties = List.copyOf(properties);
  }

  /** How many claims it makes. */
  public int size() {
    return theorems.size() + properties.size();
  }
}
