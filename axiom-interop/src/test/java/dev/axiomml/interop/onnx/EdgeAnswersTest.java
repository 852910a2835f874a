package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.positive;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators at the edges of images and of numbers, against ONNX Runtime. */
class EdgeAnswersTest {
  private static final float NAN = Float.NaN;
  private static final float ENDLESS = Float.POSITIVE_INFINITY;

  @TempDir Path folder;

  /** Positions up to three images away. */
  static Stream<Alike> readOutside() {
    Drawn.again();
    return Stream.of("nearest", "linear", "cubic")
        .flatMap(mode -> Stream.of("zeros", "border", "reflection").map(pad -> List.of(mode, pad)))
        .flatMap(how -> Stream.of(0, 1).map(corners -> read(how.get(0), how.get(1), corners)));
  }

  private static Alike read(String mode, String border, int corners) {
    Tensor grid = Tensor.random(Shape.of(1, 8, 8, 2), 17, -4, 4);
    return Alike.standard(
            "GridSample",
            text("mode", mode),
            text("padding_mode", border),
            whole("align_corners", corners))
        .in(random(1, 2, 4, 5), grid);
  }

  /** What is cut off at one end is not there to be repeated at the other. */
  static Stream<Alike> cropped() {
    Drawn.again();
    Tensor pads = Tensor.ofLongs(Shape.of(4), 1, -1, -1, 2);
    return Stream.of("wrap", "edge", "reflect")
        .map(mode -> Alike.standard("Pad", text("mode", mode)).in(random(4, 5)).weight(pads));
  }

  static Stream<Alike> corners() {
    Tensor x = Tensor.of(Shape.of(6), NAN, -1, 0.5f, 1, ENDLESS, -ENDLESS);
    Tensor bases = Tensor.of(Shape.of(6), 1, 1, -1, -1, 2, NAN);
    Tensor powers = Tensor.of(Shape.of(6), NAN, ENDLESS, ENDLESS, -ENDLESS, NAN, 0);
    return Stream.of(
        Alike.standard("Shrink", number("lambd", 0.5f), number("bias", 0.5f)).in(x),
        Alike.standard("Shrink", number("lambd", 0), number("bias", 0)).in(x),
        Alike.standard("Shrink").in(x),
        Alike.standard("Pow").in(bases, powers));
  }

  /** Outputs that are longer than the windows reach: the rest is at the end. */
  static Stream<Alike> longer() {
    Drawn.again();
    return Stream.of("NOTSET", "VALID")
        .flatMap(auto -> Stream.of(11, 12).map(length -> longer(auto, length)));
  }

  private static Alike longer(String auto, long length) {
    return Alike.standard(
            "ConvTranspose",
            text("auto_pad", auto),
            wholes("strides", 3),
            wholes("output_shape", length))
        .in(random(2, 2, 4))
        .weight(random(2, 1, 1), random(1));
  }

  @ParameterizedTest
  @MethodSource({"readOutside", "cropped", "corners", "longer"})
  void answers_are_those_of_onnx_runtime(Alike node) throws Exception {
    node.check(folder);
  }

  static Stream<Arguments> refused() {
    Drawn.again();
    Tensor x = random(2, 3, 4);
    return Stream.of(
        arguments(
            Alike.of("SkipLayerNormalization").in(x, x).weight(positive(4), random(1)),
            "operand 3"),
        arguments(
            Alike.of("SkipLayerNormalization").in(x, x).weight(positive(4)).none().in(random(1)),
            "operand 4"),
        arguments(
            Alike.of("SkipSimplifiedLayerNormalization").in(x, x).weight(positive(4), random(1)),
            "operand 3"),
        arguments(longer("SAME_UPPER", 12), "output_shape [12]"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Alike node, String what) {
    node.isRefused(folder, what);
  }
}
