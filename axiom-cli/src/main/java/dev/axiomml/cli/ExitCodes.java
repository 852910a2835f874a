package dev.axiomml.cli;

/** Exit codes. */
final class ExitCodes {
  /** Everything asked for is so. */
  static final int OK = 0;

  /** A claim is refuted, a certificate is not valid, numbers differ. */
  static final int NO = 1;

  /** A claim could not be decided, or there was none. */
  static final int UNKNOWN = 2;

  /** The input is bad; one message says what, where, why and how to mend it. */
  static final int BAD_INPUT = 64;

  /** A fault of Axiom itself. */
  static final int FAULT = 70;

  /** Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
