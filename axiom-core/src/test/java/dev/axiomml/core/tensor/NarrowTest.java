package dev.axiomml.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of eight bits and less. */
class NarrowTest {
  private static final long SEED = 20;

  private static double value(DType dtype, int code) {
    byte[] one = {(byte) code};
    return TensorMemory.adopt(Shape.SCALAR, dtype, ByteBuffer.wrap(one)).doubleAt(0);
  }

  private static int code(DType dtype, double number) {
    return Tensor.ofDoubles(Shape.SCALAR, dtype, number).asBytes().get(0) & 0xff;
  }

  private static double clamped(DType dtype, double number) {
    Tensor wide = Tensor.ofDoubles(Shape.SCALAR, DType.FLOAT64, number);
    return TensorMemory.clamped(wide, dtype).doubleAt(0);
  }

  private static double[] finite(DType dtype) {
    return java.util.stream.IntStream.range(0, 1 << dtype.bits())
        .mapToDouble(code -> value(dtype, code))
        .filter(Double::isFinite)
        .toArray();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "FLOAT[48]_.*")
  void every_code_of_a_number_comes_back(DType dtype) {
    for (int code = 0; code < 1 << dtype.bits(); code++) {
      double number = value(dtype, code);
      if (!Double.isNaN(number)) {
        assertThat(code(dtype, number)).as("code of " + number).isEqualTo(code);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "FLOAT[48]_.*")
  void no_number_of_the_type_is_nearer_than_the_one_chosen(DType dtype) {
    double[] numbers = finite(dtype);
    double most = Arrays.stream(numbers).max().orElseThrow();
    double least = Arrays.stream(numbers).min().orElseThrow();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2000; i++) {
      double size = Math.scalb(1 + random.nextDouble(), random.nextInt(-20, 17));
      double x = Math.max(least, Math.min(most, random.nextBoolean() ? size : -size));
      double near = Arrays.stream(numbers).map(n -> Math.abs(n - x)).min().orElseThrow();
      double chosen = Tensor.ofDoubles(Shape.SCALAR, dtype, x).doubleAt(0);
      assertThat(Math.abs(chosen - x)).as("of " + x + ", seed " + SEED).isEqualTo(near);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "FLOAT8_E[45].*|FLOAT4.*")
  void halfway_goes_to_the_even_code(DType dtype) {
    double[] numbers = Arrays.stream(finite(dtype)).filter(n -> 1 / n > 0).toArray();
    for (int low = 0; low + 1 < numbers.length; low++) {
      double middle = (numbers[low] + numbers[low + 1]) / 2;
      int even = code(dtype, numbers[low]) % 2 == 0 ? low : low + 1;
      assertThat(code(dtype, middle)).isEqualTo(code(dtype, numbers[even]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT8_E4M3FN, 126, 448",
    "FLOAT8_E4M3FN, 1, 0.001953125",
    "FLOAT8_E4M3FNUZ, 127, 240",
    "FLOAT8_E4M3FNUZ, 1, 0.0009765625",
    "FLOAT8_E5M2, 123, 57344",
    "FLOAT8_E5M2, 1, 0.0000152587890625",
    "FLOAT8_E5M2, 124, Infinity",
    "FLOAT8_E5M2, 252, -Infinity",
    "FLOAT8_E5M2FNUZ, 127, 57344",
    "FLOAT8_E8M0FNU, 127, 1",
    "FLOAT8_E8M0FNU, 130, 8",
    "FLOAT4_E2M1FN, 7, 6",
    "FLOAT4_E2M1FN, 9, -0.5",
  })
  void a_code_is_the_number_its_format_says(DType dtype, int code, double number) {
    assertThat(value(dtype, code)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT8_E4M3FN, 464, 448, 448",
    "FLOAT8_E4M3FN, 465, NaN, 448",
    "FLOAT8_E4M3FN, Infinity, NaN, 448",
    "FLOAT8_E4M3FNUZ, -248, NaN, -240",
    "FLOAT8_E4M3FNUZ, -Infinity, NaN, -240",
    "FLOAT8_E5M2, 61440, Infinity, 57344",
    "FLOAT8_E5M2, -Infinity, -Infinity, -57344",
    "FLOAT8_E5M2FNUZ, 61440, NaN, 57344",
    "FLOAT8_E8M0FNU, 0, NaN, 5.877471754111438E-39",
    "FLOAT8_E8M0FNU, Infinity, NaN, 1.7014118346046923E38",
    "FLOAT8_E8M0FNU, -1, NaN, NaN",
    "FLOAT4_E2M1FN, 100, 6, 6",
    "FLOAT4_E2M1FN, -Infinity, -6, -6",
  })
  void beyond_the_range_is_what_the_conversion_says(
      DType dtype, double number, double plain, double saturated) {
    assertThat(Tensor.ofDoubles(Shape.SCALAR, dtype, number).doubleAt(0))
        .isEqualTo(Double.valueOf(plain));
    assertThat(clamped(dtype, number)).isEqualTo(Double.valueOf(saturated));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "FLOAT8_.*")
  void nan_stays_nan(DType dtype) {
    assertThat(value(dtype, code(dtype, Double.NaN))).isNaN();
    assertThat(clamped(dtype, Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"INT4, 7, 7", "INT4, 8, -8", "INT4, -9, 7", "UINT4, -1, 15", "UINT4, 16, 0"})
  void integers_of_four_bits_wrap(DType dtype, long number, long wrapped) {
    assertThat(Tensor.ofIntegers(Shape.SCALAR, dtype, number).longAt(0)).isEqualTo(wrapped);
  }

  @ParameterizedTest
  @CsvSource({"INT2, 1, 1", "INT2, 2, -2", "UINT2, 5, 1"})
  void integers_of_two_bits_wrap(DType dtype, long number, long wrapped) {
    assertThat(Tensor.ofIntegers(Shape.SCALAR, dtype, number).longAt(0)).isEqualTo(wrapped);
  }

  @Test
  void the_first_element_lies_in_the_lowest_bits() {
    ByteBuffer packed = ByteBuffer.wrap(new byte[] {(byte) 0x8f, 0x03});
    Tensor signed = TensorMemory.unpacked(Shape.of(3), DType.INT4, packed);
    assertThat(signed.toLongs()).containsExactly(-1, -8, 3);
    Tensor pairs =
        TensorMemory.unpacked(Shape.of(4), DType.UINT2, ByteBuffer.wrap(new byte[] {0x1b}));
    assertThat(pairs.toLongs()).containsExactly(3, 2, 1, 0);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "U?INT[24]|FLOAT4.*|FLOAT8_E5M2|INT16")
  void packed_elements_come_back(DType dtype) {
    for (int count = 0; count < 9; count++) {
      long[] numbers = java.util.stream.LongStream.range(-4, count - 4).toArray();
      Tensor x = Tensor.ofLongs(Shape.of(count), numbers).to(dtype);
      assertThat(TensorMemory.packed(x).remaining()).isEqualTo((count * dtype.bits() + 7) / 8);
      assertThat(TensorMemory.unpacked(x.shape(), dtype, TensorMemory.packed(x))).isEqualTo(x);
    }
  }

  @Test
  void packed_bytes_of_another_count_are_refused() {
    assertThatThrownBy(
            () -> TensorMemory.unpacked(Shape.of(3), DType.INT4, ByteBuffer.wrap(new byte[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 bytes for int4");
  }
}
