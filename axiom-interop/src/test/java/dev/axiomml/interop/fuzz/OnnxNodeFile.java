package dev.axiomml.interop.fuzz;

import com.google.protobuf.ByteString;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto.AttributeType;
import dev.axiomml.interop.onnx.schema.OnnxSchema.GraphProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ModelProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.NodeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.OperatorSetIdProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorShapeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TypeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The bytes of a file of few nodes. */
final class OnnxNodeFile {
  private static final Map<DType, Integer> NUMBERS =
      Map.of(
          DType.FLOAT32, 1,
          DType.UINT8, 2,
          DType.INT8, 3,
          DType.INT16, 5,
          DType.INT32, 6,
          DType.INT64, 7,
          DType.BOOL, 9,
          DType.FLOAT64, 11);

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("random");

  /** An input; a size that {@code symbols} has a name for is free. */
  OnnxNodeFile input(String name, Tensor tensor, Function<Integer, Optional<String>> symbols) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < tensor.shape().rank(); axis++) {
      TensorShapeProto.Dimension.Builder size = TensorShapeProto.Dimension.newBuilder();
      Optional<String> free = symbols.apply(axis);
      free.ifPresentOrElse(size::setDimParam, sized(size, tensor.shape(), axis));
      shape.addDim(size);
    }
    graph.addInput(info(name, NUMBERS.get(tensor.dtype()), shape));
    return this;
  }

  private static Runnable sized(TensorShapeProto.Dimension.Builder size, Shape shape, int axis) {
    return () -> size.setDimValue(shape.dim(axis).value());
  }

  private static ValueInfoProto info(String name, int number, TensorShapeProto.Builder shape) {
    TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(number);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type.setShape(shape)))
        .build();
  }

  OnnxNodeFile weight(String name, Tensor tensor) {
    graph.addInitializer(proto(tensor).setName(name));
    return this;
  }

  private static TensorProto.Builder proto(Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setDataType(NUMBERS.get(tensor.dtype()))
            .setRawData(ByteString.copyFrom(TensorMemory.packed(tensor)));
    Arrays.stream(tensor.shape().sizes()).forEach(proto::addDims);
    return proto;
  }

  OnnxNodeFile node(OnnxDraft draft, List<String> in, List<String> out) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(draft.op());
    node.setDomain(draft.domain()).addAllInput(in).addAllOutput(out);
    draft.settings().forEach((name, value) -> node.addAttribute(attribute(name, value)));
    graph.addNode(node);
    return this;
  }

  OnnxNodeFile node(String op, String in, String out) {
    graph.addNode(
        NodeProto.newBuilder().setOpType(op).addAllInput(List.of(in.split(" "))).addOutput(out));
    return this;
  }

  /** A result whose type is left to who reads the file. */
  OnnxNodeFile output(String name) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    return this;
  }

  /** A result, or a value between, of a stated type. */
  OnnxNodeFile stated(String name, Tensor like, boolean output) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : like.shape().sizes()) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    ValueInfoProto info = info(name, NUMBERS.get(like.dtype()), shape);
    if (output) {
      graph.addOutput(info);
    } else {
      graph.addValueInfo(info);
    }
    return this;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder made = AttributeProto.newBuilder().setName(name);
    if (value instanceof Float number) {
      return made.setType(AttributeType.FLOAT).setF(number).build();
    }
    if (value instanceof String text) {
      return made.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text)).build();
    }
    if (value instanceof long[] wholes) {
      Arrays.stream(wholes).forEach(made::addInts);
      return made.setType(AttributeType.INTS).build();
    }
    if (value instanceof float[] numbers) {
      for (float number : numbers) {
        made.addFloats(number);
      }
      return made.setType(AttributeType.FLOATS).build();
    }
    if (value instanceof List<?> texts) {
      texts.forEach(text -> made.addStrings(ByteString.copyFromUtf8((String) text)));
      return made.setType(AttributeType.STRINGS).build();
    }
    if (value instanceof Tensor tensor) {
      return made.setType(AttributeType.TENSOR).setT(proto(tensor)).build();
    }
    return made.setType(AttributeType.INT).setI(((Number) value).longValue()).build();
  }

  byte[] bytes(int opset) {
    return ModelProto.newBuilder()
        .setIrVersion(9)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
