package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.WeightOrigin;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.train.GradientGraph;
import dev.axiomml.core.train.GradientReading;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.safetensors.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of every weight of files that PyTorch wrote, against those that PyTorch computes. */
class GradientsTest {
  private static final Map<String, Tensor> CASES =
      SafeTensors.load(Golden.fixture("gradients/cases.safetensors"));

  static List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(Golden.fixture("gradients/cases.safetensors").getParent())) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches(".*\\.(pt2|onnx)"))
          .sorted()
          .toList();
    }
  }

  private static Tensor given(String name) {
    return Objects.requireNonNull(CASES.get(name), name);
  }

  private static Graph read(String file) {
    Path path = Golden.fixture("gradients/" + file);
    Graph free =
        file.endsWith(".onnx")
            ? Onnx.load(path, Layout.AS_FILE).graph()
            : PyTorch.load(path, Layout.AS_FILE).graph();
    return free.bind(free.symbolsFor(List.of(given(name(file) + "/x").type()))).graph();
  }

  private static String name(String file) {
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** The sum of the outputs times weights of them. */
  private static final class Summed extends GraphRewrite {
    private final Tensor weights;

    Summed(Tensor weights) {
      this.weights = weights;
    }

    @Override
    protected List<Value> node(Node at, List<Value> in) {
      return copy(at, in);
    }

    @Override
    protected List<Value> outputs(List<Value> out) {
      Value scaled = to().one(new Mul(), List.of(out.get(0), to().constant(weights)));
      List<Integer> axes = IntStream.range(0, weights.shape().rank()).boxed().toList();
      return to().emit(new ReduceSum(axes, false), List.of(scaled));
    }
  }

  /** By each weight, as the file holds it; what several uses of one receive is added. */
  private static Map<String, Tensor> stored(Map<Parameter, Tensor> gradients) {
    Map<String, Tensor> stored = new TreeMap<>();
    gradients.forEach(
        (weight, own) -> {
          Tensor wide = own.to(DType.FLOAT64);
          Tensor there = ((WeightOrigin.Stored) weight.origin()).toFile(wide);
          stored.merge(weight.name(), there, GradientsTest::sum);
        });
    stored.keySet().removeIf(weight -> weight.contains(".running_")); // statistics
    return stored;
  }

  private static Tensor sum(Tensor first, Tensor second) {
    double[] sum = first.toDoubles();
    double[] more = second.toDoubles();
    Arrays.setAll(sum, i -> sum[i] + more[i]);
    return Tensor.ofDoubles(first.shape(), DType.FLOAT64, sum);
  }

  private static void assertClose(Tensor actual, Tensor wanted, String what) {
    assertThat(actual.shape()).as(what).isEqualTo(wanted.shape());
    double largest = Arrays.stream(wanted.toDoubles()).map(Math::abs).max().orElse(0);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(actual.doubleAt(i))
          .as("%s, element %s", what, i)
          .isCloseTo(wanted.doubleAt(i), within(1e-5 + 2e-5 * largest));
    }
  }

  private static void assertAll(Map<String, Tensor> gradients, String name) {
    String path = name + "/grad/";
    gradients.forEach((weight, own) -> assertClose(own, given(path + weight), path + weight));
    Set<Tensor> seen = new HashSet<>();
    gradients.keySet().forEach(weight -> seen.add(given(path + weight)));
    assertThat(CASES.keySet().stream().filter(key -> key.startsWith(path)).map(CASES::get))
        .as("gradients of all weights, of tied ones under one of their names")
        .allMatch(seen::contains);
  }

  @ParameterizedTest
  @MethodSource("files")
  void answers_and_gradients_of_all_weights_are_those_of_pytorch(String file) {
    String name = name(file);
    Graph graph = read(file);

    Map<Value, RuntimeValue> values = graph.readAll(List.of(given(name + "/x")), new Interpreter());
    double[] seed = given(name + "/r").toDoubles();
    Map<Value, double[]> arrived =
        graph.reverse(Map.of(graph.outputs().get(0), seed), new GradientReading(values));

    assertClose(
        Objects.requireNonNull(values.get(graph.outputs().get(0))).tensor(),
        given(name + "/y"),
        name);
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    arrived.forEach(
        (value, g) ->
            graph
                .parameter(value)
                .ifPresent(
                    weight ->
                        gradients.merge(
                            weight,
                            Tensor.ofDoubles(value.type().shape(), DType.FLOAT64, g),
                            GradientsTest::sum)));
    assertAll(stored(gradients), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adapted.pt2",
        "adapted.onnx",
        "normed.pt2",
        "normed.onnx",
        "generated.pt2",
        "generated.onnx"
      })
  void the_graph_of_gradients_by_parts_of_computed_weights_answers_those_of_pytorch(String file) {
    String name = name(file);
    Graph graph = GraphRewrite.of(read(file), new Summed(given(name + "/r"))).graph();
    List<Value> weights =
        graph.constants().keySet().stream()
            .filter(value -> graph.parameter(value).isPresent() && value.type().dtype().isFloat())
            .toList();

    Graph step = GradientGraph.of(graph, graph.outputs().get(0), weights).graph();

    List<RuntimeValue> out = step.read(List.of(given(name + "/x")), new Interpreter());
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      Parameter weight = graph.parameter(weights.get(i)).orElseThrow();
      gradients.merge(weight, out.get(i + 1).tensor(), GradientsTest::sum);
    }
    assertAll(stored(gradients), name);
  }
}
