package dev.axiomml.interop.fuzz;

import dev.axiomml.core.error.AxiomException;

/** What a reader may do with any bytes: read them, or refuse them with a diagnosis. */
final class Refusals {
  private Refusals() {}

  /** Runs a reader; everything but a typed refusal is a finding. */
  static void allowed(Runnable reader) {
    try {
      reader.run();
    } catch (AxiomException refused) {
      if (refused.diagnosis().why().isBlank()) {
        throw new IllegalStateException("a refusal without a reason", refused);
      }
    }
  }
}
