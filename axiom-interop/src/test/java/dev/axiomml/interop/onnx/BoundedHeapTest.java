package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of a megabyte needs a small heap. */
class BoundedHeapTest {
  private static final int COUNT = 1_000_000;
  private static final int CYCLE = 100;

  @TempDir Path folder;

  private static long[] counted() {
    return IntStream.range(0, COUNT).mapToLong(i -> i % CYCLE).toArray();
  }

  private static Tensor bytes() {
    return Tensor.ofIntegers(Shape.of(COUNT), DType.INT8, counted());
  }

  private static Tensor wholes(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  /** A weight "w" of a million elements, put through steps that end with two of them. */
  private static Nodes around(Nodes nodes) {
    return nodes
        .input("x", Tensor.of(Shape.of(2), 0, 0).type())
        .weight("half", wholes(2, COUNT / 2))
        .weight("any", wholes(-1))
        .weight("two", wholes(3, CYCLE + 4))
        .node("Reshape", "d < w half")
        .node("Transpose", "e < d")
        .node("Reshape", "f < e any")
        .node("Gather", "g < f two")
        .node("Cast", "h < g", whole("to", OnnxElementTypes.number(DType.FLOAT32)))
        .node("Add", "y < x h");
  }

  private OtherProcess.ProcessEnd run(String heap, Nodes nodes) throws Exception {
    return new OtherProcess(List.of(heap, "-XX:+UseSerialGC"), List.of())
        .run(nodes.write(folder, 20, "y"), folder.resolve("copy.onnx"));
  }

  private static void isRead(OtherProcess.ProcessEnd ended) {
    assertThat(ended.text()).isEqualToIgnoringNewLines("[54.0, 54.0]");
    assertThat(ended.code()).isZero();
  }

  @Test
  void a_million_bytes() throws Exception {
    Nodes nodes =
        Nodes.of()
            .weight("v", bytes())
            .weight("one", Tensor.ofIntegers(Shape.of(1), DType.INT8, 1))
            .node("Add", "u < v one")
            .node("Sub", "w < u one");
    isRead(run("-Xmx40m", around(nodes)));
  }

  /** Of a byte each in the file, eight in memory. */
  @Test
  void a_million_integers_in_a_list() throws Exception {
    TensorProto listed =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(OnnxElementTypes.number(DType.INT64))
            .addDims(COUNT)
            .addAllInt64Data(LongStream.of(counted()).boxed().toList())
            .build();
    isRead(run("-Xmx80m", around(Nodes.of().weight(listed))));
  }

  /** Two bytes each, as small as a message can be. */
  @Test
  void half_a_million_empty_messages() throws Exception {
    Nodes nodes = around(Nodes.of().weight("w", bytes()));
    IntStream.range(0, COUNT / 2).forEach(i -> nodes.weight(TensorProto.getDefaultInstance()));
    OtherProcess.ProcessEnd ended = run("-Xmx80m", nodes);
    assertThat(ended.text()).contains("ModelImportException", "element type number 0");
  }
}
