package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.DepthToSpace;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.SpaceToDepth;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeErrorsTest {
  private static void refused(Op op, String what, String why, Shape... in) {
    GraphBuilder b = Graph.builder();
    List<Value> values = new ArrayList<>();
    for (Shape shape : in) {
      values.add(b.input("x", Type.float32(shape)));
    }
    ShapeException e =
        catchThrowableOfType(ShapeException.class, () -> b.add("block.step", op, values));
    assertThat(e).as("refusal of %s", op).isNotNull();
    Diagnosis d = e.diagnosis();
    assertThat(d.what()).contains(what);
    assertThat(d.where()).isEqualTo("block.step");
    assertThat(d.why()).contains(why);
    assertThat(d.fix()).isNotBlank();
  }

  @Test
  void concat_refuses_other_sizes_and_axes_that_are_not_there() {
    refused(
        new Concat(-1),
        "concat of [2×3, 4×3] along axis 1",
        "but that of axis 1",
        Shape.of(2, 3),
        Shape.of(4, 3));
    refused(new Concat(2), "axis 2 of 2×3", "axes count from 0", Shape.of(2, 3), Shape.of(2, 3));
    refused(new Concat(0), "concat of [2×3, 3]", "must be equal", Shape.of(2, 3), Shape.of(3));
  }

  @Test
  void slices_and_indices_stay_inside() {
    refused(Slice.of(1, 2, 2), "from 2 to 3 of axis 1 of 2×3", "between 0 and 2", Shape.of(2, 3));
    refused(
        new Slice(1, Dim.of(1), Dim.of(3), -1), "from 1 to -1", "between 0 and 2", Shape.of(2, 3));
    Take take = new Take(1, Tensor.ofLongs(Shape.of(2), 0, -4));
    refused(take, "index -4 along axis 1 of 2×3", "from -3 to 2", Shape.of(2, 3));
  }

  @Test
  void pads_name_every_axis_and_cut_off_no_more_than_there_is() {
    refused(new Pad(List.of(1), List.of(1), 0), "on 2×3", "takes 1 axes, got 2", Shape.of(2, 3));
    refused(
        new Pad(List.of(0, -2), List.of(0, -2), 0),
        "on 2×3",
        "at most the whole axis",
        Shape.of(2, 3));
    refused(
        new PadBy(List.of(1), List.of(0), PadBy.Mode.REFLECT),
        "empty axis 0 of 0",
        "at least one element",
        Shape.of(0));
  }

  @Test
  void spatial_steps_name_the_channels_they_want() {
    ConvTranspose conv =
        new ConvTranspose(
            WindowGeometry.of(List.of(2)).padding(List.of(3), List.of(3)), List.of(0), 1);
    Shape kernel = Shape.of(2, 3, 4);
    refused(conv, "made for 3 got 1×5×2", "must be 3", Shape.of(1, 5, 2), kernel);
    refused(conv, "cut by 6 along axis 1", "at least one element", Shape.of(1, 5, 3), kernel);
    refused(conv, "weight is 3×3×4", "must be 2×3×4", Shape.of(1, 5, 3), Shape.of(3, 3, 4));
    refused(
        new ConvTranspose(WindowGeometry.of(List.of(2)), List.of(0), 2),
        "in 2 groups with 3 input channels",
        "do not divide",
        Shape.of(1, 5, 3),
        kernel);
    refused(new AdaptiveMaxPool(List.of(2, 2)), "on 1×5×2", "takes 4 axes", Shape.of(1, 5, 2));
    refused(
        new DepthToSpace(2, true), "by 2 of 1×2×2×6", "block must divide", Shape.of(1, 2, 2, 6));
    refused(
        new SpaceToDepth(2, true), "by 2 of 1×2×3×4", "block must divide", Shape.of(1, 2, 3, 4));
  }

  @Test
  void products_name_the_sizes_that_meet() {
    refused(new MatMul(), "4×3 and 2×5", "inner sizes", Shape.of(4, 3), Shape.of(2, 5));
    refused(
        new Dense(), "dense bias is 4", "must be 5", Shape.of(2, 3), Shape.of(3, 5), Shape.of(4));
    refused(
        new Einsum("ij,jk->ik"),
        "einsum ij,jk->ik",
        "sizes 3 and 4 meet",
        Shape.of(2, 3),
        Shape.of(4, 5));
    refused(
        new Einsum("ij,jk->iz"),
        "einsum ij,jk->iz",
        "all from the operands",
        Shape.of(2, 3),
        Shape.of(3, 5));
    refused(new Einsum("ij->i"), "einsum ij->i", "does not spell", Shape.of(2, 3, 4));
  }

  @Test
  void settings_that_mean_nothing_are_refused_at_once() {
    assertThatThrownBy(() -> new Slice(0, Dim.ZERO, Dim.ONE, 0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new AdaptiveAveragePool(List.of(0)))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new Roll(List.of(0), List.of())).hasMessageContaining("one shift");
    assertThatThrownBy(() -> new Tile(List.of(-1))).hasMessageContaining("0 or more");
    assertThatThrownBy(() -> new Take(0, Tensor.scalar(1))).hasMessageContaining("integers");
    assertThatThrownBy(
            () -> new ResizeSampling(List.of(0.0), ResizeCoordinates.HALF_PIXEL, false, false))
        .hasMessageContaining("positive");
  }
}
