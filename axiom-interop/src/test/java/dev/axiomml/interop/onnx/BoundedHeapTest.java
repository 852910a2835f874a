package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file needs a small heap. */
class BoundedHeapTest {
  private static final int COUNT = 130_000;

  @TempDir Path folder;

  private static Tensor counted() {
    return Tensor.ofLongs(Shape.of(COUNT), LongStream.range(0, COUNT).toArray());
  }

  private static Tensor wholes(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  /** Everything a constant of a megabyte is put through stays a tensor. */
  private static Nodes around(Nodes weights) {
    return weights
        .input("x", Tensor.of(Shape.of(2), 0, 0).type())
        .weight("one", wholes(1))
        .weight("two", wholes(2))
        .weight("half", wholes(2, COUNT / 2))
        .weight("any", wholes(-1))
        .weight("first", wholes(0))
        .node("Add", "a < w one")
        .node("Mul", "b < a two")
        .node("Div", "c < b two")
        .node("Reshape", "d < c half")
        .node("Transpose", "e < d")
        .node("Reshape", "f < e any")
        .node("Gather", "g < f f0")
        .node("Concat", "h < g w", whole("axis", 0))
        .node("Slice", "i < h first two")
        .node("Cast", "j < i", whole("to", Elements.number(DType.FLOAT32)))
        .node("Add", "y < x j");
  }

  private void fits(Nodes nodes) throws Exception {
    Path file = nodes.write(folder, 20, "y");
    OtherProcess.Ended ended =
        new OtherProcess(List.of("-Xmx48m", "-XX:+UseSerialGC"), List.of())
            .run(file, folder.resolve("copy.onnx"));
    assertThat(ended.text()).isEqualToIgnoringNewLines("[65003.0, 65003.0]");
    assertThat(ended.code()).isZero();
  }

  @Test
  void a_megabyte_of_raw_integers_fits_in_a_small_heap() throws Exception {
    fits(around(Nodes.of().weight("w", counted()).weight("f0", counted())));
  }

  @Test
  void a_list_of_integers_fits_in_a_small_heap() throws Exception {
    TensorProto listed =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(Elements.number(DType.INT64))
            .addDims(COUNT)
            .addAllInt64Data(LongStream.range(0, COUNT).boxed().toList())
            .build();
    fits(around(Nodes.of().weight(listed).weight("f0", counted())));
  }

  /** Two bytes each, as small as a message can be. */
  @Test
  void empty_messages_fit_in_a_small_heap() throws Exception {
    Nodes nodes = Nodes.of().weight("w", counted()).weight("f0", counted());
    IntStream.range(0, 1 << 19)
        .forEach(i -> nodes.weight(TensorProto.getDefaultInstance()));
    Path file = around(nodes).write(folder, 20, "y");
    OtherProcess.Ended ended =
        new OtherProcess(List.of("-Xmx64m", "-XX:+UseSerialGC"), List.of())
            .run(file, folder.resolve("copy.onnx"));
    assertThat(ended.text()).contains("ModelImportException", "element type number 0");
  }
}
