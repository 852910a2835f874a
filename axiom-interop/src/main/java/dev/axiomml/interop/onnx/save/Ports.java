package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.model.Port;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.schema.OnnxSchema.GraphProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorShapeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TypeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ValueInfoProto;
import java.util.List;

/**
 * The file's inputs and outputs.
 *
 * @param pen what is written with
 * @param names what values are called
 * @param graph what is written
 */
record Ports(Pen pen, Names names, GraphProto.Builder graph) {
  /** A new input, its axes in an order. */
  Written input(Port port, List<Integer> order, Refusals refusals) {
    String id = pen.sheet().id();
    if (!port.type().isTensor()) {
      refusals.add(
          "input " + port.name(),
          new Unwritable(port.type().toString(), "inputs are tensors", "take a tensor instead"));
      return Written.plain(id, port.type());
    }
    Written value = Written.plain(id, port.type()).moved(id, order);
    pen.sheet().port(id, port.name(), names);
    pen.sizes().learn(value);
    graph.addInput(described(port, value));
    return value;
  }

  /** A value as an output, its axes in an order. */
  void output(Port port, Written value, List<Integer> order) {
    Written laid = pen.laying().laid(value, order);
    String id = pen.laying().id(laid);
    boolean stored = pen.weights().all().containsKey(id);
    if (stored || !pen.sheet().port(id, port.name(), names)) {
      id = pen.sheet().one(port.name(), Call.of("Identity", id));
      pen.sheet().port(id, port.name(), names);
    }
    graph.addOutput(described(port, laid));
  }

  private ValueInfoProto described(Port port, Written value) {
    Type type = value.stored();
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(pen.number(type.dtype()));
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    type.shape().dims().forEach(dim -> shape.addDim(dim(dim)));
    return ValueInfoProto.newBuilder()
        .setName(port.name())
        .setType(TypeProto.newBuilder().setTensorType(tensor.setShape(shape)))
        .build();
  }

  /** A number or a symbol; a size computed from symbols is left open. */
  private static TensorShapeProto.Dimension.Builder dim(Dim dim) {
    TensorShapeProto.Dimension.Builder proto = TensorShapeProto.Dimension.newBuilder();
    if (dim.isFixed()) {
      return proto.setDimValue(dim.value());
    }
    String text = dim.toString();
    return text.matches("[A-Za-z_][A-Za-z0-9_.]*") ? proto.setDimParam(text) : proto;
  }
}
