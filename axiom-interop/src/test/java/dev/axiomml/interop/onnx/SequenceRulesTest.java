package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.graph;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequences and optionals in ONNX files. */
class SequenceRulesTest {
  private static final Type ANY = new Type.OfElements(DType.FLOAT32);
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  @TempDir private Path folder;

  private static Tensor place(long at) {
    return Tensor.ofLongs(Shape.SCALAR, at);
  }

  @Test
  void a_sequence_that_is_known_leaves_no_node_behind() {
    Nodes nodes =
        Nodes.of()
            .input("x", X.type())
            .weight("p", place(-1))
            .node("SplitToSequence", "s < x", whole("axis", 1))
            .node("SequenceAt", "last < s p")
            .node("SequenceErase", "rest < s p")
            .node("SequenceInsert", "turned < rest last p")
            .node("ConcatFromSequence", "y < turned", whole("axis", 1));
    assertThat(nodes.run(folder, X).tensor().toFloats()).containsExactly(1, 3, 2, 4, 6, 5);
    assertThat(nodes.load(folder).inference().nodes())
        .extracting(Node::op)
        .noneMatch(op -> op instanceof RunOp);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "-1, 2", "-2, 1"})
  void an_element_is_counted_from_either_end(long at, int value) {
    RuntimeValue pair = new RuntimeValue.Sequence(List.of(Tensor.scalar(1), Tensor.scalar(2)));
    Nodes nodes =
        Nodes.of()
            .input("s", new Type.OfSequence(Type.float32(Shape.SCALAR)))
            .input("p", place(0).type())
            .node("SequenceAt", "y < s p");
    assertThat(nodes.run(folder, pair, place(at))).isEqualTo(Tensor.scalar(value));
  }

  @Test
  void an_element_beyond_the_end_is_a_typed_error() {
    RuntimeValue one = new RuntimeValue.Sequence(List.of(Tensor.scalar(1)));
    Nodes nodes =
        Nodes.of()
            .input("s", new Type.OfSequence(Type.float32(Shape.SCALAR)))
            .weight("p", place(1))
            .node("SequenceAt", "y < s p");
    assertThatThrownBy(() -> nodes.run(folder, one))
        .isInstanceOf(AxiomException.class)
        .hasMessageContaining("SequenceAt");
  }

  @Test
  void an_empty_optional_has_no_element_and_says_so() {
    Nodes asks =
        Nodes.of().input("o", new Type.OfOptional(ANY)).node("OptionalHasElement", "y < o");
    assertThat(asks.run(folder, new RuntimeValue.Maybe(Optional.empty())).tensor().longAt(0))
        .isZero();
    assertThat(asks.run(folder, new RuntimeValue.Maybe(Optional.of(X))).tensor().longAt(0))
        .isEqualTo(1);
    Nodes takes =
        Nodes.of().input("o", new Type.OfOptional(X.type())).node("OptionalGetElement", "y < o");
    assertThat(takes.run(folder, new RuntimeValue.Maybe(Optional.of(X)))).isEqualTo(X);
    assertThatThrownBy(() -> takes.run(folder, new RuntimeValue.Maybe(Optional.empty())))
        .isInstanceOf(AxiomException.class)
        .hasMessageContaining("empty optional");
  }

  @Test
  void sizes_that_data_tell_reach_the_settings_of_later_steps() {
    Tensor x = Tensor.of(Shape.of(5), 3, 0, 4, 0, 5);
    Nodes nodes =
        Nodes.of()
            .input("x", x.type())
            .weight("first", Tensor.ofLongs(Shape.of(1), 0))
            .weight("last", Tensor.ofLongs(Shape.of(1), 1))
            .node("NonZero", "z < x")
            .node("Squeeze", "places < z first")
            .node("Gather", "kept < x places")
            .node("Unsqueeze", "column < kept last")
            .node("MatMul", "y < kept column");
    assertThat(nodes.run(folder, x).tensor().toFloats()).containsExactly(50);
  }

  @Test
  void two_sizes_that_data_tell_do_not_share_a_name() {
    Tensor x = Tensor.of(Shape.of(4), 1, 0, 2, 0);
    Nodes body =
        Nodes.of()
            .input("e", Type.float32(Shape.of(4)))
            .node("NonZero", "z < e")
            .node("Size", "n < z");
    Nodes nodes =
        Nodes.of()
            .input("a", x.type())
            .input("b", x.type())
            .node("SequenceConstruct", "s < a b")
            .node("SequenceMap", "sizes < s", graph("body", body, "n"))
            .node("ConcatFromSequence", "y < sizes", whole("axis", 0), whole("new_axis", 1));
    Tensor dense = Tensor.of(Shape.of(4), 1, 2, 3, 4);
    assertThat(nodes.run(folder, x, dense).tensor().toLongs()).containsExactly(2, 4);
  }
}
