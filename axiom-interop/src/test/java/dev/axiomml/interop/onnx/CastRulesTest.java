package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversions of elements in ONNX files. */
class CastRulesTest {
  private static final long SEED = 41;

  @TempDir private Path folder;

  private Tensor cast(Tensor x, DType to, AttributeProto... more) {
    AttributeProto[] settings = java.util.Arrays.copyOf(more, more.length + 1);
    settings[more.length] = whole("to", OnnxElementTypes.number(to));
    return Nodes.of().input("x", x.type()).node("Cast", "y < x", settings).run(folder, x).tensor();
  }

  @Test
  void integers_of_few_bits_are_rounded_to_even_where_wider_ones_cut_off() {
    Tensor x = Tensor.of(Shape.of(5), -2.5f, -1.6f, 0.5f, 1.5f, 2.7f);
    assertThat(cast(x, DType.INT4).toLongs()).containsExactly(-2, -2, 0, 2, 3);
    assertThat(cast(x, DType.INT8).toLongs()).containsExactly(-2, -1, 0, 1, 2);
  }

  @Test
  void floats_of_eight_bits_stop_at_the_largest_unless_told_otherwise() {
    Tensor x = Tensor.of(Shape.of(2), 1e6f, Float.NEGATIVE_INFINITY);
    assertThat(cast(x, DType.FLOAT8_E5M2).toFloats()).containsExactly(57344, -57344);
    assertThat(cast(x, DType.FLOAT8_E5M2, whole("saturate", 0)).toFloats())
        .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({"up, 2, 8, 4", "down, 1, 4, 4", "nearest, 2, 4, 4"})
  void powers_of_two_round_as_told(String mode, float low, float high, float same) {
    Tensor x = Tensor.of(Shape.of(3), 1.5f, 5.9f, 4);
    Tensor powers = cast(x, DType.FLOAT8_E8M0FNU, text("round_mode", mode));
    assertThat(powers.toFloats()).containsExactly(low, high, same);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16", "INT64", "UINT64"})
  void numbers_come_back_from_text(DType dtype) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] numbers = new double[64];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-14, 15));
    }
    Tensor x = Tensor.ofDoubles(Shape.of(64), DType.FLOAT64, numbers).to(dtype);
    assertThat(cast(cast(x, DType.STRING), dtype)).as("seed " + SEED).isEqualTo(x);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "1, 1.0", "1e-5, 1e-05", "-2.5e20, -2.5e+20", "33554432, 33554432.0"})
  void floats_are_spelt_with_the_fewest_digits(float number, String text) {
    Tensor x = Tensor.scalar(number);
    assertThat(cast(x, DType.STRING).textAt(0)).isEqualTo(text);
  }

  @Test
  void text_that_is_no_number_is_refused_when_it_arrives() {
    Tensor words = Tensor.ofTexts(Shape.of(1), "0x10");
    assertThatThrownBy(() -> cast(words, DType.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"0X10\" is no number");
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, INT32",
    "FLOAT64, UINT64",
    "BFLOAT16, INT16",
    "INT8, FLOAT8_E4M3FN",
    "INT4, UINT4"
  })
  void bits_read_as_another_type_come_back(DType from, DType to) {
    byte[] bits = new byte[8 * Math.max(1, from.bytes())];
    new java.util.Random(SEED).nextBytes(bits);
    Shape shape = Shape.of(bits.length * 8 / from.bits());
    Tensor x = TensorMemory.unpacked(shape, from, ByteBuffer.wrap(bits));
    Tensor back =
        Nodes.of()
            .input("x", x.type())
            .node("BitCast", "b < x", whole("to", OnnxElementTypes.number(to)))
            .node("BitCast", "y < b", whole("to", OnnxElementTypes.number(from)))
            .run(folder, x)
            .tensor();
    assertThat(back).as("seed " + SEED).isEqualTo(x);
  }

  @Test
  void bits_of_another_width_are_refused() {
    Nodes nodes =
        Nodes.of()
            .input("x", Type.float32(Shape.of(2)))
            .node("BitCast", "y < x", whole("to", OnnxElementTypes.number(DType.INT64)));
    assertThatThrownBy(() -> nodes.load(folder))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what()).isEqualTo("BitCast from float32 to int64");
              assertThat(e.diagnosis().where()).contains("test.onnx › BitCast y (opset 25)");
              assertThat(e.diagnosis().why()).contains("same bits");
              assertThat(e.diagnosis().fix()).isNotEmpty();
            });
  }

  @Test
  void an_operator_that_would_compute_on_stored_numbers_is_refused() {
    Nodes nodes =
        Nodes.of().input("x", Type.of(Shape.of(2), DType.FLOAT8_E4M3FN)).node("Add", "y < x x");
    assertThatThrownBy(() -> nodes.load(folder))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("Add of float8_e4m3fn")
        .hasMessageContaining("cast or dequantize");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "U?INT[24]|FLOAT[48]_.*")
  void numbers_listed_in_a_file_are_those_packed_in_it(DType dtype) {
    Tensor x = Tensor.of(Shape.of(3), 1, 0.5f, 1).to(dtype);
    var listed = Nodes.proto(x).setName("w");
    ByteBuffer bytes = TensorMemory.packed(x);
    while (bytes.hasRemaining()) {
      listed.addInt32Data(bytes.get() & 0xff);
    }
    int to = OnnxElementTypes.number(DType.FLOAT32);
    Nodes packed = Nodes.of().weight("w", x).node("Cast", "y < w", whole("to", to));
    Nodes plain = Nodes.of().weight(listed.build()).node("Cast", "y < w", whole("to", to));
    assertThat(packed.run(folder)).isEqualTo(x.to(DType.FLOAT32));
    assertThat(plain.run(folder)).isEqualTo(x.to(DType.FLOAT32));
  }
}
