package dev.axiomml.interop.onnx.save;

/** Why one node cannot be written; the writer collects them and refuses the model with all. */
final class UnwritableNode extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String fix;

  UnwritableNode(String what, String why, String fix) {
    super(what);
    this.why = why;
    this.fix = fix;
  }

  String what() {
    return String.valueOf(getMessage());
  }

  String why() {
    return why;
  }

  String fix() {
    return fix;
  }
}
