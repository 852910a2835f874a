package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.list;
import static dev.axiomml.interop.onnx.Drawn.positive;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.Drawn.small;
import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.whole;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime's LSTM with weights of 8 bits answers in Axiom what it answers there. */
class QuantizedLstmTest {
  @TempDir Path folder;

  /** A layer of three inputs and four features without a bias, or with one. */
  private static Alike layer(int directions, boolean biased, AttributeProto... settings) {
    AttributeProto[] all =
        Stream.concat(Stream.of(whole("hidden_size", 4)), Stream.of(settings))
            .toArray(AttributeProto[]::new);
    Alike node =
        Alike.of("DynamicQuantizeLSTM", all)
            .in(random(5, 2, 3))
            .weight(small(directions, 3, 16), small(directions, 4, 16));
    return biased ? node.weight(random(directions, 32)) : node.none();
  }

  private static Alike scaled(Alike node, int directions) {
    long[] zeros = new long[directions];
    return node.weight(scales(directions), list(DType.INT8, zeros))
        .weight(scales(directions), list(DType.INT8, zeros))
        .out("y h c");
  }

  private static Tensor scales(int directions) {
    float[] all = positive(directions).toFloats();
    for (int i = 0; i < all.length; i++) {
      all[i] /= 64;
    }
    return Tensor.of(Shape.of(directions), all);
  }

  static Stream<Alike> layers() {
    Drawn.again();
    return Stream.of(
        scaled(layer(1, true).none().none().none().none(), 1),
        scaled(layer(1, false).none().none().none().none(), 1),
        scaled(layer(1, true).none().in(random(1, 2, 4), random(1, 2, 4)).none(), 1),
        scaled(layer(1, true, text("direction", "reverse")).none().none().none().none(), 1),
        scaled(layer(2, true, text("direction", "bidirectional")).none().none().none().none(), 2));
  }

  @ParameterizedTest
  @MethodSource
  void layers(Alike node) throws Exception {
    node.check(folder);
  }

  static Stream<Alike> refused() {
    Drawn.again();
    return Stream.of(
        scaled(layer(1, true, number("clip", 3)).none().none().none().none(), 1),
        scaled(layer(1, true, whole("input_forget", 1)).none().none().none().none(), 1),
        scaled(layer(1, true).in(list(DType.INT32, 5, 4)).none().none().none(), 1),
        scaled(layer(1, true).none().none().none().in(random(1, 12)), 1));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Alike node) {
    node.isRefused(folder, "with lengths, peepholes, coupled gates, a clip");
  }
}
