package dev.axiomml.interop.onnx.save.node;

/** Why one node cannot be written; the writer collects them and refuses the model with all. */
public final class UnwritableNode extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String fix;

  public UnwritableNode(String what, String why, String fix) {
    super(what);
    this.why = why;
    this.fix = fix;
  }

  public String what() {
    return String.valueOf(getMessage());
  }

  public String why() {
    return why;
  }

  public String fix() {
    return fix;
  }
}
