package dev.axiomml.verify.bound;

/** The end of a computation whose time is over or that was cancelled; caught by the search. */
public final class StoppedComputation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Without a trace: it is no fault. */
  public StoppedComputation() {
    super("stopped", null, false, false);
  }
}
