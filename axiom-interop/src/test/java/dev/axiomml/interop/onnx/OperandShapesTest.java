package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.bytes;
import static dev.axiomml.interop.onnx.Drawn.ints;
import static dev.axiomml.interop.onnx.Drawn.positive;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An operand whose shape its operator fixes is not broadcast where a file has another. */
class OperandShapesTest {
  @TempDir Path folder;

  static Stream<Alike> biases() {
    Drawn.again();
    Tensor x = random(2, 3, 4);
    return Stream.of(
        Alike.of("BiasGelu").in(x).weight(random(1)),
        Alike.of("BiasGelu").in(x, random(3, 4)),
        Alike.of("FastGelu").in(x).weight(random(1)),
        Alike.of("FastGelu").in(x, random(1)),
        Alike.of("BiasSplitGelu").in(x).weight(random(1)),
        Alike.of("BiasAdd").in(x).weight(random(1)).in(x),
        Alike.of("BiasAdd").in(x).weight(random(4)).in(random(1, 3, 4)),
        Alike.of("CDist", text("metric", "sqeuclidean")).in(random(3, 4), random(5, 1)));
  }

  static Stream<Alike> norms() {
    Drawn.again();
    Tensor x = random(2, 3, 4);
    Tensor pixels = random(1, 4, 3, 3);
    return Stream.of(
        Alike.of("SkipLayerNormalization").in(x, random(1)).weight(positive(4)),
        Alike.of("SkipLayerNormalization").in(x, random(2, 1, 4)).weight(positive(4)),
        Alike.of("SkipSimplifiedLayerNormalization").in(x, random(1, 4)).weight(positive(4)),
        Alike.standard("InstanceNormalization").in(pixels, random(1), random(4)),
        Alike.standard("GroupNormalization", whole("num_groups", 2))
            .in(pixels, random(1), random(4)),
        Alike.of("GroupNorm", whole("groups", 2), whole("activation", 0))
            .in(random(1, 3, 3, 4))
            .weight(random(1), random(4)),
        Alike.of("SkipGroupNorm", whole("groups", 2), whole("activation", 0))
            .in(random(1, 3, 3, 4))
            .weight(random(4), random(4))
            .in(random(1, 3, 3, 4))
            .weight(random(1)));
  }

  static Stream<Alike> heads() {
    Drawn.again();
    Tensor x = random(2, 3, 8);
    return Stream.of(
        heads("Attention").in(x).weight(random(8, 24), random(1)),
        heads("Attention")
            .in(x)
            .weight(random(8, 24), random(24))
            .in(ints(DType.INT32, Shape.of(1, 3), 1, 0, 1)),
        heads("Attention")
            .in(x)
            .weight(random(8, 24), random(24))
            .none()
            .none()
            .in(random(1, 2, 3, 1)),
        heads("MultiHeadAttention").in(x, x, x).weight(random(17)),
        heads("MultiHeadAttention").in(x, x, x).none().none().in(random(1, 2, 1, 3)));
  }

  private static Alike heads(String op) {
    return Alike.of(op, whole("num_heads", 2));
  }

  static Stream<Alike> products() {
    Drawn.again();
    return Stream.of(
        Alike.of("DynamicQuantizeMatMul")
            .in(random(3, 4))
            .weight(bytes(DType.INT8, 4, 2), positive(1))
            .none()
            .weight(random(1)),
        Alike.of("MatMulIntegerToFloat")
            .in(bytes(DType.UINT8, 3, 4))
            .weight(bytes(DType.INT8, 4, 2), positive(1), positive(1))
            .none()
            .none()
            .weight(random(1)));
  }

  @ParameterizedTest
  @MethodSource({"biases", "norms", "heads", "products"})
  void another_shape_is_refused(Alike node) {
    node.isRefused(folder, "of operands");
  }

  static Stream<Alike> standard() {
    Drawn.again();
    Tensor x = random(2, 3, 4);
    Tensor bytes = bytes(DType.UINT8, 3, 4);
    return Stream.of(
        Alike.standard("Gemm").in(random(1, 4), random(4, 3)).weight(random(2, 3)),
        Alike.standard("LayerNormalization").in(random(3, 1)).weight(positive(4)),
        Alike.standard("RMSNormalization").in(random(3, 1)).weight(positive(4)),
        Alike.standard("PRelu").in(random(1, 2, 4)).weight(random(3, 2, 1)),
        Alike.standard("DequantizeLinear", whole("axis", 0))
            .in(bytes)
            .weight(positive(1), bytes(DType.UINT8, 3)),
        Alike.standard("DequantizeLinear", whole("axis", 1)).in(bytes).weight(positive(3)),
        Alike.standard("Tile").in(x).weight(ints(DType.INT64, Shape.of(1), 2)),
        Alike.standard("Pad").in(x).weight(ints(DType.INT64, Shape.of(2), 1, 1)),
        Alike.standard("Transpose", wholes("perm", 0, 1)).in(x),
        Alike.standard("ReduceSum", whole("keepdims", 3)).in(x),
        Alike.standard("ScatterND")
            .in(x)
            .weight(ints(DType.INT64, Shape.of(1, 1), 1), random(1, 3, 1)),
        Alike.standard("AffineGrid")
            .in(random(1, 2, 3))
            .weight(ints(DType.INT64, Shape.of(4), 2, 1, 3, 3)),
        Alike.standard("CenterCropPad").in(x).weight(ints(DType.INT64, Shape.of(2), 2, 2)),
        Alike.standard("ConvTranspose", wholes("output_shape", 6), wholes("strides", 1))
            .in(random(1, 1, 1))
            .weight(random(1, 1, 1)));
  }

  @ParameterizedTest
  @MethodSource
  void standard(Alike node) {
    node.isRefused(folder, "");
  }

  @Test
  void free_sizes_that_do_not_fit_are_refused_at_run_time() {
    Shape list = Shape.of(Dim.symbol("n"), Dim.symbol("m"));
    Model<?> gather =
        Nodes.of()
            .input("x", Type.float32(list))
            .weight("i", ints(DType.INT64, Shape.of(1, 3), 0, 0, 0))
            .node("GatherElements", "y < x i")
            .load(folder);
    assertThatThrownBy(() -> gather.predict(Tensor.zeros(Shape.of(4, 1))))
        .isInstanceOf(ShapeException.class);
    Model<?> norm =
        Nodes.of()
            .input("x", Type.float32(list))
            .weight("c", Tensor.full(Shape.of(3), 1))
            .node("BatchNormalization", "y < x c c c c")
            .load(folder);
    assertThatThrownBy(() -> norm.predict(Tensor.zeros(Shape.of(4, 1))))
        .isInstanceOf(ShapeException.class);
    Model<?> reshape =
        Nodes.of()
            .input("x", Type.float32(list))
            .input("to", Type.of(Shape.of(1), DType.INT64))
            .node("Reshape", "y < x to")
            .load(folder);
    assertThatThrownBy(
            () ->
                reshape.predictAll(
                    List.of(Tensor.zeros(Shape.of(4, 1)), Tensor.ofLongs(Shape.of(1), 3))))
        .isInstanceOf(AxiomException.class)
        .hasMessageContaining("4");
  }

  @Test
  void a_free_size_that_turns_out_to_be_another_is_refused_at_run_time() {
    Shape free = Shape.of(Dim.symbol("n"), Dim.symbol("m"));
    for (int width : new int[] {1, 3}) {
      Path file =
          Nodes.of()
              .input("x", Type.float32(free))
              .weight("b", Tensor.zeros(Shape.of(width)))
              .foreign("com.microsoft", "FastGelu", "y < x b")
              .write(folder, 17);
      Model<?> model = Onnx.load(file, Layout.AS_FILE);
      Shape fits = Shape.of(2, width);
      List<Tensor> out = model.predictAll(List.of(Tensor.zeros(fits)));
      assertThat(out).extracting(Tensor::shape).containsExactly(fits);
      assertThatThrownBy(() -> model.predictAll(List.of(Tensor.zeros(Shape.of(2, 4)))))
          .isInstanceOf(ShapeException.class);
    }
  }

  static Stream<Arguments> said() {
    return Stream.of(
        arguments("com.microsoft", "FastGelu", List.of(Shape.of(2, 3), Shape.of(1)), "(… H, H)"));
  }

  @ParameterizedTest
  @MethodSource
  void said(String domain, String op, List<Shape> shapes, String form) {
    Nodes nodes = Nodes.of();
    for (int i = 0; i < shapes.size(); i++) {
      nodes.input("x" + i, Type.float32(shapes.get(i)));
    }
    nodes.foreign(domain, op, "y < x0 x1");
    assertThatThrownBy(() -> nodes.load(folder))
        .hasMessageContaining("FastGelu of operands [2×3, 1]")
        .hasMessageContaining(form);
  }
}
