package dev.axiomml.interop.onnx.graph;

import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.FunctionProto;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bodies of functions with the settings of a call written into them. */
final class FunctionBodies {
  private final Map<String, AttributeProto> settings = new HashMap<>();

  private FunctionBodies(FunctionProto function, NodeProto call) {
    function.getAttributeProtoList().forEach(a -> settings.put(a.getName(), a));
    call.getAttributeList().forEach(a -> settings.put(a.getName(), a));
  }

  /** The nodes of a call. */
  static List<NodeProto> body(FunctionProto function, NodeProto call) {
    FunctionBodies functions = new FunctionBodies(function, call);
    return function.getNodeList().stream().map(functions::node).toList();
  }

  private NodeProto node(NodeProto node) {
    List<AttributeProto> filled = new ArrayList<>();
    node.getAttributeList().forEach(a -> attribute(a).ifPresent(filled::add));
    return node.withAttributes(filled);
  }

  private Optional<AttributeProto> attribute(AttributeProto attribute) {
    if (attribute.getRefAttrName().isEmpty()) {
      return Optional.of(attribute.hasG() ? attribute.withG(graph(attribute.getG())) : attribute);
    }
    return Optional.ofNullable(settings.get(attribute.getRefAttrName()))
        .map(given -> given.withName(attribute.getName()));
  }

  private GraphProto graph(GraphProto graph) {
    return graph.withNodes(graph.getNodeList().stream().map(this::node).toList());
  }
}
