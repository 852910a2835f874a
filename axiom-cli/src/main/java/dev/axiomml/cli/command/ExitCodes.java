package dev.axiomml.cli.command;

/** Exit codes. */
public final class ExitCodes {
  /** Everything asked for is so. */
  public static final int OK = 0;

  /** A claim is refuted, a certificate is not valid, numbers differ. */
  public static final int NO = 1;

  /** A claim could not be decided, or there was none. */
  public static final int UNKNOWN = 2;

  /** The input is bad; one message says what, where, why and how to mend it. */
  public static final int BAD_INPUT = 64;

  /** A fault of Axiom itself. */
  public static final int FAULT = 70;

  /** Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
