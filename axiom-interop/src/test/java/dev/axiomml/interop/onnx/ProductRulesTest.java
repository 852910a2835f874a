package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.bytes;
import static dev.axiomml.interop.onnx.Drawn.fine;
import static dev.axiomml.interop.onnx.Drawn.ints;
import static dev.axiomml.interop.onnx.Drawn.list;
import static dev.axiomml.interop.onnx.Drawn.positive;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.Drawn.small;
import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime's products with quantised weights. */
class ProductRulesTest {
  @TempDir Path folder;

  private static Tensor zero(DType dtype, long value) {
    return ints(dtype, Shape.SCALAR, value);
  }

  static Stream<Alike> products() {
    Drawn.again();
    return Stream.of(
        Alike.of("DynamicQuantizeMatMul")
            .in(random(2, 3, 8))
            .weight(small(8, 5), Tensor.scalar(0.02f), zero(DType.INT8, 3), random(5)),
        Alike.of("DynamicQuantizeMatMul")
            .in(random(3, 8))
            .weight(bytes(DType.UINT8, 8, 5), positive(5), list(DType.UINT8, 1, 2, 3, 4, 5)),
        Alike.of("DynamicQuantizeMatMul").in(random(3, 8)).weight(small(8, 5), positive(1)),
        Alike.of("MatMulIntegerToFloat")
            .in(bytes(DType.UINT8, 2, 3, 8))
            .weight(small(8, 5), Tensor.scalar(0.02f), positive(5), zero(DType.UINT8, 119)),
        Alike.of("MatMulIntegerToFloat")
            .in(bytes(DType.UINT8, 3, 8))
            .weight(small(8, 5), Tensor.scalar(0.02f), Tensor.scalar(0.1f))
            .weight(zero(DType.UINT8, 119), zero(DType.INT8, 4), random(5)));
  }

  static Stream<Alike> gemms() {
    Drawn.again();
    return Stream.of(
        gemm()
            .in(bytes(DType.UINT8, 3, 8))
            .weight(Tensor.scalar(0.02f), zero(DType.UINT8, 119))
            .weight(small(8, 5), positive(5), list(DType.INT8, 1, 2, 3, 4, 5)),
        gemm(whole("transB", 1), number("alpha", 0.7f))
            .in(bytes(DType.UINT8, 3, 8))
            .weight(Tensor.scalar(0.02f), zero(DType.UINT8, 119))
            .weight(small(5, 8), Tensor.scalar(0.03f), zero(DType.INT8, 0))
            .weight(list(DType.INT32, 500, -400, 300, 2, 1))
            .weight(Tensor.scalar(0.09f), zero(DType.UINT8, 131)),
        gemm(whole("transA", 1))
            .in(bytes(DType.INT8, 8, 3))
            .weight(Tensor.scalar(0.02f), zero(DType.INT8, 9))
            .weight(small(8, 5), Tensor.scalar(0.03f), zero(DType.INT8, 0))
            .weight(list(DType.INT32, 500, -400, 300, 2, 1))
            .weight(Tensor.scalar(0.09f), zero(DType.INT8, -13)));
  }

  private static Alike gemm(AttributeProto... settings) {
    return Alike.of("QGemm", settings);
  }

  static Stream<Alike> attention() {
    Drawn.again();
    return Stream.of(
        attentive(Tensor.scalar(0.003f)).none().weight(zero(DType.UINT8, 119), zero(DType.INT8, 0)),
        attentive(Tensor.random(Shape.of(24), 3, 0.001, 0.004))
            .in(list(DType.INT32, 2, 3))
            .weight(zero(DType.UINT8, 119), zero(DType.INT8, 2)),
        attentive(Tensor.scalar(0.003f))
            .none()
            .weight(zero(DType.UINT8, 119), zero(DType.INT8, 0))
            .in(random(2, 2, 2, 2, 4))
            .out("y p"));
  }

  static Stream<Alike> embeddings() {
    Drawn.again();
    Tensor ids = ints(DType.INT32, Shape.of(2, 3), 4, 0, 2, 1, 1, 3);
    Tensor kinds = ints(DType.INT32, Shape.of(2, 3), 0, 0, 1, 1, 0, 1);
    Tensor mask = ints(DType.INT32, Shape.of(2, 3), 1, 1, 0, 1, 1, 1);
    return Stream.of(
        embedded(Alike.of("QEmbedLayerNormalization").in(ids, kinds), true, mask),
        embedded(Alike.of("QEmbedLayerNormalization").in(ids).none(), false, mask));
  }

  /** Tables, factors and offsets; their scales; their zero points. */
  private static Alike embedded(Alike node, boolean typed, Tensor mask) {
    node.weight(bytes(DType.UINT8, 5, 8), bytes(DType.UINT8, 6, 8));
    (typed ? node.weight(bytes(DType.UINT8, 2, 8)) : node.none())
        .weight(bytes(DType.UINT8, 8), bytes(DType.UINT8, 8))
        .in(mask)
        .weight(Tensor.scalar(0.01f), Tensor.scalar(0.02f));
    (typed ? node.weight(Tensor.scalar(0.03f)) : node.none())
        .weight(Tensor.scalar(0.01f), Tensor.scalar(0.02f))
        .weight(zero(DType.UINT8, 120), zero(DType.UINT8, 110));
    (typed ? node.weight(zero(DType.UINT8, 100)) : node.none())
        .weight(zero(DType.UINT8, 9), zero(DType.UINT8, 128));
    return node.out("y m");
  }

  private static Alike attentive(Tensor scales) {
    return Alike.of("QAttention", whole("num_heads", 2), whole("unidirectional", 1))
        .in(bytes(DType.UINT8, 2, 3, 8))
        .weight(small(8, 24), random(24), Tensor.scalar(0.02f), scales);
  }

  static Stream<Alike> blocks() {
    Drawn.again();
    return Stream.of(
        blocks(4, 40, 16).in(random(3, 40)).weight(bytes(DType.UINT8, 5, 3, 8), fine(5, 3)),
        blocks(4, 40, 16)
            .in(random(2, 3, 40))
            .weight(bytes(DType.UINT8, 5, 3, 8), fine(15), bytes(DType.UINT8, 10))
            .none()
            .weight(random(5)),
        blocks(4, 32, 16)
            .in(random(3, 32))
            .weight(bytes(DType.UINT8, 5, 2, 8), fine(5, 2), random(5, 2)),
        blocks(8, 40, 16)
            .in(random(3, 40))
            .weight(bytes(DType.UINT8, 5, 3, 16), fine(5, 3), bytes(DType.UINT8, 5, 3)),
        blocks(8, 32, 32).in(random(3, 32)).weight(bytes(DType.UINT8, 5, 1, 32), fine(5, 1)),
        blocks(2, 32, 16).in(random(3, 32)).weight(bytes(DType.UINT8, 5, 2, 4), fine(5, 2)));
  }

  private static Alike blocks(long bits, long in, long block) {
    return Alike.of(
        "MatMulNBits",
        whole("bits", bits),
        whole("K", in),
        whole("N", 5),
        whole("block_size", block));
  }

  static Stream<Alike> tables() {
    Drawn.again();
    return Stream.of(
        table(4, 16)
            .weight(bytes(DType.UINT8, 6, 16))
            .in(list(DType.INT64, 5, 0, 3))
            .weight(positive(6, 2)),
        table(4, 16)
            .weight(bytes(DType.UINT8, 6, 16))
            .in(ints(DType.INT32, Shape.of(1, 2), 5, 1))
            .weight(positive(6, 2), bytes(DType.UINT8, 6, 1)),
        table(8, 16)
            .weight(bytes(DType.UINT8, 6, 32))
            .in(list(DType.INT64, 5, 0, 3))
            .weight(positive(6, 2), bytes(DType.UINT8, 6, 2)),
        Alike.of("GatherBlockQuantized", whole("block_size", 16), whole("quantize_axis", 1))
            .weight(ints(DType.INT4, Shape.of(2, 16), nibbles(-8)))
            .in(list(DType.INT64, 1, 0, 1))
            .weight(positive(2, 1), ints(DType.INT4, Shape.of(2, 1), 3, -4)),
        Alike.of(
                "GatherBlockQuantized",
                whole("block_size", 16),
                whole("quantize_axis", 0),
                whole("gather_axis", 1))
            .weight(ints(DType.UINT4, Shape.of(16, 2), nibbles(0)))
            .in(list(DType.INT64, 1, 0, 1))
            .weight(positive(1, 2)));
  }

  private static long[] nibbles(long low) {
    return java.util.stream.LongStream.range(0, 32).map(i -> low + i * 7 % 16).toArray();
  }

  private static Alike table(long bits, long block) {
    return Alike.of(
        "GatherBlockQuantized",
        whole("bits", bits),
        whole("block_size", block),
        whole("gather_axis", 0),
        whole("quantize_axis", 1));
  }

  @ParameterizedTest
  @MethodSource({"products", "gemms", "attention", "embeddings", "blocks", "tables"})
  void answers_are_those_of_onnx_runtime(Alike node) throws Exception {
    node.check(folder);
  }

  static Stream<Arguments> refused() {
    Drawn.again();
    return Stream.of(
        arguments(
            blocks(3, 32, 16).in(random(3, 32)).weight(bytes(DType.UINT8, 5, 2, 6), positive(5, 2)),
            "MatMulNBits of 3 bits"),
        arguments(
            Alike.of("MatMulNBits", whole("weight_prepacked", 1))
                .in(random(3, 32))
                .weight(bytes(DType.UINT8, 5, 2, 8), positive(5, 2)),
            "weight_prepacked"),
        arguments(
            Alike.of("MatMulIntegerToFloat")
                .in(bytes(DType.UINT8, 3, 8))
                .weight(small(8, 5), positive(3), positive(5)),
            "operand 2 of MatMulIntegerToFloat"),
        arguments(
            Alike.of("QGemm")
                .in(list(DType.INT16, 3).reshape(Shape.of(1, 1)))
                .weight(Tensor.scalar(1), zero(DType.INT16, 0))
                .in(list(DType.INT16, 3).reshape(Shape.of(1, 1)))
                .weight(Tensor.scalar(1), zero(DType.INT16, 0)),
            "QGemm of int16"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Alike node, String what) {
    node.isRefused(folder, what);
  }

  @Test
  void weights_of_blocks_are_one_dense_layer() {
    Drawn.again();
    Nodes nodes =
        Nodes.of()
            .input("x", random(3, 32).type())
            .weight("w", bytes(DType.UINT8, 5, 2, 8))
            .weight("s", positive(5, 2))
            .foreign(
                "com.microsoft",
                "MatMulNBits",
                "y < x w s",
                whole("K", 32),
                whole("N", 5),
                whole("bits", 4),
                whole("block_size", 16));
    List<String> titles =
        nodes.load(folder).graph().nodes().stream().map(node -> node.op().title()).toList();
    assertThat(titles).containsExactly("Dense");
  }
}
