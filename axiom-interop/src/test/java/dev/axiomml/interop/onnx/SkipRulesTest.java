package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.ints;
import static dev.axiomml.interop.onnx.Drawn.positive;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime's norms answer in Axiom what they answer there. */
class SkipRulesTest {
  @TempDir Path folder;

  static Stream<Alike> norms() {
    Drawn.again();
    return Stream.of(
        Alike.of("SkipLayerNormalization")
            .in(random(2, 3, 4), random(2, 3, 4))
            .weight(positive(4), random(4), random(4))
            .out("y - - s"),
        Alike.of("SkipLayerNormalization", number("epsilon", 0.01f))
            .in(random(2, 3, 4), random(3, 4))
            .weight(positive(4)),
        Alike.of("SkipSimplifiedLayerNormalization")
            .in(random(2, 3, 4), random(2, 3, 4))
            .weight(positive(4), random(4))
            .out("y - - s"),
        Alike.of("SkipSimplifiedLayerNormalization", number("epsilon", 0.01f))
            .in(random(3, 4), random(3, 4), positive(4)),
        Alike.standard("SimplifiedLayerNormalization", number("epsilon", 0.01f))
            .in(random(2, 3, 4))
            .weight(positive(4)),
        Alike.standard("SimplifiedLayerNormalization").in(random(2, 3, 4), positive(4)).out("y v"),
        Alike.standard("SimplifiedLayerNormalization", whole("axis", 1))
            .in(random(2, 3, 4))
            .weight(positive(3, 4)));
  }

  static Stream<Alike> embeddings() {
    Drawn.again();
    Tensor ids = ints(DType.INT32, Shape.of(2, 3), 4, 0, 2, 1, 1, 3);
    Tensor segments = ints(DType.INT32, Shape.of(2, 3), 0, 0, 1, 1, 0, 1);
    Tensor mask = ints(DType.INT32, Shape.of(2, 3), 1, 1, 0, 1, 1, 1);
    Tensor positions = ints(DType.INT32, Shape.of(2, 3), 2, 3, 0, 1, 2, 3);
    return Stream.of(
        Alike.of("EmbedLayerNormalization")
            .in(ids, segments)
            .weight(random(5, 4), random(6, 4), random(2, 4), positive(4), random(4))
            .in(mask)
            .out("y m"),
        Alike.of("EmbedLayerNormalization", number("epsilon", 0.01f))
            .in(ids)
            .none()
            .weight(random(5, 4), random(6, 4))
            .none()
            .weight(positive(4), random(4))
            .out("y m s"),
        Alike.of("EmbedLayerNormalization")
            .in(ids, segments)
            .weight(random(5, 4), random(6, 4), random(2, 4), positive(4), random(4))
            .none()
            .in(positions)
            .out("y m"));
  }

  @ParameterizedTest
  @MethodSource({"norms", "embeddings"})
  void answers_are_those_of_onnx_runtime(Alike node) throws Exception {
    node.check(folder);
  }

  static Stream<Arguments> refused() {
    Drawn.again();
    Tensor x = random(2, 3, 8);
    return Stream.of(
        arguments(
            Alike.of("SkipSimplifiedLayerNormalization").in(x, x).weight(positive(8)).out("y m"),
            "the mean"),
        arguments(
            Alike.of("GroupNorm", whole("activation", 2))
                .in(random(1, 2, 2, 4))
                .weight(positive(4), random(4)),
            "an unknown activation"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Alike node, String what) {
    node.isRefused(folder, what);
  }
}
