package dev.axiomml.interop.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A parameter goes to PyTorch's layout and comes back the same. */
class ParameterLayoutTest {
  static Stream<ParameterLayout> layouts() {
    return Stream.of(
        ParameterLayout.same(Shape.of(5)),
        ParameterLayout.same(Shape.SCALAR),
        ParameterLayout.matrix(Shape.of(3, 4)),
        ParameterLayout.matrix(Shape.of(1, 4)),
        ParameterLayout.kernel(Shape.of(3, 2, 4)),
        ParameterLayout.kernel(Shape.of(3, 1, 2, 4)),
        ParameterLayout.kernel(Shape.of(2, 3, 2, 2, 5)),
        ParameterLayout.transposedKernel(Shape.of(3, 2, 4, 5)),
        ParameterLayout.image(Shape.of(3, 2, 4)),
        ParameterLayout.matrix(Shape.of(24, 5)).flattened(0, Shape.of(2, 3, 4)),
        ParameterLayout.same(Shape.of(24)).flattened(0, Shape.of(2, 3, 4)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void there_and_back_is_the_same(ParameterLayout layout) {
    Tensor parameter = Tensor.random(layout.ours(), 11, -1, 1);

    Tensor stored = layout.toFile(parameter);

    assertThat(stored.shape()).isEqualTo(layout.stored());
    assertThat(layout.fromFile(stored)).isEqualTo(parameter);
  }

  @Test
  void kernels_have_outputs_first_in_pytorch() {
    ParameterLayout layout = ParameterLayout.kernel(Shape.of(5, 7, 2, 3));
    Tensor parameter = Tensor.random(layout.ours(), 1, -1, 1);

    Tensor stored = layout.toFile(parameter);

    assertThat(stored.shape()).isEqualTo(Shape.of(3, 2, 5, 7));
    assertThat(stored.at(2, 1, 4, 6)).isEqualTo(parameter.at(4, 6, 1, 2));
  }

  @Test
  void transposed_kernels_have_inputs_first_in_pytorch() {
    ParameterLayout layout = ParameterLayout.transposedKernel(Shape.of(5, 7, 2, 3));
    Tensor parameter = Tensor.random(layout.ours(), 1, -1, 1);

    assertThat(layout.toFile(parameter).at(1, 2, 4, 6)).isEqualTo(parameter.at(4, 6, 1, 2));
  }

  @Test
  void rows_behind_a_flattened_image_count_channels_first_in_pytorch() {
    ParameterLayout layout =
        ParameterLayout.matrix(Shape.of(24, 5)).flattened(0, Shape.of(2, 3, 4));
    Tensor parameter = Tensor.random(layout.ours(), 1, -1, 1);

    Tensor stored = layout.toFile(parameter);

    int height = 1;
    int width = 2;
    int channel = 3;
    assertThat(stored.at(4, (channel * 2 + height) * 3 + width))
        .isEqualTo(parameter.at((height * 3 + width) * 4 + channel, 4));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "BFLOAT16", "INT64"})
  void other_element_types_move_bit_for_bit(DType dtype) {
    ParameterLayout layout = ParameterLayout.kernel(Shape.of(2, 2, 3, 4));
    Tensor parameter = Tensor.random(layout.ours(), 5, -100, 100).to(dtype);

    assertThat(layout.fromFile(layout.toFile(parameter))).isEqualTo(parameter);
  }
}
