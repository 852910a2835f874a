package dev.axiomml.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DerivedFloatsTest {
  private static Tensor mapped(Tensor tensor) {
    ByteBuffer memory = ByteBuffer.allocateDirect(4 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    memory.asFloatBuffer().put(tensor.toFloats());
    return TensorMemory.adopt(tensor.shape(), DType.FLOAT32, memory);
  }

  private static int[] order(int rank, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      order.add(axis);
    }
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void a_view_has_the_numbers_of_the_copy_however_axes_move_split_and_join() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Tensor heap = Tensor.random(Shape.of(2, 3, 4, 5), seed, -1, 1);
      Tensor view = mapped(heap);
      for (int step = 0; step < 4; step++) {
        int[] order = order(heap.shape().rank(), random);
        heap = heap.permute(order);
        view = random.nextBoolean() ? view.permute(order) : TensorMemory.permutedView(view, order);
        Shape other = random.nextBoolean() ? Shape.of(6, 20) : heap.shape();
        other = random.nextInt(4) == 0 ? Shape.of(2, 3, 4, 5) : other;
        heap = heap.reshape(other);
        view = view.reshape(other);
      }
      float first = view.floatAt(17);
      assertThat(first).as("seed %d", seed).isEqualTo(heap.floatAt(17));
      assertThat(view).as("seed %d", seed).isEqualTo(heap);
      assertThat(view.toDoubles()).isEqualTo(heap.toDoubles());
      assertThat(view.floatAt(17)).isEqualTo(first);
    }
  }

  @Test
  void a_slice_of_a_view_can_be_permuted_too() {
    Tensor heap = Tensor.random(Shape.of(4, 6), 3, -1, 1);
    Tensor view = mapped(heap).permute(1, 0).slice(2, 5);
    assertThat(view.permute(1, 0)).isEqualTo(heap.permute(1, 0).slice(2, 5).permute(1, 0));
  }

  @Test
  void factors_multiply_in_double_precision_and_round_once() {
    Tensor x = Tensor.of(Shape.of(2, 2), 0.1f, 3f, -7f, Float.NaN);
    double[] first = {1 / 3.0, 1e-30};
    double[] second = {3, 1e30};
    Tensor y = TensorMemory.scaled(x, List.of(first, second));
    for (int i = 0; i < 4; i++) {
      float expected = (float) (x.doubleAt(i) * first[i % 2] * second[i % 2]);
      assertThat(y.floatAt(i)).isEqualTo(Float.valueOf(expected));
    }
    assertThat(y.toFloats()[2]).isEqualTo((float) (-7.0 * (1 / 3.0) * 3));
    assertThat(TensorMemory.scaled(y, List.of(second)).floatAt(1))
        .isEqualTo((float) ((float) (3.0 * 1e-30 * 1e30) * 1e30));
  }

  @Test
  void a_scaled_tensor_keeps_its_channels_when_axes_move() {
    Tensor x = Tensor.random(Shape.of(3, 2, 4), 5, -1, 1);
    Tensor y = TensorMemory.scaled(x, List.of(new double[] {1, 2, 3, 4}));
    Tensor plain = Tensor.of(y.shape(), y.toFloats());
    assertThat(TensorMemory.permutedView(y, 1, 0, 2)).isEqualTo(plain.permute(1, 0, 2));
    assertThat(TensorMemory.permutedView(y, 2, 0, 1)).isEqualTo(plain.permute(2, 0, 1));
  }

  @Test
  void sources_are_equal_where_the_same_memory_is_read_alike() {
    Tensor x = Tensor.random(Shape.of(4, 4), 1, -1, 1);
    Tensor same = Tensor.of(x.shape(), x.toFloats());
    assertThat(TensorMemory.source(x)).isEqualTo(TensorMemory.source(x.reshape(Shape.of(16))));
    assertThat(TensorMemory.source(x)).isNotEqualTo(TensorMemory.source(same));
    assertThat(TensorMemory.source(TensorMemory.permutedView(x, 1, 0)))
        .isEqualTo(TensorMemory.source(TensorMemory.permutedView(x, 1, 0)))
        .isNotEqualTo(TensorMemory.source(x));
    assertThat(scaled(x, 2)).isEqualTo(scaled(x, 2)).isNotEqualTo(scaled(x, 3));
  }

  private static FloatSource scaled(Tensor x, double factor) {
    double[] factors = {factor, factor, factor, factor};
    return TensorMemory.source(TensorMemory.scaled(x, List.of(factors)));
  }
}
