package dev.axiomml.interop.fuzz;

import java.util.Map;
import java.util.Optional;

/** Operators on which ONNX Runtime's answer is not the standard's, each with the reason. */
final class OnnxExcuses {
  private static final Map<String, String> TABLE = Map.of();

  private OnnxExcuses() {}

  static Optional<String> of(OnnxNodeCase node) {
    return Optional.ofNullable(TABLE.get(node.op()));
  }
}
