package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sizes that a file leaves free are not guessed: what depends on them is decided when they are
 * there.
 */
class SizesNotGuessedTest {
  @TempDir Path folder;

  private static Nodes free(String... names) {
    Nodes nodes = Nodes.of();
    for (String name : names) {
      nodes.input(name, Type.float32(Shape.of(Dim.symbol("n" + name), Dim.of(2))));
    }
    return nodes;
  }

  @Test
  void an_uneven_split_keeps_every_row() {
    Model<?> model =
        free("x").node("Split", "a b < x", whole("num_outputs", 2)).load(folder, "a", "b");
    List<Tensor> parts = model.predictAll(List.of(Tensor.zeros(Shape.of(5, 2))));
    assertThat(parts).extracting(Tensor::shape).containsExactly(Shape.of(3, 2), Shape.of(2, 2));
    List<Tensor> few = model.predictAll(List.of(Tensor.zeros(Shape.of(1, 2))));
    assertThat(few).extracting(Tensor::shape).containsExactly(Shape.of(1, 2), Shape.of(0, 2));
  }

  @Test
  void equal_parts_of_an_axis_that_does_not_divide_are_refused() {
    Path file = free("x").node("Split", "a b < x").write(folder, 13, "a", "b");
    Model<?> model = Onnx.load(file, Layout.AS_FILE);
    List<Tensor> parts = model.predictAll(List.of(Tensor.zeros(Shape.of(4, 2))));
    assertThat(parts).extracting(Tensor::shape).containsExactly(Shape.of(2, 2), Shape.of(2, 2));
    assertThatThrownBy(() -> model.predictAll(List.of(Tensor.zeros(Shape.of(5, 2)))))
        .isInstanceOf(ShapeException.class);
    Nodes fixed = Nodes.of().input("x", Type.float32(Shape.of(5, 2))).node("Split", "a b < x");
    Path odd = fixed.write(folder, 13, "a", "b");
    assertThatThrownBy(() -> Onnx.load(odd, Layout.AS_FILE))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("they make up the whole axis");
  }

  @Test
  void a_last_window_that_starts_outside_does_not_count_on_a_free_axis() {
    Model<?> model =
        Nodes.of()
            .input("x", Type.float32(Shape.of(Dim.ONE, Dim.ONE, Dim.symbol("n"))))
            .node(
                "MaxPool",
                "y < x",
                wholes("kernel_shape", 1),
                wholes("strides", 3),
                whole("ceil_mode", 1))
            .node("Shape", "s < y")
            .load(folder, "y", "s");
    for (int n = 1; n < 9; n++) {
      List<Tensor> out = model.predictAll(List.of(Tensor.zeros(Shape.of(1, 1, n))));
      assertThat(out.get(0).shape()).isEqualTo(Shape.of(1, 1, (n + 2) / 3));
      assertThat(out.get(1)).isEqualTo(Tensor.ofLongs(Shape.of(3), 1, 1, (n + 2) / 3));
    }
  }

  @Test
  void a_size_that_nothing_determines_is_refused_at_run_time() {
    Shape any = Shape.of(Dim.symbol("n"), Dim.symbol("m"), Dim.symbol("k"));
    Model<?> model =
        Nodes.of()
            .input("x", Type.float32(any))
            .weight("to", Tensor.ofLongs(Shape.of(3), 5, 0, -1))
            .node("Reshape", "y < x to")
            .load(folder);
    Shape some = Shape.of(5, 3, 2);
    assertThat(model.predict(Tensor.zeros(some)).shape()).isEqualTo(some);
    assertThatThrownBy(() -> model.predict(Tensor.zeros(Shape.of(5, 0, 2))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("divided by 0");
  }

  @Test
  void squeeze_drops_what_is_1_in_the_call() {
    Model<?> model =
        Nodes.of()
            .input("x", Type.float32(Shape.of(Dim.symbol("n"), Dim.of(2), Dim.ONE)))
            .node("Squeeze", "s < x")
            .node("Softmax", "y < s", whole("axis", 0))
            .load(folder);
    assertThat(model.isForAllSizes()).isFalse();
    for (int rows : new int[] {3, 1, 3}) {
      Shape wanted = rows == 1 ? Shape.of(2) : Shape.of(rows, 2);
      Tensor y = model.predict(Tensor.zeros(Shape.of(rows, 2, 1)));
      assertThat(y.shape()).isEqualTo(wanted);
      assertThat(y.doubleAt(0)).isCloseTo(rows == 1 ? 0.5 : 1.0 / rows, within(1e-6));
    }
  }

  @Test
  void what_no_size_makes_right_is_refused_when_the_file_is_read() {
    Path file =
        free("x")
            .weight("w", Tensor.zeros(Shape.of(3, 2)))
            .node("MatMul", "y < x w")
            .write(folder, 20);
    assertThatThrownBy(() -> Onnx.load(file, Layout.AS_FILE))
        .isInstanceOf(ModelImportException.class);
  }

  @Test
  void graphs_for_several_sizes_share_their_weights() {
    Tensor w = Tensor.zeros(Shape.of(2, 2));
    Model<?> model =
        free("x").weight("w", w).node("MatMul", "m < x w").node("Squeeze", "y < m").load(folder);
    Tensor one = model.specialized(types(1)).parameters().get(0).tensor();
    assertThat(model.specialized(types(5)).parameters().get(0).tensor()).isSameAs(one);
    assertThat(model.specialized(types(1)).signature().outputs().get(0).type())
        .isEqualTo(Type.float32(Shape.of(2)));
  }

  private static List<Type> types(int rows) {
    return List.of(Type.float32(Shape.of(rows, 2)));
  }

  @Test
  void the_shape_of_what_was_broadcast_is_that_of_the_wider_operand() {
    Model<?> model =
        free("x", "y").node("Max", "z < x y").node("Shape", "s < z").load(folder, "z", "s");
    Tensor one = Tensor.zeros(Shape.of(1, 2));
    Tensor three = Tensor.zeros(Shape.of(3, 2));
    Tensor wanted = Tensor.ofLongs(Shape.of(2), 3, 2);
    assertThat(model.predictAll(List.of(one, three)).get(1)).isEqualTo(wanted);
    assertThat(model.predictAll(List.of(three, one)).get(1)).isEqualTo(wanted);
    assertThatThrownBy(() -> model.predictAll(List.of(three, Tensor.zeros(Shape.of(2, 2)))))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void a_slice_ends_where_a_free_axis_does() {
    Model<?> model =
        free("x")
            .weight("from", Tensor.ofLongs(Shape.of(1), -3))
            .weight("to", Tensor.ofLongs(Shape.of(1), 7))
            .weight("axes", Tensor.ofLongs(Shape.of(1), 0))
            .node("Slice", "y < x from to axes")
            .load(folder);
    assertThat(model.predict(Tensor.zeros(Shape.of(2, 2))).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(model.predict(Tensor.zeros(Shape.of(5, 2))).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(model.predict(Tensor.zeros(Shape.of(9, 2))).shape()).isEqualTo(Shape.of(1, 2));
  }
}
