package dev.axiomml.verify.cert;

/** What a statement about a network speaks of. */
public enum ProofSemantics {
  /** The float32 program: any order of summation, with or without fused multiply-add. */
  FLOAT32("float32 execution, any summation order"),
  /** The network as a function of real numbers; what a program rounds is left out. */
  REAL("real arithmetic, rounding left out");

  private final String text;

  ProofSemantics(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
