package dev.axiomml.verify.attack;

import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * Inputs that break a claim, and what the model answered for them when it was run again.
 *
 * @param inputs one sample each, with batch axis
 * @param outputs all outputs
 */
public record AttackWitness(List<Tensor> inputs, List<Tensor> outputs) {
  /** Copies the lists. */
  public AttackWitness {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
