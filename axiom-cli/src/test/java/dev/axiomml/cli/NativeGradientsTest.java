package dev.axiomml.cli;

import static dev.axiomml.dsl.Dsl.image;
import static dev.axiomml.dsl.Dsl.probabilities;
import static dev.axiomml.dsl.Dsl.same;
import static dev.axiomml.dsl.Dsl.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.backend.jni.NativeBackend;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.train.GradientGraph;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.testing.Needs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Loss and gradients of whole networks as one plan of kernels, against the reference. */
class NativeGradientsTest {
  @BeforeAll
  static void library() {
    Optional<String> missing = new NativeBackend().unavailable();
    Needs.nativeLibrary(missing.isEmpty(), missing.orElse(""));
  }

  /** The guide's classifier. */
  private static Model<?> classifier() {
    return Axiom.model("MNISTClassifier")
        .input(image(28, 28, 1).within(0, 1))
        .conv(32, 3, same())
        .relu()
        .maxPool(2)
        .conv(64, 3, same())
        .relu()
        .maxPool(2)
        .flatten()
        .dense(128)
        .relu()
        .dropout(0.5)
        .dense(10)
        .softmax()
        .output(probabilities(10))
        .build();
  }

  private static Model<?> transformer() {
    return Axiom.model("encoder")
        .input(sequence(6, 16))
        .transformerEncoder(2, 32)
        .transformerEncoder(2, 32)
        .last()
        .dense(5)
        .softmax()
        .output(probabilities(5))
        .build();
  }

  @Test
  void the_guides_classifier_has_its_gradients_in_one_plan() {
    assertOnePlan(classifier(), Shape.of(4, 28, 28, 1), 10, 8);
  }

  @Test
  void a_small_transformer_has_its_gradients_in_one_plan() {
    assertOnePlan(transformer(), Shape.of(3, 6, 16), 5, 26);
  }

  private static void assertOnePlan(Model<?> model, Shape in, int classes, int weights) {
    Graph graph = crossEntropy(model.graph().bind(Map.of("N", (long) in.size(0))).graph(), classes);
    List<Value> by = new ArrayList<>(graph.inputs().subList(0, 1));
    graph.constants().keySet().stream()
        .filter(value -> graph.parameter(value).isPresent())
        .forEach(by::add);
    assertThat(by).hasSize(1 + weights);
    Graph step = GradientGraph.of(graph, graph.outputs().get(0), by).graph();
    List<RuntimeValue> given = List.of(Tensor.random(in, 3, 0, 1), oneHot(in.size(0), classes));
    List<RuntimeValue> expected = step.read(given, new Interpreter());
    try (Plan plan = new NativeBackend().compile(step, Compilation.DEFAULT)) {
      List<RuntimeValue> actual = plan.run(given);
      for (int i = 0; i < expected.size(); i++) {
        assertNear(actual.get(i).tensor(), expected.get(i).tensor());
      }
    }
  }

  /** Rounding grows with the depth of the network; a gradient is compared with its largest. */
  private static void assertNear(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double most = Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElseThrow();
    assertThat(most).isGreaterThan(0);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Math.abs(actual.doubleAt(i) - expected.doubleAt(i)))
          .isLessThanOrEqualTo(2e-5 * most);
    }
  }

  private static Tensor oneHot(int rows, int classes) {
    float[] hot = new float[rows * classes];
    for (int row = 0; row < rows; row++) {
      hot[row * classes + (3 * row + 1) % classes] = 1;
    }
    return Tensor.of(Shape.of(rows, classes), hot);
  }

  /** The loss instead of the softmax at the end. */
  private static Graph crossEntropy(Graph graph, int classes) {
    GraphRewrite loss =
        new GraphRewrite() {
          @Override
          protected List<Value> node(Node at, List<Value> in) {
            boolean last = graph.outputs().contains(at.out().get(0));
            return last && at.op() instanceof Softmax
                ? to().emit(new LogSoftmax(-1), in)
                : copy(at, in);
          }

          @Override
          protected List<Value> outputs(List<Value> out) {
            Value target = to().input("target", out.get(0).type());
            Value share = to().constant(Tensor.scalar(-1f / target.type().shape().size(0)));
            Value picked = to().emit(new Mul(), List.of(out.get(0), target)).get(0);
            Value sum = to().emit(new ReduceSum(List.of(), false), List.of(picked)).get(0);
            return to().emit(new Mul(), List.of(sum, share));
          }
        };
    return GraphRewrite.of(graph, loss).graph();
  }
}
