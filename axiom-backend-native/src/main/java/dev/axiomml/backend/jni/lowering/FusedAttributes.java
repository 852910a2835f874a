package dev.axiomml.backend.jni.lowering;

/**
 * The attributes with which dense, conv and depthwise end: flags, opcode of the activation or 0,
 * its two parameters.
 */
public final class FusedAttributes {
  static final int BIAS = 1;
  static final int RESIDUAL = 2;
  public static final int LENGTH = 4;

  private FusedAttributes() {}

  static boolean canEnd(KernelOpcode opcode) {
    return opcode == KernelOpcode.DENSE
        || opcode == KernelOpcode.CONV
        || opcode == KernelOpcode.DEPTHWISE;
  }
}
