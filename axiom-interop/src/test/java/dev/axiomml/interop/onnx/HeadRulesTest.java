package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Drawn.gentle;
import static dev.axiomml.interop.onnx.Drawn.ints;
import static dev.axiomml.interop.onnx.Drawn.list;
import static dev.axiomml.interop.onnx.Drawn.positive;
import static dev.axiomml.interop.onnx.Drawn.random;
import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
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

/** ONNX Runtime's attention operators answer in Axiom what they answer there. */
class HeadRulesTest {
  @TempDir Path folder;

  static Stream<Alike> attention() {
    Drawn.again();
    return Stream.of(
        projected().in(random(2, 3, 8)).weight(gentle(8, 24), gentle(24)),
        projected(number("scale", 0.7f)).in(random(2, 3, 8)).weight(gentle(8, 24), gentle(24)),
        projected(wholes("qkv_hidden_sizes", 8, 8, 4))
            .in(random(2, 3, 6))
            .weight(gentle(6, 20), gentle(20)),
        projected()
            .in(random(2, 3, 8))
            .weight(gentle(8, 24), gentle(24))
            .in(list(DType.INT32, 2, 3)),
        projected(whole("unidirectional", 1))
            .in(random(2, 3, 8))
            .weight(gentle(8, 24), gentle(24))
            .none()
            .in(random(2, 2, 2, 2, 4))
            .out("y p"),
        projected()
            .in(random(2, 3, 8))
            .weight(gentle(8, 24), gentle(24))
            .none()
            .none()
            .in(random(1, 2, 3, 3))
            .out("y p"));
  }

  static Stream<Alike> masks() {
    Drawn.again();
    return Stream.of(
        projected()
            .in(random(2, 3, 8))
            .weight(gentle(8, 24), gentle(24))
            .in(list(DType.INT32, 2, 3, 0, 1)),
        projected(number("mask_filter_value", -3))
            .in(random(2, 3, 8))
            .weight(gentle(8, 24), gentle(24))
            .in(ints(DType.INT32, Shape.of(2, 3), 1, 0, 1, 0, 0, 0)),
        projected(whole("unidirectional", 1))
            .in(random(1, 3, 8))
            .weight(gentle(8, 24), gentle(24))
            .in(ints(DType.INT32, Shape.of(1, 3, 3), 0, 1, 1, 1, 0, 1, 1, 1, 0)),
        projected(whole("unidirectional", 1))
            .in(random(2, 3, 8))
            .weight(gentle(8, 24), gentle(24))
            .in(ints(DType.INT32, Shape.of(2, 3), 0, 1, 1, 1, 1, 0)));
  }

  private static Alike projected(AttributeProto... settings) {
    return Alike.of("Attention", with(whole("num_heads", 2), settings));
  }

  static AttributeProto[] with(AttributeProto first, AttributeProto... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(AttributeProto[]::new);
  }

  static Stream<Alike> heads() {
    Drawn.again();
    return Stream.of(
        multi().in(random(2, 3, 8), random(2, 5, 8), random(2, 5, 8)),
        multi(number("scale", 0.3f))
            .in(random(2, 3, 8), random(2, 5, 8), random(2, 5, 4))
            .weight(random(20)),
        multi()
            .in(random(2, 3, 8), random(2, 3, 8), random(2, 3, 8))
            .none()
            .in(ints(DType.INT32, Shape.of(2, 3), 1, 0, 1, 0, 1, 1), random(1, 2, 3, 3)),
        multi().in(random(2, 3, 8), random(2, 2, 5, 4), random(2, 2, 5, 4)),
        multi(whole("unidirectional", 1))
            .in(random(2, 3, 8), random(2, 3, 8), random(2, 3, 8))
            .none()
            .none()
            .none()
            .in(random(2, 2, 2, 4), random(2, 2, 2, 4))
            .out("y k v"));
  }

  private static Alike multi(AttributeProto... settings) {
    return Alike.of("MultiHeadAttention", with(whole("num_heads", 2), settings));
  }

  static Stream<Alike> grouped() {
    Drawn.again();
    return Stream.of(
        prompt(random(2, 5, 32), random(2, 5, 16), random(2, 5, 16)).out("y k v"),
        turned(whole("rotary_interleaved", 0)).out("y k v"),
        turned(whole("rotary_interleaved", 1)),
        lengths(group(whole("local_window_size", 2)).in(random(2, 5, 64)).none().none())
            .out("y k v"),
        lengths(group(number("softcap", 0.5f)).in(random(2, 5, 64)).none().none()).out("y k v"),
        lengths(group(whole("smooth_softmax", 1)).in(random(2, 5, 64)).none().none()).out("y k v"),
        lengths(group().in(random(2, 5, 64)).none().none())
            .none()
            .none()
            .none()
            .in(random(1, 4, 5, 5), random(4))
            .out("y k v"));
  }

  private static Alike turned(AttributeProto pairs) {
    return lengths(group(whole("do_rotary", 1), pairs).in(random(2, 5, 128)).none().none())
        .weight(random(7, 8), random(7, 8))
        .out("y k v");
  }

  private static Alike prompt(Tensor query, Tensor key, Tensor value) {
    return lengths(group().in(query, key, value));
  }

  private static Alike lengths(Alike packed) {
    return packed.none().none().weight(list(DType.INT32, 4, 4), ints(DType.INT32, Shape.SCALAR, 5));
  }

  static Alike group(AttributeProto... settings) {
    return Alike.of(
        "GroupQueryAttention",
        with(whole("num_heads", 4), with(whole("kv_num_heads", 2), settings)));
  }

  static Stream<Alike> rotary() {
    Drawn.again();
    return Stream.of(
        Alike.of("RotaryEmbedding")
            .in(random(2, 3, 16), list(DType.INT64, 2))
            .weight(random(8, 4), random(8, 4)),
        Alike.of("RotaryEmbedding", whole("interleaved", 1))
            .in(random(2, 2, 3, 8), ints(DType.INT64, Shape.of(2, 3), 0, 1, 2, 5, 6, 7))
            .weight(random(8, 4), random(8, 4)),
        Alike.of("RotaryEmbedding", whole("num_heads", 2), whole("rotary_embedding_dim", 4))
            .in(random(2, 3, 16), list(DType.INT64, 0))
            .weight(random(8, 2), random(8, 2)));
  }

  @ParameterizedTest
  @MethodSource({"attention", "masks", "heads", "grouped", "rotary"})
  void answers_are_those_of_onnx_runtime(Alike node) throws Exception {
    node.check(folder);
  }

  static Stream<Arguments> refused() {
    Drawn.again();
    Tensor x = random(2, 3, 8);
    return Stream.of(
        arguments(
            projected(whole("do_rotary", 1)).in(x).weight(gentle(8, 24), gentle(24)), "do_rotary"),
        arguments(
            projected().in(x).weight(gentle(8, 24), gentle(24)).in(list(DType.INT32, 1, 2, 3)),
            "operand 3 of Attention"),
        arguments(
            projected()
                .in(x)
                .weight(gentle(8, 24), gentle(24))
                .in(ints(DType.INT32, Shape.of(1, 1, 3, 3), new long[9])),
            "operand 3 of Attention"));
  }

  static Stream<Arguments> unsupported() {
    Drawn.again();
    Tensor x = random(2, 3, 8);
    return Stream.of(
        arguments(multi().in(random(2, 3, 2, 3, 4)), "packed operands"),
        arguments(
            multi().in(x, x, x).none().none().none().none().none().in(list(DType.INT32, 1)),
            "a shared buffer"),
        arguments(
            Alike.of("RotaryEmbedding", number("scale", 2))
                .in(x, list(DType.INT64, 0))
                .weight(random(8, 4), random(8, 4)),
            "with a scale"));
  }

  @ParameterizedTest
  @MethodSource({"refused", "unsupported"})
  void refused(Alike node, String what) {
    node.isRefused(folder, what);
  }

  @Test
  void attention_without_a_bias_has_a_bias_of_zeros() {
    Drawn.again();
    Tensor x = random(2, 3, 8);
    Tensor weights = gentle(8, 24);
    List<Tensor> plain = projected().in(x).weight(weights).answers(folder);
    List<Tensor> zeros =
        projected().in(x).weight(weights, Tensor.zeros(Shape.of(24))).answers(folder);
    Alike.CLOSE.check(plain, zeros);
  }

  @Test
  void a_projection_is_a_dense_layer_and_a_norm_a_norm() {
    Drawn.again();
    Nodes nodes =
        Nodes.of()
            .input("x", random(2, 3, 8).type())
            .weight("w", random(8, 24))
            .weight("b", random(24))
            .weight("g", positive(8))
            .foreign("com.microsoft", "Attention", "a < x w b", whole("num_heads", 2))
            .foreign("com.microsoft", "SkipLayerNormalization", "y < a x g b2")
            .weight("b2", random(8));
    List<String> titles =
        nodes.load(folder).graph().nodes().stream().map(node -> node.op().title()).toList();
    assertThat(titles).contains("Dense", "LayerNorm").doesNotContain("SkipLayerNormalization");
  }
}
