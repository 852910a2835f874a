package dev.axiomml.interop.onnx;

import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.FunctionProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.GraphProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bodies of functions with the settings of a call written into them. */
final class Functions {
  private final Map<String, AttributeProto> settings = new HashMap<>();

  private Functions(FunctionProto function, NodeProto call) {
    function.getAttributeProtoList().forEach(a -> settings.put(a.getName(), a));
    call.getAttributeList().forEach(a -> settings.put(a.getName(), a));
  }

  /** The nodes of a call. */
  static List<NodeProto> body(FunctionProto function, NodeProto call) {
    Functions functions = new Functions(function, call);
    return function.getNodeList().stream().map(functions::node).toList();
  }

  private NodeProto node(NodeProto node) {
    NodeProto.Builder filled = node.toBuilder().clearAttribute();
    node.getAttributeList().forEach(a -> attribute(a).ifPresent(filled::addAttribute));
    return filled.build();
  }

  private Optional<AttributeProto> attribute(AttributeProto attribute) {
    if (attribute.getRefAttrName().isEmpty()) {
      return Optional.of(
          attribute.hasG()
              ? attribute.toBuilder().setG(graph(attribute.getG())).build()
              : attribute);
    }
    return Optional.ofNullable(settings.get(attribute.getRefAttrName()))
        .map(given -> given.toBuilder().setName(attribute.getName()).build());
  }

  private GraphProto graph(GraphProto graph) {
    GraphProto.Builder filled = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> filled.addNode(node(node)));
    return filled.build();
  }
}
