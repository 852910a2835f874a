package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.graph;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static dev.axiomml.interop.onnx.Nodes.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that say more than a rule reads, or that contradict themselves, are refused. */
class NothingUnreadTest {
  @TempDir Path folder;

  private static Nodes on(int... sizes) {
    return Nodes.of().input("x", Type.float32(Shape.of(sizes)));
  }

  static Stream<Arguments> refused() {
    Tensor kernel = Tensor.zeros(Shape.of(1, 1, 3, 3));
    return Stream.of(
        Arguments.of("attribute", on(2).node("Relu", "y < x", whole("surplus", 1)), "surplus"),
        Arguments.of("operand", on(2).node("Relu", "y < x x"), "operand 1"),
        Arguments.of(
            "third operand of Einsum",
            on(2, 2).node("Einsum", "y < x x x", text("equation", "ij,jk->ik")),
            "Einsum"),
        Arguments.of(
            "kind", on(2, 2).node("Softmax", "y < x", text("axis", "1")), "attribute axis"),
        Arguments.of("result", on(2).node("Relu", "y z < x"), "2 results"),
        Arguments.of(
            "element types",
            on(2).weight("w", Tensor.ofLongs(Shape.of(2), 1, 2)).node("Add", "y < x w"),
            "operand 1"),
        Arguments.of(
            "window",
            on(1, 1, 5, 5)
                .weight("w", kernel)
                .node("Conv", "y < x w", wholes("kernel_shape", 2, 2)),
            "kernel_shape"),
        Arguments.of(
            "two nodes", on(2).node("Relu", "y < x").node("Abs", "y < x"), "defined twice"),
        Arguments.of(
            "node and initializer",
            on(2).weight("y", Tensor.zeros(Shape.of(2))).node("Relu", "y < x"),
            "defined twice"),
        Arguments.of("node and input", on(2).node("Relu", "x < x"), "defined twice"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void it_is_refused_with_its_place(String what, Nodes nodes, String told) {
    assertThatThrownBy(() -> nodes.load(folder))
        .as(what)
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what()).contains(told);
              assertThat(e.diagnosis().where()).contains("test.onnx");
              assertThat(e.diagnosis().why()).isNotEmpty();
              assertThat(e.diagnosis().fix()).isNotEmpty();
            });
  }

  @Test
  void a_node_of_a_branch_does_not_take_a_name_from_around_it() {
    Nodes branch = Nodes.of().node("Neg", "h < x");
    Nodes nodes =
        on(2)
            .weight("yes", Tensor.ofIntegers(Shape.SCALAR, DType.BOOL, 1))
            .node("Relu", "h < x")
            .node(
                "If",
                "y < yes",
                graph("then_branch", branch, "h"),
                graph("else_branch", branch, "h"));
    assertThatThrownBy(() -> nodes.load(folder))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("\"h\" is defined twice");
  }

  static Stream<Type> contradictions() {
    return Stream.of(
        Type.of(Shape.of(2, 3), DType.FLOAT64),
        Type.float32(Shape.of(6)),
        Type.float32(Shape.of(2, 4)));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void a_value_is_what_the_file_declares(Type declared) {
    Nodes nodes = on(2, 3).node("Relu", "h < x").declare("h", declared).node("Abs", "y < h");
    assertThatThrownBy(() -> nodes.load(folder))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what())
                  .contains("value h is declared " + declared)
                  .contains("float32 2×3");
              assertThat(e.diagnosis().where()).contains("Relu h");
            });
  }

  @Test
  void what_agrees_is_read() {
    Nodes nodes =
        on(2, 3)
            .node("Relu", "h < x")
            .declare("h", Type.float32(Shape.of(2, 3)))
            .node("Softmax", "y < h", whole("axis", -1), whole("__note", 3));
    Tensor y = nodes.load(folder).predict(Tensor.zeros(Shape.of(2, 3)));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void whole_means_are_cut_off_after_an_exact_division() {
    Tensor x = Tensor.ofLongs(Shape.of(3, 3), -1, -2, 3, -1, -1, 3, -1, -1, 3);
    Nodes nodes = Nodes.of().input("x", x.type());
    nodes.weight("axes", Tensor.ofLongs(Shape.of(1), 0));
    nodes.node("ReduceMean", "y < x axes", whole("keepdims", 0));
    Tensor y = Onnx.load(nodes.write(folder, 18), Layout.AS_FILE).predictAll(List.of(x)).get(0);
    assertThat(y).isEqualTo(Tensor.ofLongs(Shape.of(3), -1, -1, 3));
  }
}
