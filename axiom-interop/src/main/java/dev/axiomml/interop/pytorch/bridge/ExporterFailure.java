package dev.axiomml.interop.pytorch.bridge;

/** A run of the exporter that gave no model; never leaves this package but as a cause. */
final class ExporterFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String why;

  ExporterFailure(String what, String lastLines) {
    super(what + ": " + lastLines);
    this.what = what;
    this.why = lastLines;
  }

  /** What ended it. */
  String what() {
    return what;
  }

  /** The last lines it printed. */
  String why() {
    return why;
  }
}
