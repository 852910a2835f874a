package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.op.Op;
import dev.axiomml.interop.onnx.proto.NodeProto;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.OriginalNode;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import dev.axiomml.interop.onnx.save.rules.ReduceRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes of files written as they were, where the operator set says the same of them. */
final class OriginalNodes {
  /** What is written for them. */
  static final WriteRule<Op> ROW = WriteRule.of(WriteRule.Lie.ANY, OriginalNodes::write);

  /** From which operator set on an operator is what it is in opset 17. */
  private static final Map<String, Integer> ALIKE =
      Map.ofEntries(
          Map.entry("Compress", 9),
          Map.entry("Det", 11),
          Map.entry("EyeLike", 9),
          Map.entry("MaxPool", 8),
          Map.entry("NonMaxSuppression", 10),
          Map.entry("ReduceL1", 1),
          Map.entry("ReduceL2", 1),
          Map.entry("ReduceLogSumExp", 1),
          Map.entry("ReduceMax", 1),
          Map.entry("ReduceMean", 1),
          Map.entry("ReduceMin", 1),
          Map.entry("ReduceProd", 1),
          Map.entry("ReduceSum", 13),
          Map.entry("ReduceSumSquare", 1),
          Map.entry("ReverseSequence", 10),
          Map.entry("RoiAlign", 16),
          Map.entry("StringNormalizer", 10),
          Map.entry("TfIdfVectorizer", 9),
          Map.entry("Unique", 11),
          Map.entry("Where", 9));

  private OriginalNodes() {}

  /** The least operator set to write a node in. */
  static int since(OriginalNode original) {
    return domain(original).isEmpty()
        ? Math.max(WriteRule.OPSET, original.version())
        : WriteRule.OPSET;
  }

  private static String domain(OriginalNode original) {
    String domain = original.node().getDomain();
    return domain.equals("ai.onnx") ? "" : domain;
  }

  private static List<String> write(Op op, WriteContext at) {
    OriginalNode original = (OriginalNode) op;
    String domain = domain(original);
    if (domain.isEmpty()) {
      requireAlike(original, at);
    } else if (at.uses(domain, original.version()) != original.version()) {
      throw at.refuse(
          original.node().getOpType() + " of " + domain + " " + original.version(),
          "a file holds one version of a domain, and another node is of another");
    }
    List<String> in = new ArrayList<>();
    for (int place : original.places()) {
      in.add(place < 0 ? "" : at.in(place));
    }
    NodeProto node = original.node();
    OnnxCall call = new OnnxCall(node.getOpType(), in, node.getAttributeList(), domain);
    return at.all(call, original.types().size());
  }

  private static void requireAlike(OriginalNode original, WriteContext at) {
    String type = original.node().getOpType();
    boolean alike =
        original.version() >= ALIKE.getOrDefault(type, WriteRule.OPSET)
            || original.isAlike(at.opset());
    boolean axesMoved =
        type.startsWith("Reduce")
            && !type.equals("ReduceSum")
            && original.version() < ReduceRows.AXES
            && at.opset() >= ReduceRows.AXES;
    if (!alike || axesMoved) {
      throw at.refuse(
          type + " of opset " + original.version(),
          "it may mean something else in opset " + at.opset() + ", which is written");
    }
  }
}
