package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.image.GridSample;
import dev.axiomml.core.op.image.PixelReading;
import dev.axiomml.core.op.image.PixelReading.Border;
import dev.axiomml.core.op.image.PixelReading.Mode;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridSampleTest {
  private static final Tensor ROW = Tensor.of(Shape.of(1, 4, 1), 10, 20, 40, 80);

  private static double[] read(Mode mode, Border border, double... positions) {
    Tensor at =
        Tensor.ofDoubles(
            Shape.of(1, positions.length, 1), dev.axiomml.core.tensor.DType.FLOAT64, positions);
    return new GridSample(new PixelReading(mode, border))
        .run(List.of(ROW, at))
        .get(0)
        .tensor()
        .toDoubles();
  }

  @Test
  void linear_reading_blends_by_distance_and_fades_into_zeros() {
    assertThat(read(Mode.LINEAR, Border.ZEROS, 0, 0.25, 2.5, -0.5, 3.25, 9, -7))
        .containsExactly(10, 12.5, 60, 5, 60, 0, 0);
  }

  @Test
  void nearest_reading_takes_the_even_one_of_two() {
    assertThat(read(Mode.NEAREST, Border.ZEROS, 0.5, 1.5, 2.4, -0.4, 3.6))
        .containsExactly(10, 40, 40, 10, 0);
  }

  @Test
  void a_clamped_border_repeats_the_outer_pixel() {
    assertThat(read(Mode.LINEAR, Border.CLAMP, -3, 3.5, 100)).containsExactly(10, 80, 80);
  }

  @Test
  void cubic_reading_outside_a_clamped_border_blends_four_clamped_pixels() {
    assertThat(read(Mode.CUBIC, Border.CLAMP, -9, 100)).containsExactly(10, 80);
    assertThat(read(Mode.CUBIC, Border.CLAMP, -0.5)[0]).isCloseTo(9.0625, within(1e-12));
  }

  @Test
  void mirrors_stand_at_centres_or_at_edges() {
    assertThat(read(Mode.LINEAR, Border.MIRROR_CENTRES, -1, 4, -2.5, 6))
        .containsExactly(20, 40, 60, 10);
    assertThat(read(Mode.NEAREST, Border.MIRROR_EDGES, -1, -2, 4, 5, 8, -5))
        .containsExactly(10, 20, 80, 40, 10, 80);
  }

  @Test
  void cubic_reading_goes_through_the_pixels_and_keeps_constants() {
    assertThat(read(Mode.CUBIC, Border.CLAMP, 0, 1, 3)).containsExactly(10, 20, 80);
    Tensor flat = Tensor.full(Shape.of(1, 5, 1), 3);
    Tensor at = Tensor.of(Shape.of(1, 2, 1), 1.3f, 2.7f);
    PixelReading reading = new PixelReading(Mode.CUBIC, Border.MIRROR_EDGES);
    assertThat(new GridSample(reading).run(List.of(flat, at)).get(0).tensor().toDoubles()[0])
        .isCloseTo(3, within(1e-6));
  }

  @Test
  void a_position_that_is_not_finite_reads_nan() {
    assertThat(read(Mode.LINEAR, Border.ZEROS, Double.NaN, Double.POSITIVE_INFINITY))
        .containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void known_positions_make_it_affine() {
    Tensor at = Tensor.random(Shape.of(2, 3, 3, 2), 5, -1, 4);
    GridSample op = new GridSample(new PixelReading(Mode.LINEAR, Border.ZEROS));
    Tensor image = Tensor.random(Shape.of(2, 3, 4, 2), 6, -1, 1);
    List<KnownValue> known = List.of(KnownValue.nothing(), new KnownValue.Exact(at, "at"));
    assertThat(op.given(List.of(image.type(), at.type()), known)).isPresent();
    assertThat(op.infer(List.of(image.type(), at.type())))
        .containsExactly(Type.float32(Shape.of(2, 3, 3, 2)));
  }

  @Test
  void positions_have_one_number_an_axis() {
    GridSample op = new GridSample(new PixelReading(Mode.LINEAR, Border.ZEROS));
    Type image = Type.float32(Shape.of(1, 3, 4, 2));
    assertThatThrownBy(() -> op.infer(List.of(image, Type.float32(Shape.of(1, 5, 3)))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("one number for each spatial axis");
  }
}
