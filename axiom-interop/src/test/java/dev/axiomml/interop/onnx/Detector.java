package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.graph;
import static dev.axiomml.interop.onnx.Nodes.whole;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;

/**
 * A detector as those of speech are: samples, a state whose batch is its second axis, a gain, and a
 * rate of whole numbers that chooses one of two layers. {@code examples/models/detector.onnx} is
 * this with made-up weights.
 */
final class Detector {
  static final int SAMPLES = 8;
  static final int STATE = 4;

  private Detector() {}

  /** Writes the file of a seed. */
  static Path write(Path folder, long seed) {
    Dim batch = Dim.symbol("batch");
    return Nodes.of()
        .input("x", Type.float32(Shape.of(batch, Dim.of(SAMPLES))))
        .input("state", Type.float32(Shape.of(Dim.of(2), batch, Dim.of(STATE))))
        .input("gain", Type.float32(Shape.SCALAR))
        .input("sr", Type.of(Shape.SCALAR, DType.INT64))
        .weight("first", Tensor.ofLongs(Shape.SCALAR, 0))
        .weight("wide", Tensor.ofLongs(Shape.SCALAR, 16_000))
        .weight("front", Tensor.ofLongs(Shape.of(1), 0))
        .weight("v", weights(seed + 2, STATE, 1))
        .weight("c", weights(seed + 3, 1))
        .node("Mul", "scaled < x gain")
        .node("Gather", "before < state first", whole("axis", 0))
        .node("Concat", "joined < scaled before", whole("axis", 1))
        .node("Equal", "fast < sr wide")
        .node(
            "If",
            "h < fast",
            graph("then_branch", layer("f", seed), "f.h"),
            graph("else_branch", layer("s", seed + 1), "s.h"))
        .node("Gemm", "logit < h v c")
        .node("Sigmoid", "speech < logit")
        .node("Unsqueeze", "row < h front")
        .node("Concat", "next < row row", whole("axis", 0))
        .write(folder, 17, "speech", "next");
  }

  private static Nodes layer(String name, long seed) {
    return Nodes.of()
        .weight(name + ".w", weights(10 * seed, SAMPLES + STATE, STATE))
        .weight(name + ".b", weights(10 * seed + 1, STATE))
        .node("Gemm", name + ".z < joined " + name + ".w " + name + ".b")
        .node("Relu", name + ".h < " + name + ".z");
  }

  /** Sixteenths. */
  private static Tensor weights(long seed, long... sizes) {
    Tensor drawn = Tensor.random(Shape.of(sizes), seed, -8, 8);
    float[] rounded = drawn.toFloats();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(rounded[i]) / 16f;
    }
    return Tensor.of(drawn.shape(), rounded);
  }
}
