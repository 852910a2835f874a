package dev.axiomml.backend.jni;

/**
 * The attributes with which dense, conv and depthwise end: flags, opcode of the activation or 0,
 * its two parameters.
 */
final class Fused {
  static final int BIAS = 1;
  static final int RESIDUAL = 2;
  static final int LENGTH = 4;

  private Fused() {}

  static boolean canEnd(Opcode opcode) {
    return opcode == Opcode.DENSE || opcode == Opcode.CONV || opcode == Opcode.DEPTHWISE;
  }
}
