package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto.AttributeType;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose sizes the inputs of a call state. */
class FreeSizesTest {
  @TempDir Path folder;

  private static Tensor counted(int... sizes) {
    Shape shape = Shape.of(IntStream.of(sizes).asLongStream().toArray());
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 - 3;
    }
    return Tensor.of(shape, values);
  }

  private static Type free(String... sizes) {
    return Type.float32(
        new Shape(
            Stream.of(sizes)
                .map(size -> size.matches("\\d+") ? Dim.of(Long.parseLong(size)) : Dim.symbol(size))
                .toList()));
  }

  /** The file with other names of the first input's sizes. */
  private static Path named(Path file, String... sizes) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getGraphBuilder().getInputBuilderList().stream()
        .map(input -> input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder())
        .forEach(
            shape -> {
              for (int i = 0; i < sizes.length; i++) {
                shape.getDimBuilder(i).setDimParam(sizes[i]);
              }
            });
    return Files.write(file, model.build().toByteArray());
  }

  private void isAsElsewhere(Path file, Tensor... inputs) throws Exception {
    Model<?> model = Onnx.load(file, Layout.AS_FILE);
    List<Tensor> wanted = OtherRuntime.run(file, List.of(inputs));
    assertThat(model.predictAll(List.of(inputs))).isEqualTo(wanted);
    try (CompiledModel compiled = model.compile(Backends.REFERENCE)) {
      assertThat(compiled.predictAll(List.of(inputs))).isEqualTo(wanted);
    }
  }

  @Test
  void a_plan_is_made_for_the_sizes_of_each_call() throws Exception {
    Path file = Nodes.of().input("x", free("N", "H", "W")).node("Relu", "y < x").write(folder, 20);
    Model<?> model = Onnx.load(file, Layout.AS_FILE);
    try (CompiledModel compiled = model.compile(Backends.REFERENCE)) {
      for (Tensor x : List.of(counted(1, 2, 3), counted(4, 3, 2), counted(1, 2, 3))) {
        assertThat(compiled.predict(x)).isEqualTo(model.predict(x));
      }
      assertThatThrownBy(compiled::report)
          .isInstanceOfSatisfying(
              BackendException.class,
              e -> {
                assertThat(e.diagnosis().what()).contains("N×H×W", "sizes that are not known");
                assertThat(e.diagnosis().where()).isEqualTo("compiled model test");
                assertThat(e.diagnosis().why()).contains("only the batch may vary");
                assertThat(e.diagnosis().fix()).contains("predict with tensors", "--input-shape");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "-1", "*"})
  void a_text_without_a_letter_is_no_name(String text) throws Exception {
    Path file = Nodes.of().input("x", free("N", "H", "W")).node("Relu", "y < x").write(folder, 20);
    isAsElsewhere(named(file, text, text, text), counted(2, 3, 4));
  }

  @Test
  void the_name_of_the_batch_names_one_axis_of_a_value() throws Exception {
    Path file =
        Nodes.of()
            .input("x", free("N", "T"))
            .input("mask", free("N", "T"))
            .node("Mul", "y < x mask")
            .write(folder, 20);
    isAsElsewhere(named(file, "batch", "batch"), counted(2, 6), counted(2, 6));
  }

  @Test
  void sizes_of_another_name_stay_equal() throws IOException {
    Path file = Nodes.of().input("x", free("N", "H", "W")).node("Relu", "y < x").write(folder, 20);
    Model<?> model = Onnx.load(named(file, "N", "T", "T"), Layout.AS_FILE);
    assertThat(model.predict(counted(1, 2, 2)).shape()).isEqualTo(Shape.of(1, 2, 2));
    assertThatThrownBy(() -> model.predict(counted(1, 2, 3))).isInstanceOf(ShapeException.class);
  }

  private Path sliced(Type x, long start, long end) {
    return Nodes.of()
        .input("x", x)
        .weight("s", Tensor.ofLongs(Shape.of(1), start))
        .weight("e", Tensor.ofLongs(Shape.of(1), end))
        .weight("a", Tensor.ofLongs(Shape.of(1), 1))
        .node("Slice", "y < x s e a")
        .write(folder, 20);
  }

  @Test
  void an_end_beyond_the_axis_is_cut_where_the_size_is_known() throws Exception {
    isAsElsewhere(sliced(free("N", "T", "4"), 0, 1_000_000_000), counted(2, 5, 4));
    isAsElsewhere(sliced(free("N", "T", "4"), -1_000_000_000, 3), counted(2, 5, 4));
    isAsElsewhere(sliced(free("N", "T"), 0, 8), counted(2, 5));
    isAsElsewhere(sliced(free("N", "T"), 0, 8), counted(2, 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAME_UPPER", "SAME_LOWER"})
  void windows_that_keep_the_size_wait_for_it(String padding) throws Exception {
    AttributeProto auto =
        AttributeProto.newBuilder()
            .setName("auto_pad")
            .setType(AttributeType.STRING)
            .setS(com.google.protobuf.ByteString.copyFromUtf8(padding))
            .build();
    AttributeProto kernel = Nodes.wholes("kernel_shape", 3, 2);
    AttributeProto strides = Nodes.wholes("strides", 2, 2);
    Path file =
        Nodes.of()
            .input("x", free("N", "2", "H", "W"))
            .weight("w", counted(3, 2, 3, 2))
            .node("MaxPool", "p < x", auto, kernel, strides)
            .node("Conv", "c < x w", auto, strides)
            .node("Concat", "y < p c", Nodes.whole("axis", 1))
            .write(folder, 20);
    isAsElsewhere(file, counted(1, 2, 5, 6));
    isAsElsewhere(file, counted(2, 2, 4, 3));
  }

  @Test
  void ids_and_mask_of_any_length_are_compiled() {
    Type ids = Type.of(free("N", "T").shape(), DType.INT64);
    Model<?> model =
        Nodes.of()
            .input("ids", ids)
            .weight("table", counted(10, 3))
            .node("Gather", "y < table ids")
            .load(folder);
    Tensor given = Tensor.ofLongs(Shape.of(2, 2), 1, 9, 0, 3);
    try (CompiledModel compiled = model.compile(Backends.REFERENCE)) {
      assertThat(compiled.predict(given)).isEqualTo(model.predict(given));
    }
  }

  @Test
  void what_waits_for_sizes_is_written_as_it_was() throws Exception {
    Path file =
        Nodes.of()
            .input("x", free("N", "1", "3"))
            .node("Squeeze", "s < x")
            .node("Softmax", "y < s", Nodes.whole("axis", 0))
            .write(folder, 20);
    Path copy = folder.resolve("copy.onnx");
    Onnx.save(Onnx.load(file, Layout.AS_FILE), copy);
    for (int rows : new int[] {1, 2}) {
      isAsElsewhere(copy, counted(rows, 1, 3));
      assertThat(OtherRuntime.run(copy, List.of(counted(rows, 1, 3))))
          .isEqualTo(OtherRuntime.run(file, List.of(counted(rows, 1, 3))));
    }
  }
}
