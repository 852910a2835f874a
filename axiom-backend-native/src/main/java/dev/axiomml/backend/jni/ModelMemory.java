package dev.axiomml.backend.jni;

/** What the plans of one model share. */
record ModelMemory(WeightBlocks weights, WorkMemory work) {
  /** Of no plan yet. */
  ModelMemory() {
    this(new WeightBlocks(), new WorkMemory());
  }
}
