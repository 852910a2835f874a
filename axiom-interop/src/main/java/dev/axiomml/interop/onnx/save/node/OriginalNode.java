package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.List;

/** An operator that is a node of an ONNX file, to be written as that node. */
public interface OriginalNode {
  /** The node, with its settings. */
  NodeProto node();

  /** The operator set it is from, of the node's domain. */
  int version();

  /** For each operand that the node lists, which of this operator's it is; −1 where it has none. */
  List<Integer> places();

  /** Whether the node can be written by itself. */
  boolean isAlone();

  /** Whether another operator set says the same of it. */
  boolean isAlike(int opset);

  /** What it answers. */
  List<Type> types();
}
