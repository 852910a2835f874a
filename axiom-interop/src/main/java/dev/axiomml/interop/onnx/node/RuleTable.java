package dev.axiomml.interop.onnx.node;

import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.Optional;

/** The rules that nodes of files are emitted by. */
@FunctionalInterface
public interface RuleTable {
  /** The rule of a node; empty where there is none. */
  Optional<OnnxRule> of(NodeProto node);
}
