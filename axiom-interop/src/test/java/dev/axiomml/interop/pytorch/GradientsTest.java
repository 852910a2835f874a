package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.WeightOrigin;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.train.GradientReading;
import dev.axiomml.interop.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of every weight of files that PyTorch wrote, against those that PyTorch computes. */
class GradientsTest {
  private static final Map<String, Tensor> CASES =
      SafeTensors.load(Golden.fixture("gradients/cases.safetensors"));

  static Stream<String> networks() {
    return CASES.keySet().stream().map(key -> key.split("/")[0]).distinct();
  }

  private static Tensor given(String name) {
    return Objects.requireNonNull(CASES.get(name), name);
  }

  /** A run of a network of the fixtures. */
  private record Run(Graph graph, Map<Value, RuntimeValue> values) {
    static Run of(String name) {
      Path file = Golden.fixture("gradients/" + name + ".pt2");
      Graph free = PyTorch.load(file, Layout.AS_FILE).graph();
      Tensor x = given(name + "/x");
      Graph graph = free.bind(free.symbolsFor(List.of(x.type()))).graph();
      return new Run(graph, graph.readAll(List.of(x), new Interpreter()));
    }

    /** By each weight, as the file holds it; what several uses of one receive is added. */
    Map<String, Tensor> gradients(Tensor seed) {
      Map<Value, double[]> arrived =
          graph.reverse(
              Map.of(graph.outputs().get(0), seed.toDoubles()), new GradientReading(values));
      Map<String, Tensor> gradients = new TreeMap<>();
      arrived.forEach(
          (value, g) ->
              graph
                  .parameter(value)
                  .ifPresent(w -> gradients.merge(w.name(), stored(w, g), GradientsTest::sum)));
      return gradients;
    }

    private static Tensor stored(Parameter weight, double[] g) {
      Tensor own = Tensor.ofDoubles(weight.tensor().shape(), DType.FLOAT64, g);
      return ((WeightOrigin.Stored) weight.origin()).toFile(own);
    }
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

  @ParameterizedTest
  @MethodSource("networks")
  void answers_and_gradients_of_all_weights_are_those_of_pytorch(String name) {
    Run run = Run.of(name);
    Tensor y = run.values.get(run.graph.outputs().get(0)).tensor();
    assertClose(y, given(name + "/y"), name);

    if (name.equals("adapted")) {
      return; // its weight is computed of others when the file is read, so they have no gradient
      // yet
    }
    Map<String, Tensor> gradients = run.gradients(given(name + "/r"));
    String path = name + "/grad/";
    gradients.keySet().removeIf(weight -> weight.contains(".running_")); // statistics
    gradients.forEach((weight, own) -> assertClose(own, given(path + weight), path + weight));
    Set<Tensor> seen = new HashSet<>();
    gradients.keySet().forEach(weight -> seen.add(given(path + weight)));
    assertThat(CASES.keySet().stream().filter(key -> key.startsWith(path)).map(CASES::get))
        .as("gradients of all weights, of tied ones under one of their names")
        .allMatch(seen::contains);
  }
}
