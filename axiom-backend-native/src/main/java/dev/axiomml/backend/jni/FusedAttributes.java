package dev.axiomml.backend.jni;

/**
 * The attributes with which dense, conv and depthwise end: flags, opcode of the activation or 0,
 * its two parameters.
 */
final class FusedAttributes {
  static final int BIAS = 1;
  static final int RESIDUAL = 2;
  static final int LENGTH = 4;

  private FusedAttributes() {}

  static boolean canEnd(KernelOpcode opcode) {
    return opcode == KernelOpcode.DENSE
        || opcode == KernelOpcode.CONV
        || opcode == KernelOpcode.DEPTHWISE;
  }
}
