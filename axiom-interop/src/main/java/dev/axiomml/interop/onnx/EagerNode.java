package dev.axiomml.interop.onnx;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.pass.ConstantFolding;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.SpatialValues;
import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node that is run at once on known values.
 *
 * @param file the file it is from
 * @param opsets the operator sets it speaks
 * @param node the node
 */
record EagerNode(OnnxFile file, Map<String, Integer> opsets, NodeProto node) {
  EagerNode {
    opsets = Map.copyOf(opsets);
  }

  /** Its outputs, those without a name left out. */
  List<RuntimeValue> run(Map<String, RuntimeValue> operands) {
    GraphBuilder builder = Graph.builder();
    ConstantFolding folding = new ConstantFolding(builder);
    OnnxGraphImport importing =
        OnnxGraphImport.of(file, folding, new SpatialValues()).under(opsets);
    operands.forEach(
        (name, datum) ->
            importing.bind(
                name,
                datum instanceof Tensor tensor
                    ? folding.constant(name, tensor)
                    : importing.bundles().value(datum)));
    importing.step(node);
    List<Value> outputs =
        node.getOutputList().stream()
            .filter(name -> !name.isEmpty())
            .map(importing::required)
            .toList();
    return builder.build(outputs).read(List.of(), new Interpreter());
  }

  /**
   * The node's operators over operands of which some are known.
   *
   * @param operands all by name, in order; those that are not known become the inputs
   * @throws NotYet where what is known does not tell which operators
   */
  Graph graph(Map<String, Type> operands, Map<String, Tensor> known) {
    GraphBuilder builder = Graph.builder();
    ConstantFolding folding = new ConstantFolding(builder);
    OnnxGraphImport importing =
        OnnxGraphImport.of(file, folding, new SpatialValues()).under(opsets);
    operands.forEach(
        (name, type) -> {
          Tensor tensor = known.get(name);
          importing.bind(
              name, tensor == null ? builder.input(name, type) : folding.constant(name, tensor));
        });
    importing.step(node);
    return builder.build(
        node.getOutputList().stream()
            .filter(name -> !name.isEmpty())
            .map(importing::required)
            .toList());
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
        .map(proto -> proto.withRawData(new OnnxTensors(file).read(proto).asBytes()))
        .forEach(proto -> all.add(proto.toString()));
    graph.getNodeList().stream()
        .flatMap(inner -> inner.getAttributeList().stream())
        .flatMap(attribute -> graphs(attribute).stream())
        .forEach(below -> all.addAll(beside(below)));
    return all;
  }

  /** A type of a datum; of an empty sequence it says little. */
  static Type type(RuntimeValue datum) {
    if (datum instanceof Tensor tensor) {
      return tensor.type();
    }
    if (datum instanceof RuntimeValue.Maybe maybe) {
      return new Type.OfOptional(maybe.value().map(EagerNode::type).orElseGet(EagerNode::anything));
    }
    List<RuntimeValue> elements = ((RuntimeValue.Sequence) datum).elements();
    return new Type.OfSequence(elements.isEmpty() ? anything() : type(elements.get(0)));
  }

  private static Type anything() {
    return new Type.OfElements(DType.FLOAT32);
  }
}
