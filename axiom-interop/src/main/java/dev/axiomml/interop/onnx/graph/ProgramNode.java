package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxFile;
import dev.axiomml.interop.onnx.node.NodeScope;
import dev.axiomml.interop.onnx.node.NotYet;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.RuleTable;
import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node of a file by itself: what its rule makes of operands.
 *
 * @param file the file it is from
 * @param rules what it and its subgraphs are emitted by
 * @param opsets the operator sets it speaks
 * @param node the node
 */
record ProgramNode(OnnxFile file, RuleTable rules, Map<String, Integer> opsets, NodeProto node) {
  ProgramNode {
    opsets = Map.copyOf(opsets);
  }

  /** A node that is being emitted. */
  static ProgramNode of(OnnxNodeContext site) {
    NodeScope scope = site.importing();
    return new ProgramNode(scope.file(), scope.rules(), scope.opsets(), site.node());
  }

  /** The node's outputs by name, those that are left out not among them. */
  List<String> outputs() {
    return node.getOutputList().stream().filter(name -> !name.isEmpty()).toList();
  }

  /**
   * The node's operators over operands of which some are known.
   *
   * @param operands all by name, in order; those that are not known become the inputs
   * @throws NotYet where what is known does not tell which operators
   */
  Graph graph(Map<String, Type> operands, Map<String, ? extends RuntimeValue> known) {
    GraphBuilder builder = Graph.builder();
    ConstantFolding folding = new ConstantFolding(builder);
    OnnxGraphImport importing = OnnxGraphImport.alone(this, folding);
    operands.forEach(
        (name, type) -> {
          RuntimeValue value = known.get(name);
          importing.bind(
              name,
              value == null
                  ? builder.input(name, type)
                  : value instanceof Tensor tensor
                      ? folding.constant(name, tensor)
                      : importing.bundles().value(value));
        });
    importing.step(node);
    return builder.build(outputs().stream().map(importing::required).toList());
  }

  /** Whether a graph still waits for what tells the node's operators. */
  boolean isOpen(Graph emitted) {
    return emitted.nodes().stream()
        .anyMatch(
            inner ->
                inner.op() instanceof DeferredSettings other && other.call().node().equals(node));
  }

  /** By what it says and by what it reads beside the file, not by where that lies. */
  @Override
  public String toString() {
    return node
        + " "
        + new TreeMap<>(opsets)
        + " "
        + new TreeMap<>(file.functions())
        + node.getAttributeList().stream()
            .flatMap(a -> graphs(a).stream())
            .map(this::beside)
            .toList();
  }

  private static List<GraphProto> graphs(AttributeProto attribute) {
    return attribute.hasG() ? List.of(attribute.getG()) : attribute.getGraphsList();
  }

  /** The tensors that a graph holds in other files, as if they stood in this one. */
  private List<String> beside(GraphProto graph) {
    List<String> all = new ArrayList<>();
    graph.getInitializerList().stream()
        .filter(proto -> !proto.getExternalDataList().isEmpty())
        .map(proto -> proto.withRawData(file.tensors().of(proto).asBytes()))
        .forEach(proto -> all.add(proto.toString()));
    graph.getNodeList().stream()
        .flatMap(inner -> inner.getAttributeList().stream())
        .flatMap(attribute -> graphs(attribute).stream())
        .forEach(below -> all.addAll(beside(below)));
    return all;
  }
}
