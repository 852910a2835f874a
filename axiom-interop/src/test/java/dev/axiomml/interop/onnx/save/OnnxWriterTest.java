package dev.axiomml.interop.onnx.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.Embedding;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.onnx.schema.OnnxSchema.GraphProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ModelProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.NodeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a written file looks like. */
class OnnxWriterTest {
  private static final Dim N = Dim.symbol("N");

  @TempDir Path folder;

  @Test
  void an_image_network_has_channels_first_names_and_no_transpose_before_its_flatten()
      throws Exception {
    Model<?> model = digits(false);
    Path file = saved(model);
    GraphProto graph = read(file).getGraph();
    assertThat(types(graph))
        .containsExactly("Conv", "BatchNormalization", "Relu", "Transpose", "Reshape", "Gemm");
    assertThat(graph.getNodeList()).extracting(NodeProto::getName).contains("conv1", "bn1", "fc");
    assertThat(graph.getInput(0).getName()).isEqualTo("image");
    assertThat(dims(graph)).containsExactly("N", "2", "6", "5");
    assertThat(graph.getOutput(0).getName()).isEqualTo("scores");
    assertThat(graph.getInitializerList())
        .extracting(TensorProto::getName)
        .contains("conv1.weight", "bn1.running_mean", "fc.weight", "fc.bias");
    assertThat(weight(graph, "conv1.weight").getDimsList()).containsExactly(4L, 2L, 3L, 3L);
    assertThat(weight(graph, "fc.weight").getDimsList()).containsExactly(3L, 48L);
    agrees(model, file);
  }

  @Test
  void the_own_order_of_axes_is_kept_when_asked_for() throws Exception {
    Model<?> model = digits(false);
    Path file = folder.resolve("own.onnx");
    Onnx.save(model, file, Layout.CHANNELS_LAST);
    assertThat(dims(read(file).getGraph())).containsExactly("N", "6", "5", "2");
    Tensor x = Tensor.random(Shape.of(3, 6, 5, 2), 5, -1, 1);
    Close.ELSEWHERE.check(OtherRuntime.run(file, List.of(x)), List.of(model.predict(x)));
  }

  @Test
  void dropout_leaves_no_node_and_an_output_that_is_an_input_becomes_an_identity()
      throws Exception {
    Model<?> model = one(new Dropout(0.5), Shape.of(N, Dim.of(3)));
    Path file = saved(model);
    assertThat(types(read(file).getGraph())).containsExactly("Identity");
    Tensor x = Tensor.random(Shape.of(2, 3), 6, -1, 1);
    Close.SAME.check(OtherRuntime.run(file, List.of(x)), List.of(x));
  }

  @Test
  void a_tied_weight_is_stored_once() throws Exception {
    Tensor table = Tensor.random(Shape.of(7, 4), 7, -1, 1);
    GraphBuilder builder = Graph.builder();
    Value ids = builder.input("ids", Type.of(Shape.of(N, Dim.of(2)), DType.INT64));
    Parameter rows = new Parameter("tokens.weight", table);
    Value words = builder.parameter(rows);
    Value x = builder.add("tokens", new Embedding(), List.of(ids, words)).get(0);
    Value turned = builder.parameter(rows.with(table.permute(1, 0)));
    Model<?> model = model(builder.build(builder.add("head", new Dense(), List.of(x, turned))));
    Path file = saved(model);
    GraphProto graph = read(file).getGraph();
    assertThat(types(graph)).containsExactly("Gather", "Transpose", "MatMul");
    assertThat(graph.getInitializerList())
        .extracting(TensorProto::getName)
        .containsExactly("tokens.weight");
    Tensor in = Tensor.ofLongs(Shape.of(3, 2), 0, 6, 2, 3, 1, 1);
    Close.ELSEWHERE.check(OtherRuntime.run(file, List.of(in)), model.predictAll(List.of(in)));
    Close.SAME.check(Onnx.load(file).predictAll(List.of(in)), model.predictAll(List.of(in)));
  }

  @Test
  void sizes_that_are_not_known_are_computed() throws Exception {
    Dim t = Dim.symbol("T");
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(Shape.of(N, t, Dim.of(4))));
    Value pairs =
        builder.add("pairs", new Reshape(Shape.of(N.times(2), t, Dim.of(2))), List.of(x)).get(0);
    Value tail = builder.add("tail", new Slice(1, t.plus(-2), Dim.of(2), 1), List.of(pairs)).get(0);
    Value half =
        builder
            .add("half", new Slice(1, t.floorDiv(3), t.minus(t.floorDiv(3)), 1), List.of(pairs))
            .get(0);
    Model<?> model = model(builder.build(List.of(tail, half)));
    Path file = saved(model);
    for (int steps : new int[] {4, 9}) {
      List<Tensor> in = List.of(Tensor.random(Shape.of(2, steps, 4), steps, -1, 1));
      Close.SAME.check(OtherRuntime.run(file, in), model.predictAll(in));
      Close.SAME.check(Onnx.load(file).predictAll(in), model.predictAll(in));
    }
  }

  @Test
  void many_weights_go_to_a_file_of_their_own() throws Exception {
    Model<?> model = digits(true);
    Path file = folder.resolve("large.onnx");
    new OnnxWriter(Layout.AS_FILE, 100).write(model, file);
    assertThat(Files.size(folder.resolve("large.onnx.data"))).isEqualTo(4 * 49 * 1000);
    assertThat(Files.size(file)).isLessThan(4_000);
    agrees(model, file);
  }

  @Test
  void everything_that_cannot_be_written_is_listed_and_nothing_is_left_behind() throws Exception {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.of(Shape.of(2), DType.INT32));
    Value strange = builder.add("strange", new Strange(), List.of(x)).get(0);
    Value stranger = builder.add("stranger", new Strange(), List.of(strange)).get(0);
    Model<?> model = model(builder.build(List.of(stranger)));
    Path file = folder.resolve("none.onnx");
    ModelExportException e =
        catchThrowableOfType(ModelExportException.class, () -> Onnx.save(model, file));
    assertThat(e.diagnosis().what())
        .isEqualTo("ONNX cannot hold strange (Strange), stranger (Strange)");
    assertThat(e.diagnosis().where()).isEqualTo("model net › " + file);
    assertThat(e.diagnosis().why()).isEqualTo("ONNX has no operator for it, and it has no parts");
    assertThat(e.diagnosis().fix()).contains("take it out of the model");
    try (Stream<Path> left2 = Files.list(folder)) {
      assertThat(left2).isEmpty();
    }
  }

  private record Strange() implements RunOp {
    @Override
    public List<Type> infer(List<Type> in) {
      return in;
    }

    @Override
    public List<RuntimeValue> run(List<RuntimeValue> in) {
      return in;
    }

    @Override
    public String whyNoBound() {
      return "it is strange";
    }
  }

  private Path saved(Model<?> model) {
    Path file = folder.resolve("net.onnx");
    Onnx.save(model, file);
    return file;
  }

  private static void agrees(Model<?> model, Path file) throws Exception {
    Tensor x = Tensor.random(Shape.of(3, 6, 5, 2), 5, -1, 1);
    Tensor first = x.permute(0, 3, 1, 2);
    Close.ELSEWHERE.check(OtherRuntime.run(file, List.of(first)), List.of(model.predict(x)));
    assertThat(Onnx.load(file).predict(x)).isEqualTo(model.predict(x));
  }

  private static ModelProto read(Path file) throws IOException {
    ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(proto.getProducerName()).isEqualTo("axiom");
    assertThat(proto.getOpsetImport(0).getVersion()).isEqualTo(17);
    return proto;
  }

  private static List<String> types(GraphProto graph) {
    return graph.getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  private static List<String> dims(GraphProto graph) {
    return graph.getInput(0).getType().getTensorType().getShape().getDimList().stream()
        .map(dim -> dim.hasDimValue() ? "" + dim.getDimValue() : dim.getDimParam())
        .toList();
  }

  private static TensorProto weight(GraphProto graph, String name) {
    return graph.getInitializerList().stream()
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Model<?> one(Op op, Shape shape) {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(shape));
    return model(builder.build(builder.add("op", op, List.of(x))));
  }

  private static Model<?> model(Graph graph) {
    return Model.of(
        new Signature<>("net", ports(graph.inputs()), ports(graph.outputs()), OutputKind.OUTPUT),
        graph);
  }

  private static List<Port> ports(List<Value> values) {
    List<Port> ports = new ArrayList<>();
    for (Value value : values) {
      List<String> axes =
          IntStream.range(0, value.type().shape().rank()).mapToObj(i -> "axis" + i).toList();
      ports.add(new Port(value.name(), value.type(), axes, Optional.empty()));
    }
    return ports;
  }

  /** Convolution, norm, a sum or none, flatten, dense layer; wide if wanted. */
  private static Model<?> digits(boolean wide) {
    GraphBuilder to = Graph.builder();
    int out = wide ? 1000 : 3;
    Value x = to.input("x", Type.float32(Shape.of(N, Dim.of(6), Dim.of(5), Dim.of(2))));
    WindowGeometry windows = WindowGeometry.of(List.of(3, 3));
    Value kernel = to.parameter(weight("conv1.weight", 3, 3, 2, 4));
    Value y = to.add("conv1", new Conv(windows, 1), List.of(x, kernel)).get(0);
    List<Value> norm = new ArrayList<>(List.of(y));
    for (String name : List.of("weight", "bias", "running_mean", "running_var")) {
      norm.add(to.parameter(weight("bn1." + name, 4)));
    }
    y = to.add("bn1", new BatchNorm(1e-5), norm).get(0);
    y = to.add("relu", new Relu(), List.of(y)).get(0);
    y = wide ? to.add("twice", new Add(), List.of(y, y)).get(0) : y;
    y = to.add("flatten", new Reshape(Shape.of(N, Dim.of(48))), List.of(y)).get(0);
    Value matrix = to.parameter(weight("fc.weight", 48, out));
    Value bias = to.parameter(weight("fc.bias", out));
    y = to.add("fc", new Dense(), List.of(y, matrix, bias)).get(0);
    Graph graph = to.build(List.of(y));
    List<String> axes = List.of("batch", "height", "width", "channels");
    Port image = new Port("image", x.type(), axes, Optional.empty());
    Port scores = new Port("scores", y.type(), List.of("batch", "features"), Optional.empty());
    return Model.of(
        new Signature<>("net", List.of(image), List.of(scores), OutputKind.OUTPUT), graph);
  }

  private static Parameter weight(String name, int... sizes) {
    return new Parameter(name, Tensor.random(Shape.of(sizes), name.hashCode(), 0.1, 1));
  }
}
