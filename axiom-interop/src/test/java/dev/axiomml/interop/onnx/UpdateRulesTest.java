package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standard's formulas on one number: parameter 2, gradient 1, gathered 3 (and 4). */
class UpdateRulesTest {
  @TempDir Path folder;

  private double[] run(String op, long count, String outputs, AttributeProto... settings) {
    Tensor two = Tensor.of(Shape.of(1), 2);
    Nodes nodes =
        Nodes.of()
            .input("x", two.type())
            .weight("r", Tensor.scalar(0.1f))
            .weight("t", Tensor.ofLongs(Shape.SCALAR, count))
            .weight("g", Tensor.of(Shape.of(1), 1))
            .weight("v", Tensor.of(Shape.of(1), 3))
            .weight("h", Tensor.of(Shape.of(1), 4))
            .foreign(
                "ai.onnx.preview.training",
                op,
                outputs + " < r t x g v" + (op.equals("Adam") ? " h" : ""),
                settings);
    return nodes.load(folder, outputs.split(" ")).predictAll(List.of(two)).stream()
        .mapToDouble(y -> y.doubleAt(0))
        .toArray();
  }

  private static AttributeProto[] momentum(String mode) {
    return new AttributeProto[] {
      text("mode", mode),
      number("alpha", 0.5f),
      number("beta", 0.25f),
      number("norm_coefficient", 0.5f)
    };
  }

  @Test
  void momentum_is_kept_in_part() {
    assertThat(run("Momentum", 1, "y v2", momentum("standard")))
        .containsExactly(new double[] {2 - 0.1 * 2, 2}, within(1e-6));
    assertThat(run("Momentum", 0, "y v2", momentum("standard")))
        .containsExactly(new double[] {2 - 0.1 * 3.5, 3.5}, within(1e-6));
    assertThat(run("Momentum", 1, "y v2", momentum("nesterov")))
        .containsExactly(new double[] {2 - 0.1 * (2 + 0.5 * 2), 2}, within(1e-6));
  }

  @Test
  void squares_of_gradients_are_added_up() {
    assertThat(run("Adagrad", 2, "y h2", number("decay_factor", 0.5f)))
        .containsExactly(new double[] {2 - 0.1 / 2 / (2 + 1e-6), 4}, within(1e-6));
  }

  @Test
  void moments_are_corrected_by_the_count_of_steps() {
    double v = 0.5 * 3 + 0.5;
    double h = 0.75 * 4 + 0.25;
    double rate = 0.1 * Math.sqrt(1 - 0.75 * 0.75) / (1 - 0.5 * 0.5);
    double x = (2 - rate * v / (Math.sqrt(h) + 1e-6)) * 0.5;
    AttributeProto[] settings = {
      number("alpha", 0.5f), number("beta", 0.75f), number("norm_coefficient_post", 0.5f)
    };
    assertThat(run("Adam", 2, "y v2 h2", settings))
        .containsExactly(new double[] {x, v, h}, within(1e-6));
    double first = (2 - 0.1 * v / (Math.sqrt(h) + 1e-6)) * 0.5;
    assertThat(run("Adam", 0, "y v2 h2", settings)[0]).isCloseTo(first, within(1e-6));
  }

  @Test
  void settings_that_are_missing_are_named() {
    assertThatThrownBy(() -> run("Momentum", 0, "y v2", text("mode", "heavy")))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("mode \"heavy\"");
    assertThatThrownBy(() -> run("Momentum", 0, "y v2", text("mode", "standard")))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("without norm_coefficient");
  }
}
