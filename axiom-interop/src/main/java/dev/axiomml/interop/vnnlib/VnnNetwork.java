package dev.axiomml.interop.vnnlib;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network that a query declares.
 *
 * @param name its name
 * @param sameAs the network that it shares its structure or all of its weights with
 * @param inputs in order
 * @param hidden values inside of it, in order
 * @param outputs in order
 */
public record VnnNetwork(
    String name,
    Optional<String> sameAs,
    List<VnnTensor> inputs,
    List<VnnTensor> hidden,
    List<VnnTensor> outputs) {
  /** Copies the lists. */
  public VnnNetwork {
    inputs = List.copyOf(inputs);
    hidden = List.copyOf(hidden);
    outputs = List.copyOf(outputs);
  }

  /** All that it declares. */
  Stream<VnnTensor> tensors() {
    return Stream.of(inputs, hidden, outputs).flatMap(List::stream);
  }
}
