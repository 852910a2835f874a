package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.GraphProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ModelProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.NodeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.OperatorSetIdProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorShapeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TypeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scikit-learn's converter writes, in files of one node over three features. */
class MlRulesTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, -2, 3, 0, 4, -4);

  @TempDir Path folder;

  private static AttributeProto.Builder named(String name) {
    return AttributeProto.newBuilder().setName(name);
  }

  private static AttributeProto numbers(String name, float... values) {
    AttributeProto.Builder all = named(name).setType(AttributeProto.AttributeType.FLOATS);
    for (float value : values) {
      all.addFloats(value);
    }
    return all.build();
  }

  private static AttributeProto text(String name, String value) {
    var bytes = com.google.protobuf.ByteString.copyFromUtf8(value);
    return named(name).setType(AttributeProto.AttributeType.STRING).setS(bytes).build();
  }

  private static AttributeProto labels(long... values) {
    AttributeProto.Builder all =
        named("classlabels_ints").setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      all.addInts(value);
    }
    return all.build();
  }

  private static ValueInfoProto value(String name, DType dtype, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setShape(shape);
    tensor.setElemType(dtype == DType.INT64 ? 7 : 1);
    TypeProto type = TypeProto.newBuilder().setTensorType(tensor).build();
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  /** The outputs of one node on X. */
  private List<Tensor> run(NodeProto.Builder node, ValueInfoProto... outputs) throws IOException {
    node.setDomain("ai.onnx.ml").addInput("x");
    GraphProto.Builder graph =
        GraphProto.newBuilder().setName("g").addInput(value("x", DType.FLOAT32, 2, 3));
    for (ValueInfoProto output : outputs) {
      node.addOutput(output.getName());
      graph.addOutput(output);
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3))
            .setGraph(graph.addNode(node))
            .build();
    Path file = Files.write(folder.resolve("net.onnx"), model.toByteArray());
    return Onnx.load(file).predictAll(List.of(X));
  }

  private static NodeProto.Builder node(String op, AttributeProto... attributes) {
    return NodeProto.newBuilder().setOpType(op).addAllAttribute(List.of(attributes));
  }

  @Test
  void a_scaler_takes_the_offset_off_before_it_scales() throws IOException {
    NodeProto.Builder scaler = node("Scaler", numbers("offset", 1, 2, 3), numbers("scale", 10));
    assertThat(run(scaler, value("y", DType.FLOAT32, 2, 3)).get(0).toFloats())
        .containsExactly(0, -40, 0, -10, 20, -70);
  }

  @Test
  void a_normalizer_divides_by_the_norm_of_the_row() throws IOException {
    assertThat(
            run(node("Normalizer", text("norm", "L1")), value("y", DType.FLOAT32, 2, 3))
                .get(0)
                .toFloats())
        .containsExactly(new float[] {1f / 6, -2f / 6, 0.5f, 0, 0.5f, -0.5f}, within(1e-7f));
  }

  @Test
  void coefficients_are_stored_target_by_target() throws IOException {
    AttributeProto two = named("targets").setType(AttributeProto.AttributeType.INT).setI(2).build();
    NodeProto.Builder linear =
        node(
            "LinearRegressor",
            two,
            numbers("coefficients", 1, 2, 3, 4, 5, 6),
            numbers("intercepts", 0.5f, -0.5f));
    assertThat(run(linear, value("y", DType.FLOAT32, 2, 2)).get(0).toFloats())
        .containsExactly(6.5f, 11.5f, -3.5f, -4.5f);
  }

  @Test
  void a_classifier_answers_its_own_labels_and_its_scores() throws IOException {
    NodeProto.Builder linear =
        node(
            "LinearClassifier",
            labels(7, 9),
            numbers("coefficients", 1, 0, 0, 0, 1, 0),
            text("post_transform", "LOGISTIC"));
    List<Tensor> out =
        run(linear, value("label", DType.INT64, 2), value("scores", DType.FLOAT32, 2, 2));
    assertThat(out.get(0).toLongs()).containsExactly(7, 9);
    assertThat(out.get(1).at(0, 0)).isCloseTo(0.7310586, within(1e-6));
  }

  @Test
  void what_is_not_known_is_refused_by_name() {
    assertThatThrownBy(
            () -> run(node("Normalizer", text("norm", "L3")), value("y", DType.FLOAT32, 2, 3)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("norm L3");
    assertThatThrownBy(
            () -> run(node("Scaler", numbers("scale", 1)), value("y", DType.FLOAT32, 2, 3)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("offset");
    assertThatThrownBy(() -> run(node("CastMap"), value("y", DType.FLOAT32, 2, 1)))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("ai.onnx.ml.CastMap");
  }
}
