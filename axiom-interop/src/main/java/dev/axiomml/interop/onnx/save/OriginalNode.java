package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.List;

/** An operator that is a node of an ONNX file, to be written as that node. */
public interface OriginalNode {
  /** The node, with its settings. */
  NodeProto node();

  /** The operator set it is from, of the node's domain. */
  int version();

  /** Which of the node's operands are there. */
  List<Boolean> present();

  /** What it answers. */
  List<Type> types();
}
