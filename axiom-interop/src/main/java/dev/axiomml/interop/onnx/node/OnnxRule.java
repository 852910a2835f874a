package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.ir.Value;
import java.util.List;

/** What an operator of a file becomes. */
@FunctionalInterface
public interface OnnxRule {
  /**
   * Emits core operators for a node and answers its outputs, at least as many as the node names.
   */
  List<Value> emit(OnnxNodeContext at);
}
