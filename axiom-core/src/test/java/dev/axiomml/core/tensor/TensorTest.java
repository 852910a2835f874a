package dev.axiomml.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTest {
  @Test
  void arrays_are_copied_on_the_way_in_and_out() {
    float[] values = {1, 2};
    Tensor tensor = Tensor.of(Shape.of(2), values);
    values[0] = 9;
    tensor.toFloats()[1] = 9;
    assertThat(tensor.toFloats()).containsExactly(1, 2);
    assertThat(tensor.asFloatBuffer().isReadOnly()).isTrue();
    assertThat(tensor.asBytes().isReadOnly()).isTrue();
  }

  @Test
  void reshape_and_slice_are_views_and_permute_moves() {
    Tensor tensor = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    assertThat(tensor.slice(1, 2).reshape(Shape.of(3)).toFloats()).containsExactly(4, 5, 6);
    assertThat(tensor.permute(1, 0).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(tensor.at(1, 2)).isEqualTo(6);
  }

  /** Two ways through the code: floats in one pass, other types by a table of indices. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "01", "10", "120", "021", "2031", "3210", "0231", "1302"})
  void axes_move_alike_for_floats_and_other_types(String axes) {
    int[] order = axes.chars().map(c -> c - '0').toArray();
    int[] sizes = java.util.Arrays.copyOf(new int[] {3, 1, 4, 2}, order.length);
    Tensor tensor = Tensor.random(Shape.of(2).concat(Shape.of(sizes)), 7, -1, 1).slice(1, 2);
    Tensor view = tensor.reshape(Shape.of(sizes));
    Tensor copy = view.to(DType.FLOAT64);
    assertThat(view.permute(order)).isEqualTo(copy.permute(order).to(DType.FLOAT32));
    Tensor mapped = TensorMemory.adopt(view.shape(), DType.FLOAT32, view.asBytes());
    assertThat(mapped.permute(order)).isEqualTo(view.permute(order));
  }

  @Test
  void one_value_repeated_is_as_a_full_tensor_without_its_memory() {
    Tensor huge = TensorMemory.repeated(Shape.of(2, 1 << 29), 1.5f);
    assertThat(huge.doubleAt(huge.size() - 1)).isEqualTo(1.5);
    Tensor few = huge.slice(1, 2).reshape(Shape.of(1 << 29)).slice(7, 13).reshape(Shape.of(2, 3));
    Tensor full = Tensor.full(Shape.of(2, 3), 1.5f);
    assertThat(few).isEqualTo(full);
    assertThat(few.permute(1, 0)).isEqualTo(full.permute(1, 0));
    assertThat(few.asFloatBuffer()).isEqualTo(full.asFloatBuffer());
    assertThat(few.to(DType.FLOAT64)).isEqualTo(full.to(DType.FLOAT64));
    assertThat(TensorMemory.borrow(few)).containsOnly(1.5f).hasSize(6);
    assertThat(few.longAt(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"STRING", "FLOAT8_E8M0FNU"},
      mode = EnumSource.Mode.EXCLUDE)
  void every_number_type_with_a_zero_is_stored_converted_and_moved(DType dtype) {
    Tensor tensor = Tensor.of(Shape.of(2, 2), 0, 1, 1, 0).to(dtype);
    assertThat(tensor.dtype()).isEqualTo(dtype);
    assertThat(tensor.permute(1, 0).slice(0, 1).to(DType.FLOAT32).toFloats()).containsExactly(0, 1);
    assertThat(TensorMemory.adopt(tensor.shape(), dtype, tensor.asBytes())).isEqualTo(tensor);
  }

  @Test
  void large_integers_keep_every_bit() {
    Tensor tensor = Tensor.ofLongs(Shape.of(2), Long.MAX_VALUE, -(1L << 53) - 1);
    assertThat(tensor.permute(0).toLongs()).containsExactly(Long.MAX_VALUE, -(1L << 53) - 1);
    assertThat(Tensor.ofIntegers(Shape.of(1), DType.UINT64, -1).doubleAt(0)).isEqualTo(0x1p64);
    assertThat(Tensor.ofIntegers(Shape.of(1), DType.UINT8, 255).longAt(0)).isEqualTo(255);
  }

  @Test
  void halves_round_to_nearest_even_and_keep_the_odd_ones() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloats.fromFloat16((short) bits);
      boolean nan = Float.isNaN(value);
      assertThat(nan || HalfFloats.toFloat16(value) == (short) bits).as("bits %x", bits).isTrue();
    }
    assertThat(HalfFloats.toFloat16(1 + 0x1p-11f)).isEqualTo(HalfFloats.toFloat16(1));
    assertThat(HalfFloats.toFloat16(1 + 3 * 0x1p-11f)).isEqualTo(HalfFloats.toFloat16(1 + 0x1p-9f));
    assertThat(HalfFloats.fromFloat16(HalfFloats.toFloat16(65520))).isInfinite();
    assertThat(HalfFloats.fromFloat16(HalfFloats.toFloat16(0x1p-25f))).isZero();
    assertThat(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(1 + 0x1p-8f))).isEqualTo(1);
    assertThat(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(Float.NaN))).isNaN();
  }

  @Test
  void views_of_foreign_memory_start_where_it_starts() {
    ByteBuffer memory = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);
    memory.putFloat(4, 7).position(4).limit(12);
    Tensor tensor = TensorMemory.adopt(Shape.of(2), DType.FLOAT32, memory);
    assertThat(tensor.toFloats()).containsExactly(7, 0);
    assertThat(tensor.slice(0, 1).asFloatBuffer().get(0)).isEqualTo(7);
  }

  @Test
  void counts_and_shapes_must_agree() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 2), 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2×2");
    assertThatThrownBy(() -> Tensor.zeros(Shape.of(Dim.symbol("N"))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_shape_that_no_tensor_can_hold_is_refused_with_the_limit() {
    for (Shape huge :
        new Shape[] {Shape.of(1 << 20, 1 << 20), Shape.of(Long.MAX_VALUE, 3), Shape.of(1L << 31)}) {
      assertThatThrownBy(() -> Tensor.zeros(huge))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining(huge.toString())
          .hasMessageContaining("2147483647")
          .hasMessageContaining("fix:");
    }
    assertThat(Shape.of(1 << 20, 1 << 20, 0).count()).isZero();
    assertThat(Shape.of(Integer.MAX_VALUE).count()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void bytes_scaled_are_those_of_a_float_division() {
    for (int value = 0; value < 256; value++) {
      Tensor one = Tensor.ofIntegers(Shape.of(1), DType.UINT8, value);

      assertThat(one.scaled(1 / 255.0).toFloats()).containsExactly(value / 255f);
    }
  }
}
