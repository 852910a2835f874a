package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.pass.KnownInputs;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.run.SizedInterpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A condition that data decide, once what decides it is given. */
class KnownBranchTest {
  @TempDir Path folder;

  private static List<String> operators(Graph graph) {
    return graph.nodes().stream().map(Node::op).map(Op::title).toList();
  }

  private static Graph one(Path file) {
    return Onnx.load(file, Layout.AS_FILE).inference().bind(Map.of("N", 1L)).graph();
  }

  @Test
  void a_given_rate_leaves_the_branch_that_it_chooses() {
    Graph whole = one(Detector.write(folder, 1));
    assertThat(operators(whole)).contains("If", "Compare");
    Tensor x = Tensor.random(Shape.of(1, Detector.SAMPLES), 5, -1, 1);
    Tensor state = Tensor.random(Shape.of(2, 1, Detector.STATE), 6, -1, 1);
    Tensor gain = Tensor.scalar(0.5f);
    for (long rate : new long[] {16_000, 8_000}) {
      Tensor sr = Tensor.ofLongs(Shape.SCALAR, rate);
      Map<Value, Tensor> given = Map.of(whole.inputs().get(3), sr, whole.inputs().get(1), state);
      Graph known = KnownInputs.apply(whole, given).graph();
      assertThat(operators(known)).doesNotContain("If", "Compare").contains("Relu", "Dense");
      List<RuntimeValue> all = List.of(x, state, gain, sr);
      assertThat(known.read(List.of(x, gain), new Interpreter()))
          .isEqualTo(whole.read(all, new SizedInterpreter()));
    }
  }

  /** Mutation: an operator's text with the place of its file in memory or on the disk. */
  @Test
  void what_waits_for_a_run_reads_the_same_wherever_its_file_lies() throws IOException {
    Path file = Detector.write(folder, 1);
    Path copy = Files.copy(file, folder.resolve("copy.onnx"));
    assertThat(texts(one(copy))).isEqualTo(texts(one(file)));
    Path other = Detector.write(Files.createDirectory(folder.resolve("other")), 2);
    assertThat(texts(one(other)))
        .as("the branches have other weights")
        .isNotEqualTo(texts(one(file)));
  }

  private static List<String> texts(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.op().title().equals("If"))
        .map(node -> node.op().toString())
        .toList();
  }

  @Test
  void the_example_is_this_detector() throws IOException {
    Path example = Needs.repositoryRoot().resolve("examples/models/detector.onnx");
    assertThat(Files.mismatch(Detector.write(folder, 1), example)).isEqualTo(-1);
  }
}
