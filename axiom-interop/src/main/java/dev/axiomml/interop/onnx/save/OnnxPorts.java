package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.model.Port;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.TensorShapeProto;
import dev.axiomml.interop.onnx.proto.TensorShapeProto.Dimension;
import dev.axiomml.interop.onnx.proto.TypeProto;
import dev.axiomml.interop.onnx.proto.ValueInfoProto;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.OnnxNames;
import dev.axiomml.interop.onnx.save.node.OnnxPen;
import dev.axiomml.interop.onnx.save.node.UnwritableNode;
import dev.axiomml.interop.onnx.save.node.WrittenValue;
import java.util.ArrayList;
import java.util.List;

/** The file's inputs and outputs while it is written. */
final class OnnxPorts {
  private final OnnxPen pen;
  private final OnnxNames names;
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();

  /** With a pen, and what values are called. */
  OnnxPorts(OnnxPen pen, OnnxNames names) {
    this.pen = pen;
    this.names = names;
  }

  /** A graph of the inputs and outputs, without its nodes. */
  GraphProto graph(String name) {
    return GraphProto.of(name).withInputs(inputs).withOutputs(outputs);
  }

  /** A new input, its axes in an order. */
  WrittenValue input(Port port, List<Integer> order, WriteRefusals refusals) {
    String id = pen.sheet().id();
    if (!port.type().isTensor()) {
      refusals.add(
          "input " + port.name(),
          new UnwritableNode(
              port.type().toString(), "inputs are tensors", "take a tensor instead"));
      return WrittenValue.plain(id, port.type());
    }
    WrittenValue value = WrittenValue.plain(id, port.type()).moved(id, order);
    pen.sheet().port(id, port.name(), names);
    pen.sizes().learn(value);
    inputs.add(described(port, value));
    return value;
  }

  /** A value as an output, its axes in an order. */
  void output(Port port, WrittenValue value, List<Integer> order) {
    WrittenValue laid = pen.laying().laid(value, order);
    String id = pen.laying().id(laid);
    boolean stored = pen.weights().all().containsKey(id);
    if (stored || !pen.sheet().port(id, port.name(), names)) {
      id = pen.sheet().one(port.name(), OnnxCall.of("Identity", id));
      pen.sheet().port(id, port.name(), names);
    }
    outputs.add(described(port, laid));
  }

  private ValueInfoProto described(Port port, WrittenValue value) {
    Type type = value.stored();
    if (!type.isTensor()) {
      return ValueInfoProto.of(port.name(), TypeProto.of(OnnxElementTypes.number(type.dtype())));
    }
    List<Dimension> sizes = type.shape().dims().stream().map(OnnxPorts::dim).toList();
    return ValueInfoProto.of(
        port.name(),
        TypeProto.of(OnnxElementTypes.number(type.dtype()), TensorShapeProto.of(sizes)));
  }

  /** A number or a symbol; a size computed from symbols is left open. */
  private static Dimension dim(Dim dim) {
    if (dim.isFixed()) {
      return Dimension.of(dim.value());
    }
    String text = dim.toString();
    return text.matches("[A-Za-z_][A-Za-z0-9_.]*") ? Dimension.of(text) : Dimension.open();
  }
}
