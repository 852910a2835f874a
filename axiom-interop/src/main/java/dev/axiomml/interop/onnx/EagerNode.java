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
import dev.axiomml.interop.onnx.proto.NodeProto;
import java.util.List;
import java.util.Map;

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
