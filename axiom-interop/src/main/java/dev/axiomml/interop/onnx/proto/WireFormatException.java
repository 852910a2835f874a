package dev.axiomml.interop.onnx.proto;

import java.io.IOException;

/** Bytes that are no message of ONNX's, or one that says more than is known here. */
public final class WireFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private final String why;

  private WireFormatException(String what, String why) {
    super(what);
    this.why = why;
  }

  /** Bytes that protobuf cannot have written for this message. */
  static WireFormatException damaged(String what) {
    return new WireFormatException(what, "it is truncated, damaged or no protobuf message at all");
  }

  /** A message that is well-formed and not understood. */
  static WireFormatException notKnown(String what) {
    return new WireFormatException(what, "an unknown field could change what the model means");
  }

  /** The rule that is broken. */
  public String why() {
    return why;
  }
}
