package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final Path MODELS = Needs.repositoryRoot().resolve("examples/models");
  private static final Path IMAGES = MODELS.resolve("digits-test-images.npy");
  private static final Path OUTPUTS = MODELS.resolve("digits-test-outputs.npy");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int compare(Path expect, String... more) {
    List<String> words =
        new ArrayList<>(List.of("compare", MODELS.resolve("digits.pt2").toString()));
    words.addAll(List.of("--input", IMAGES.toString(), "--expect", expect.toString()));
    words.addAll(List.of(more));
    return Main.run(new PrintWriter(out), new PrintWriter(err), words.toArray(String[]::new));
  }

  /** The same numbers but for one, moved by an amount. */
  private static Tensor moved(Tensor tensor, int index, double by) {
    double[] numbers = tensor.toDoubles();
    numbers[index] += by;
    return Tensor.ofDoubles(tensor.shape(), tensor.dtype(), numbers);
  }

  private Path written(String name, Tensor tensor) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Npy.write(tensor, file);
    return file;
  }

  @Test
  void answers_of_pytorch_are_equal() {
    assertThat(compare(OUTPUTS)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("absolute", "relative", "equal")
        .doesNotContain("different");
  }

  @Test
  void one_number_off_is_different_until_the_tolerance_allows_it() throws IOException {
    Path wrong = written("y.npy", moved(Npy.read(OUTPUTS), 17, 0.25));
    assertThat(compare(wrong)).isEqualTo(1);
    assertThat(out.toString()).contains("absolute 0.25", "different");
    assertThat(compare(wrong, "--atol", "0.5")).isZero();
  }

  @Test
  void nan_where_a_number_is_expected_is_different() throws IOException {
    assertThat(compare(written("y.npy", moved(Npy.read(OUTPUTS), 3, Double.NaN)), "--atol", "9"))
        .isEqualTo(1);
  }

  /** References of all layers with four axes, channels first as PyTorch's hooks see them. */
  private List<String> references(String wrong) throws IOException {
    Model<?> model = PyTorch.load(MODELS.resolve("digits.pt2"), Layout.AS_FILE);
    Tensor images = Npy.read(IMAGES);
    List<String> names = new ArrayList<>();
    var graph = model.graph().bind(model.graph().symbolsFor(List.of(images.type()))).graph();
    var all = graph.readAll(List.<RuntimeValue>of(images), new Interpreter());
    for (var node : graph.nodes()) {
      Tensor value = all.get(node.out().get(0)).tensor();
      if (value.shape().rank() == 4) {
        Tensor right = value.permute(0, 3, 1, 2);
        boolean spoiled = node.name().equals(wrong);
        written("layers/" + node.name() + ".npy", spoiled ? moved(right, 5, 1) : right);
        names.add(node.name());
      }
    }
    return names;
  }

  @Test
  void layers_are_found_by_name_whatever_the_order_of_their_axes() throws IOException {
    int count = references("none").size();
    assertThat(count).isPositive();
    assertThat(compare(OUTPUTS, "--layers", folder.resolve("layers").toString())).isZero();
    assertThat(out.toString()).contains("layers: " + count + " compared, all equal");
  }

  @Test
  void the_first_layer_that_differs_is_named() throws IOException {
    List<String> names = references("none");
    String wrong = names.get(names.size() - 1);
    references(wrong);
    assertThat(compare(OUTPUTS, "--layers", folder.resolve("layers").toString())).isEqualTo(1);
    assertThat(out.toString()).contains("first layer that differs: " + wrong + "  absolute 1");
  }

  @Test
  void what_cannot_be_compared_is_bad_input() throws IOException {
    Path shape = written("shape.npy", Tensor.full(Shape.of(2, 3), 0f));
    Files.createDirectories(folder.resolve("empty"));
    Stream.of(
            compare(shape),
            compare(OUTPUTS, "--layers", folder.resolve("empty").toString()),
            compare(OUTPUTS, "--expect", OUTPUTS.toString()),
            compare(OUTPUTS, "--rtol", "NaN"))
        .forEach(code -> assertThat(code).isEqualTo(64));
    assertThat(err.toString()).contains("shape", "NAME.npy", "2 --expect for 1", "fix:");
  }
}
