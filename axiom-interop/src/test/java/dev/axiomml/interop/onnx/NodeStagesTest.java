package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.graph;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that data decide, called again with the same numbers, with others and in other sizes. */
class NodeStagesTest {
  private static final Tensor WEIGHT = Tensor.of(Shape.of(2), 3f, 5f);

  @TempDir Path folder;

  private Model<?> branching() {
    return Nodes.of()
        .input("x", Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2))))
        .input("steps", Type.of(Shape.SCALAR, DType.INT64))
        .weight("w", WEIGHT)
        .weight("two", Tensor.ofLongs(Shape.SCALAR, 2))
        .node("Greater", "c < steps two")
        .node(
            "If",
            "y < c",
            graph("then_branch", Nodes.of().node("Mul", "t < x w"), "t"),
            graph("else_branch", Nodes.of().node("Squeeze", "e < x"), "e"))
        .load(folder);
  }

  private static Tensor rows(int rows) {
    float[] all = new float[2 * rows];
    java.util.Arrays.fill(all, 7);
    return Tensor.of(Shape.of(rows, 2), all);
  }

  private static Tensor run(Model<?> model, int rows, long steps) {
    return model.predictAll(List.of(rows(rows), Tensor.ofLongs(Shape.SCALAR, steps))).get(0);
  }

  @Test
  void numbers_and_sizes_of_each_call_decide() {
    Model<?> model = branching();
    for (int round = 0; round < 3; round++) {
      assertThat(run(model, 1, 3)).isEqualTo(Tensor.of(Shape.of(1, 2), 21f, 35f));
      assertThat(run(model, 1, 1)).isEqualTo(Tensor.of(Shape.of(2), 7f, 7f));
      assertThat(run(model, 2, 2)).isEqualTo(rows(2));
      assertThat(run(model, 2, 9)).isEqualTo(Tensor.of(Shape.of(2, 2), 21f, 35f, 21f, 35f));
    }
  }

  /** Mutation: a stage that is found whatever the weights in it are. */
  @Test
  void a_replaced_weight_is_never_the_one_before() {
    Model<?> model = branching();
    assertThat(run(model, 1, 3)).isEqualTo(Tensor.of(Shape.of(1, 2), 21f, 35f));
    Model<?> changed =
        model.withParameters(w -> new Parameter(w.name(), Tensor.of(Shape.of(2), 1f, 2f)));
    assertThat(run(changed, 1, 3)).isEqualTo(Tensor.of(Shape.of(1, 2), 7f, 14f));
    assertThat(run(model, 1, 3)).isEqualTo(Tensor.of(Shape.of(1, 2), 21f, 35f));
  }

  @Test
  void more_numbers_than_are_kept_are_answered_one_by_one() {
    Model<?> model =
        Nodes.of()
            .input("x", Type.float32(Shape.of(40)))
            .input("k", Type.of(Shape.of(1), DType.INT64))
            .node("TopK", "v i < x k", whole("sorted", 1))
            .load(folder, "v");
    float[] all = new float[40];
    for (int i = 0; i < 40; i++) {
      all[i] = (i * 7) % 40;
    }
    Tensor x = Tensor.of(Shape.of(40), all);
    for (int i = 0; i < 80; i++) {
      int k = 1 + (i * 11) % 40;
      Tensor top = model.predictAll(List.of(x, Tensor.ofLongs(Shape.of(1), k))).get(0);
      assertThat(top.shape()).isEqualTo(Shape.of(k));
      assertThat(top.doubleAt(k - 1)).isEqualTo(40 - k);
    }
  }
}
