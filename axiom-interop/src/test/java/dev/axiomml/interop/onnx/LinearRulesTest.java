package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.bytes;
import static dev.axiomml.interop.onnx.Drawn.ints;
import static dev.axiomml.interop.onnx.Drawn.list;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.Drawn.small;
import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime's operators from 8-bit integers to 8-bit integers answer the same integers. */
class LinearRulesTest {
  @TempDir Path folder;

  private static Tensor scale(double value) {
    return Tensor.scalar((float) value);
  }

  private static Tensor zero(DType dtype, long value) {
    return ints(dtype, Shape.SCALAR, value);
  }

  /** A pair of operands and a grid for the answer. */
  private static Alike pair(String op, DType dtype, double... scales) {
    long middle = dtype == DType.INT8 ? 3 : 131;
    return Alike.of(op)
        .in(bytes(dtype, 4, 3, 50))
        .weight(scale(scales[0]), zero(dtype, middle))
        .in(bytes(dtype, 3, 50))
        .weight(scale(scales[1]), zero(dtype, middle - 7))
        .weight(scale(scales[2]), zero(dtype, middle - 2));
  }

  static Stream<Alike> pairs() {
    Drawn.again();
    return Stream.of(
        pair("QLinearAdd", DType.UINT8, 0.031, 0.017, 0.043),
        pair("QLinearAdd", DType.INT8, 0.031, 0.017, 0.043),
        pair("QLinearAdd", DType.UINT8, 0.5, 0.5, 1),
        pair("QLinearAdd", DType.INT8, 0.25, 0.5, 1),
        pair("QLinearAdd", DType.UINT8, 0.02, 0.02, 0.04),
        pair("QLinearMul", DType.UINT8, 0.031, 0.017, 0.023),
        pair("QLinearMul", DType.INT8, 0.031, 0.017, 0.023),
        pair("QLinearMul", DType.INT8, 0.25, 0.125, 1));
  }

  private static Alike grid(Alike node, DType dtype, double from, double to) {
    long middle = dtype == DType.INT8 ? -5 : 120;
    return node.weight(scale(from), zero(dtype, middle), scale(to), zero(dtype, middle + 9));
  }

  static Stream<Alike> points() {
    Drawn.again();
    return Stream.of(
        grid(Alike.of("QLinearSigmoid").in(bytes(DType.UINT8, 300)), DType.UINT8, 0.041, 0.0039),
        grid(Alike.of("QLinearSigmoid").in(bytes(DType.INT8, 300)), DType.INT8, 0.041, 0.0039),
        grid(
            Alike.of("QLinearLeakyRelu", number("alpha", 0.3f)).in(bytes(DType.UINT8, 300)),
            DType.UINT8,
            0.041,
            0.037),
        grid(Alike.of("QLinearLeakyRelu").in(bytes(DType.INT8, 300)), DType.INT8, 0.041, 0.037),
        softmax(DType.UINT8, 0.07, 1 / 256.0, whole("axis", -1)),
        softmax(DType.INT8, 0.07, 1 / 200.0, whole("axis", 1)),
        softmax(DType.INT8, 0.5, 1 / 256.0, whole("axis", 2)),
        softmax(DType.UINT8, 0.02, 0.0061, whole("axis", 2)),
        Alike.of("QLinearSoftmax", whole("opset", 11), whole("axis", 1))
            .in(bytes(DType.UINT8, 2, 3, 4))
            .weight(scale(0.02), zero(DType.UINT8, 9), scale(1 / 256.0), zero(DType.UINT8, 0)));
  }

  private static Alike softmax(DType dtype, double from, double to, AttributeProto axis) {
    return Alike.of("QLinearSoftmax", whole("opset", 13), axis)
        .in(bytes(dtype, 3, 5, 20))
        .weight(
            scale(from), zero(dtype, 11), scale(to), zero(dtype, dtype == DType.INT8 ? -128 : 3));
  }

  static Stream<Alike> pools() {
    Drawn.again();
    return Stream.of(
        grid(pool(0, 0).in(bytes(DType.UINT8, 1, 3, 6, 7)), DType.UINT8, 0.03, 0.019),
        grid(pool(1, 0).in(bytes(DType.UINT8, 1, 3, 6, 7)), DType.UINT8, 0.03, 0.019),
        grid(pool(0, 1).in(bytes(DType.INT8, 1, 6, 7, 3)), DType.INT8, 0.03, 0.019),
        grid(global(0).in(bytes(DType.UINT8, 2, 3, 5, 7)), DType.UINT8, 0.03, 0.0041),
        grid(global(1).in(bytes(DType.INT8, 2, 5, 7, 3)), DType.INT8, 0.03, 0.0041),
        convolution(0).none(),
        convolution(1).none());
  }

  private static Alike pool(long padding, long last) {
    return Alike.of(
        "QLinearAveragePool",
        wholes("kernel_shape", 3, 2),
        wholes("strides", 2, 1),
        wholes("pads", 1, 0, 1, 1),
        whole("count_include_pad", padding),
        whole("channels_last", last));
  }

  private static Alike global(long last) {
    return Alike.of("QLinearGlobalAveragePool", whole("channels_last", last));
  }

  private static Alike convolution(long last) {
    Tensor x = last == 1 ? bytes(DType.UINT8, 1, 5, 6, 3) : bytes(DType.UINT8, 1, 3, 5, 6);
    return Alike.of("QLinearConv", wholes("pads", 1, 1, 1, 1), whole("channels_last", last))
        .in(x)
        .weight(scale(0.02), zero(DType.UINT8, 117))
        .weight(small(4, 3, 3, 3), scale(0.01), zero(DType.INT8, 0))
        .weight(scale(0.31), zero(DType.UINT8, 133));
  }

  /** Numbers that are about half a step between two integers, in steps of 0.04. */
  private static Tensor halves() {
    float[] x = new float[200];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 100) * 0.02f;
    }
    return Tensor.of(Shape.of(x.length), x);
  }

  static Stream<Alike> moved() {
    Drawn.again();
    return Stream.of(
        Alike.of("QLinearConcat", whole("axis", 1))
            .weight(scale(0.03), zero(DType.UINT8, 100))
            .in(bytes(DType.UINT8, 2, 30))
            .weight(scale(0.02), zero(DType.UINT8, 120))
            .in(bytes(DType.UINT8, 2, 40))
            .weight(scale(0.03), zero(DType.UINT8, 100)),
        Alike.of("QLinearWhere")
            .in(list(DType.UINT8, 1, 0, 1, 1).to(DType.BOOL))
            .in(bytes(DType.INT8, 20, 4))
            .weight(scale(0.02), zero(DType.INT8, 12))
            .in(bytes(DType.INT8, 4))
            .weight(scale(0.05), zero(DType.INT8, -12))
            .weight(scale(0.04), zero(DType.INT8, 1)),
        Alike.standard("QuantizeLinear").in(halves()).weight(scale(0.04), zero(DType.UINT8, 121)),
        Alike.of("QuantizeLinear").in(random(30)).weight(scale(0.02), zero(DType.UINT8, 120)),
        Alike.of("QuantizeLinear", whole("axis", 0))
            .in(random(2, 30))
            .weight(random(2).to(DType.FLOAT32), list(DType.INT16, 3, -4)),
        Alike.of("DequantizeLinear", whole("axis", 1))
            .in(bytes(DType.INT8, 4, 2))
            .weight(random(2), list(DType.INT8, 3, -4)),
        Alike.of("DequantizeLinear")
            .weight(list(DType.UINT16, 3, 65535, 40000), scale(0.01), zero(DType.UINT16, 4000)),
        Alike.of("DequantizeLinear")
            .weight(list(DType.INT4, 3, -8, 7), scale(0.01), zero(DType.INT4, 2)));
  }

  @ParameterizedTest
  @MethodSource({"pairs", "points", "pools", "moved"})
  void answers_are_those_of_onnx_runtime(Alike node) throws Exception {
    node.check(folder);
  }

  static Stream<Arguments> refused() {
    Drawn.again();
    return Stream.of(
        arguments(
            Alike.of("QLinearSigmoid")
                .in(bytes(DType.UINT8, 4))
                .weight(random(4))
                .none()
                .weight(scale(1)),
            "scales or zero points 4"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Alike node, String what) {
    node.isRefused(folder, what);
  }
}
