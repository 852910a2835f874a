package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.bytes;
import static dev.axiomml.interop.onnx.Drawn.ints;
import static dev.axiomml.interop.onnx.Drawn.list;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.Nodes.floats;
import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime's fused operators answer in Axiom what they answer there. */
class FusedRulesTest {
  @TempDir Path folder;

  static Stream<Alike> fused() {
    Drawn.again();
    return Stream.of(
        Alike.of("BiasGelu").in(random(2, 3, 4)).weight(random(4)),
        Alike.of("FastGelu").in(random(2, 3)),
        Alike.of("FastGelu").in(random(2, 3)).weight(random(3)),
        Alike.of("Gelu").in(random(2, 3)),
        Alike.of("QuickGelu").in(random(2, 3)),
        Alike.of("QuickGelu", number("alpha", 1)).in(random(2, 3)),
        Alike.of("FusedMatMul").in(random(2, 3, 4), random(4, 5)),
        Alike.of("FusedMatMul", number("alpha", 0.125f)).in(random(2, 3, 4)).weight(random(4, 5)),
        Alike.of("FusedMatMul", whole("transA", 1), whole("transB", 1))
            .in(random(2, 4, 3), random(2, 5, 4)),
        Alike.of("FusedMatMul", whole("transBatchA", 1)).in(random(3, 2, 4), random(2, 4, 5)),
        Alike.of("FusedMatMul", whole("transBatchA", 1), whole("transA", 1))
            .in(random(4, 2, 3), random(2, 4, 5)),
        Alike.of("FusedMatMul", whole("transBatchB", 1), whole("transB", 1))
            .in(random(2, 3, 4), random(5, 2, 4)),
        Alike.of("FusedMatMul", whole("transA", 1)).in(random(4), random(4, 5)),
        Alike.of("TransposeMatMul", whole("transB", 1)).in(random(3, 4), random(5, 4)),
        Alike.of("FusedGemm", text("activation", "Relu")).in(random(3, 4), random(4, 5), random(5)),
        Alike.of(
                "FusedGemm",
                text("activation", "LeakyRelu"),
                number("activation_alpha", 0.3f),
                whole("transB", 1),
                number("alpha", 0.5f),
                number("beta", 2))
            .in(random(3, 4))
            .weight(random(5, 4), random(5)));
  }

  static Stream<Alike> convolutions() {
    Drawn.again();
    return Stream.of(
        conv("Relu").in(random(2, 3, 5, 5)).weight(random(4, 3, 3, 3), random(4)),
        conv("Tanh").in(random(2, 3, 5, 5)).weight(random(4, 3, 3, 3)),
        conv("Sigmoid").in(random(2, 3, 5, 5)).weight(random(4, 3, 3, 3)),
        conv("LeakyRelu", 0.2f).in(random(2, 3, 5, 5)).weight(random(4, 3, 3, 3)),
        conv("Clip", -0.5f, 0.75f).in(random(2, 3, 5, 5)).weight(random(4, 3, 3, 3)),
        conv("HardSigmoid", 0.3f, 0.4f).in(random(2, 3, 5, 5)).weight(random(4, 3, 3, 3)),
        conv("Relu")
            .in(random(2, 3, 5, 5))
            .weight(random(4, 3, 3, 3), random(4))
            .in(random(2, 4, 5, 5)));
  }

  private static Alike conv(String activation, float... settings) {
    return Alike.of(
        "FusedConv",
        text("activation", activation),
        floats("activation_params", settings),
        wholes("pads", 1, 1, 1, 1));
  }

  static Stream<Alike> others() {
    Drawn.again();
    return Stream.of(
        Alike.of("CDist", text("metric", "sqeuclidean")).in(random(3, 4), random(5, 4)),
        Alike.of("CDist", text("metric", "euclidean")).in(random(3, 4), random(5, 4)),
        Alike.of("ConvTransposeWithDynamicPads", wholes("strides", 2, 2))
            .in(random(1, 2, 4, 4))
            .weight(random(2, 3, 3, 3), list(DType.INT64, 1, 0, 1, 0), random(3)),
        Alike.of("ExpandDims").in(random(2, 3)).weight(ints(DType.INT32, Shape.SCALAR, 1)),
        Alike.of("ExpandDims").in(random(2, 3)).weight(ints(DType.INT32, Shape.SCALAR, -1)),
        Alike.of("GatherND")
            .in(random(2, 3, 4))
            .weight(ints(DType.INT64, Shape.of(2, 2), 0, 2, 1, 0)),
        Alike.of("GridSample", text("mode", "bilinear"), text("padding_mode", "border"))
            .in(random(1, 2, 4, 5), random(1, 3, 3, 2)),
        Alike.of("GridSample", text("mode", "bicubic"), whole("align_corners", 1))
            .in(random(1, 2, 4, 5), random(1, 3, 3, 2)),
        Alike.of("Inverse").in(random(2, 4, 4)),
        Alike.of("NhwcMaxPool", wholes("kernel_shape", 2, 2), wholes("strides", 2, 1))
            .in(bytes(DType.INT8, 1, 5, 6, 3)),
        Alike.of("Trilu").in(random(2, 4, 4)),
        Alike.of("Trilu", whole("upper", 0))
            .in(random(4, 5))
            .weight(ints(DType.INT64, Shape.SCALAR, 1)));
  }

  @ParameterizedTest
  @MethodSource({"fused", "convolutions", "others"})
  void answers_are_those_of_onnx_runtime(Alike node) throws Exception {
    node.check(folder);
  }

  static Stream<Arguments> refused() {
    Drawn.again();
    return Stream.of(
        arguments(conv("Softplus").in(random(1, 1, 3, 3)).weight(random(1, 1, 3, 3)), "Softplus"),
        arguments(
            conv("Relu").in(random(1, 1, 3, 3)).weight(random(1, 1, 3, 3)).none().in(random(1)),
            "FusedConv of sizes 1 where 1×1×3×3"),
        arguments(
            Alike.of("CDist", text("metric", "cosine")).in(random(2, 3), random(2, 3)), "cosine"),
        arguments(Alike.of("Rfft", whole("normalized", 1)).in(random(2, 4)), "normed"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Alike node, String what) {
    node.isRefused(folder, what);
  }

  @Test
  void a_matrix_without_an_inverse_is_told_where_it_runs() {
    Tensor ones = Tensor.full(Shape.of(2, 2), 1);
    Nodes nodes = Nodes.of().input("x", ones.type()).foreign("com.microsoft", "Inverse", "y < x");
    assertThatThrownBy(() -> nodes.run(folder, ones))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("determinant");
  }

  @Test
  void operators_without_a_rule_are_listed_at_once() {
    Drawn.again();
    Nodes nodes =
        Nodes.of()
            .input("x", random(3).type())
            .foreign("com.microsoft", "Sampling", "a < x")
            .foreign("com.microsoft", "BeamSearch", "y < a");
    assertThatThrownBy(() -> nodes.load(folder))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("com.microsoft.Sampling (a), com.microsoft.BeamSearch (y)");
  }

  @Test
  void files_for_one_processor_say_how_to_make_others() {
    Drawn.again();
    Nodes nodes =
        Nodes.of()
            .input("x", random(3).type())
            .foreign("com.microsoft.nchwc", "ReorderInput", "y < x");
    assertThatThrownBy(() -> nodes.load(folder))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("com.microsoft.nchwc.ReorderInput (y)")
        .hasMessageContaining("optimise with level extended");
  }
}
