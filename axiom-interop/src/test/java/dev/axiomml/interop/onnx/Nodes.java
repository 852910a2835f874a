package dev.axiomml.interop.onnx;

import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.graph.RuntimeTypes;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A small ONNX file put together by a test, opset 25: inputs by type, weights, nodes, outputs. */
final class Nodes {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final List<String> made = new ArrayList<>();

  private int learned = 3;

  private Nodes() {}

  static Nodes of() {
    return new Nodes();
  }

  Nodes input(String name, Type type) {
    graph.addInput(ValueInfoProto.newBuilder().setName(name).setType(type(type)));
    return this;
  }

  Nodes weight(String name, Tensor tensor) {
    return weight(
        proto(tensor)
            .setName(name)
            .setRawData(com.google.protobuf.ByteString.copyFrom(TensorMemory.packed(tensor)))
            .build());
  }

  Nodes weight(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** A tensor's type and sizes, without its elements. */
  static TensorProto.Builder proto(Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder().setDataType(OnnxElementTypes.number(tensor.dtype()));
    for (int size : tensor.shape().sizes()) {
      proto.addDims(size);
    }
    return proto;
  }

  /** What the file says a value is. */
  Nodes declare(String name, Type type) {
    graph.addValueInfo(ValueInfoProto.newBuilder().setName(name).setType(type(type)));
    return this;
  }

  /**
   * A node that makes the values named before the arrow of the values after it: {@code "y < a b"}.
   */
  Nodes node(String op, String names, AttributeProto... settings) {
    String[] sides = names.split(" ?< ?", -1);
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(op);
    node.addAllOutput(List.of(sides[0].split(" ")));
    if (!sides[1].isEmpty()) {
      node.addAllInput(List.of(sides[1].split(" ", -1)));
    }
    graph.addNode(node.addAllAttribute(List.of(settings)));
    made.add(node.getOutput(0));
    return this;
  }

  /** Sets the version of {@code ai.onnx.ml}, 3 unless it is set. */
  Nodes learnedVersion(int version) {
    this.learned = version;
    return this;
  }

  /** The same of an operator of {@code ai.onnx.ml}. */
  Nodes learned(String op, String names, AttributeProto... settings) {
    return foreign("ai.onnx.ml", op, names, settings);
  }

  /** The same of an operator of another domain. */
  Nodes foreign(String domain, String op, String names, AttributeProto... settings) {
    node(op, names, settings);
    graph.getNodeBuilder(graph.getNodeCount() - 1).setDomain(domain);
    return this;
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  static AttributeProto wholes(String name, long... values) {
    AttributeProto.Builder all = named(name, AttributeType.INTS);
    LongStream.of(values).forEach(all::addInts);
    return all.build();
  }

  static AttributeProto floats(String name, float... values) {
    AttributeProto.Builder all = named(name, AttributeType.FLOATS);
    for (float value : values) {
      all.addFloats(value);
    }
    return all.build();
  }

  static AttributeProto texts(String name, String... values) {
    AttributeProto.Builder all = named(name, AttributeType.STRINGS);
    for (String value : values) {
      all.addStrings(com.google.protobuf.ByteString.copyFromUtf8(value));
    }
    return all.build();
  }

  static AttributeProto whole(String name, long value) {
    return named(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto number(String name, float value) {
    return named(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto text(String name, String value) {
    return named(name, AttributeType.STRING)
        .setS(com.google.protobuf.ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto graph(String name, Nodes body, String... outputs) {
    return named(name, AttributeType.GRAPH).setG(body.built(List.of(outputs))).build();
  }

  private GraphProto built(List<String> outputs) {
    GraphProto.Builder all = graph.clone();
    outputs.forEach(name -> all.addOutput(ValueInfoProto.newBuilder().setName(name)));
    return all.build();
  }

  /** The model whose outputs are the named values, else what the last node makes. */
  Model<?> load(Path folder, String... outputs) {
    return Onnx.load(write(folder, 25, outputs), Layout.AS_FILE);
  }

  /** The file of {@link #load} in an operator set. */
  Path write(Path folder, int opset, String... outputs) {
    List<String> names =
        outputs.length == 0 ? List.of(made.get(made.size() - 1)) : List.of(outputs);
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(10)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(learned))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("ai.onnx.preview.training").setVersion(1))
            .setGraph(built(names))
            .build();
    try {
      return Files.write(file(folder), model.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the model is that was written last. */
  static Path file(Path folder) {
    return folder.resolve("test.onnx");
  }

  /** What the last node makes of inputs, in their order. */
  RuntimeValue run(Path folder, RuntimeValue... in) {
    Model<?> model = load(folder);
    List<Type> types = new ArrayList<>();
    for (RuntimeValue datum : in) {
      types.add(RuntimeTypes.of(datum));
    }
    return new ReferenceBackend()
        .compile(model.inference(types), Compilation.DEFAULT)
        .run(List.of(in))
        .get(0);
  }

  private static TypeProto type(Type type) {
    if (type instanceof Type.OfSequence sequence) {
      return TypeProto.newBuilder()
          .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(type(sequence.element())))
          .build();
    }
    if (type instanceof Type.OfOptional optional) {
      return TypeProto.newBuilder()
          .setOptionalType(TypeProto.Optional.newBuilder().setElemType(type(optional.element())))
          .build();
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(OnnxElementTypes.number(type.dtype()));
    if (type.isTensor()) {
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      for (Dim dim : type.shape().dims()) {
        TensorShapeProto.Dimension.Builder size = TensorShapeProto.Dimension.newBuilder();
        shape.addDim(
            dim.isFixed() ? size.setDimValue(dim.value()) : size.setDimParam(dim.toString()));
      }
      tensor.setShape(shape);
    }
    return TypeProto.newBuilder().setTensorType(tensor).build();
  }
}
