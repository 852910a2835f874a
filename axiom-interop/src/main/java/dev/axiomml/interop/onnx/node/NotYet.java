package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.error.ModelImportException;

/** A rule wanted an operand before the graph runs that is known only while it runs. */
public final class NotYet extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ModelImportException refusal;

  public NotYet(ModelImportException refusal) {
    super(refusal.getMessage(), refusal);
    this.refusal = refusal;
  }

  /** What to say when the node cannot wait either. */
  public ModelImportException refusal() {
    return refusal;
  }
}
