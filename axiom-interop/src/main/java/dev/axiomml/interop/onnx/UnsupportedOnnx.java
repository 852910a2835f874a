package dev.axiomml.interop.onnx;

import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.FunctionProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists what a file wants that is not known, all of it before anything is read. */
final class UnsupportedOnnx {
  private static final int NEWEST = 28;
  private static final int SHOWN = 12;

  private final OnnxFile file;
  private final Map<String, List<String>> nodes = new LinkedHashMap<>();

  private UnsupportedOnnx(OnnxFile file) {
    this.file = file;
  }

  /** Refuses a file with operators or operator sets that are not known. */
  static void refuse(OnnxFile file) {
    int opset = file.opsets().getOrDefault("", 1);
    if (opset > NEWEST || opset < 1) {
      throw OnnxFile.bad(
          file.path(),
          "opset " + opset,
          "operator sets 1 to " + NEWEST + " are known",
          "export it again with opset_version=" + 20);
    }
    UnsupportedOnnx found = new UnsupportedOnnx(file);
    found.look(file.model().getGraph().getNodeList());
    file.functions().values().stream().map(FunctionProto::getNodeList).forEach(found::look);
    found.report(opset);
  }

  private void look(List<NodeProto> list) {
    for (NodeProto node : list) {
      if (OnnxRules.of(node).isEmpty() && file.function(node).isEmpty()) {
        String domain = OnnxFile.domain(node);
        String called = domain.isEmpty() ? node.getOpType() : domain + "." + node.getOpType();
        nodes.computeIfAbsent(called, k -> new ArrayList<>()).add(name(node));
      }
      for (AttributeProto attribute : node.getAttributeList()) {
        look(attribute.getG().getNodeList());
        attribute.getGraphsList().forEach(graph -> look(graph.getNodeList()));
      }
    }
  }

  private static String name(NodeProto node) {
    return node.getName().isEmpty() ? String.join(", ", node.getOutputList()) : node.getName();
  }

  private void report(int opset) {
    if (nodes.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    nodes.forEach((op, names) -> lines.add(op + " (" + shown(names) + ")"));
    boolean blocked = nodes.keySet().stream().anyMatch(op -> op.startsWith("com.microsoft.nchwc."));
    throw OnnxFile.bad(
        file.path(),
        "unsupported operators in opset " + opset + ": " + shown(lines),
        "there is no rule for them, and nothing is run that is not understood",
        blocked
            ? "they are made for one processor: optimise with level extended instead of all"
            : "export the model without them, or ask for a rule");
  }

  private static String shown(List<String> all) {
    return all.size() <= SHOWN
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, SHOWN)) + " and " + (all.size() - SHOWN) + " more";
  }
}
