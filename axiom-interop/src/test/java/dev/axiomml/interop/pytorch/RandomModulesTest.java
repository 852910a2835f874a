package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.weights.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Modules that {@code tools/fixtures/random_modules.py} drew: each computes PyTorch's numbers, or
 * is refused with a reason; never anything else. {@code -Daxiom.modules=FOLDER} runs another batch.
 */
class RandomModulesTest {
  private static final Path FOLDER =
      Path.of(
          System.getProperty(
              "axiom.modules", "src/test/resources/dev/axiomml/interop/pytorch/random"));
  private static final double RELATIVE = 1e-4;
  private static final double ABSOLUTE = 1e-5;

  /** What became of the modules, a line a kind of call. */
  private final Map<String, int[]> counts = new TreeMap<>();

  @Test
  void a_module_gives_pytorch_numbers_or_is_refused() throws IOException {
    StateDict tensors = PyTorch.stateDict(FOLDER.resolve("cases.safetensors"));
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    List<String> cases = Files.readAllLines(FOLDER.resolve("cases.txt"));
    for (String line : cases) {
      Outcome outcome = outcome(line.split(" ")[0], tensors);
      count(line, outcome);
      passed += outcome == Outcome.PASSED ? 1 : 0;
      if (outcome.isWrong()) {
        wrong.add(outcome.text + " | " + line);
      } else if (Boolean.getBoolean("axiom.modules.all")) {
        System.out.println(outcome.text + " | " + line);
      }
    }
    if (Boolean.getBoolean("axiom.modules.all")) {
      counts.forEach((k, n) -> System.out.printf("%-14s %4d %4d %4d%n", k, n[0], n[1], n[2]));
    }

    assertThat(wrong).isEmpty();
    assertThat(passed).isGreaterThan(cases.size() / 2);
  }

  private void count(String line, Outcome outcome) {
    String[] words = line.split(" ");
    List<String> keys = new ArrayList<>(List.of(words[2].split(",")));
    keys.add("~" + words[1]);
    int column = outcome == Outcome.PASSED ? 0 : outcome.isWrong() ? 2 : 1;
    keys.forEach(key -> counts.computeIfAbsent(key, k -> new int[3])[column]++);
  }

  private record Outcome(String text) {
    static final Outcome PASSED = new Outcome("passed");

    boolean isWrong() {
      return text.startsWith("WRONG");
    }
  }

  private static Outcome outcome(String name, StateDict tensors) {
    try {
      Model<?> model = PyTorch.load(FOLDER.resolve(name), Layout.AS_FILE, specs(name, tensors));
      Optional<String> wrong = wrong(model, name, tensors);
      return wrong.map(text -> new Outcome("WRONG " + text)).orElse(Outcome.PASSED);
    } catch (ModelImportException e) {
      return new Outcome("refused: " + e.diagnosis().what());
    } catch (RuntimeException e) {
      return new Outcome("WRONG " + e);
    }
  }

  /** What differs for the first of a module's inputs for which something does. */
  private static Optional<String> wrong(Model<?> model, String name, StateDict tensors) {
    Optional<String> wrong = Optional.empty();
    for (int i = 0; wrong.isEmpty() && tensors.tensor(name + "/in" + i).isPresent(); i++) {
      wrong = wrong(model, name, i, tensors);
    }
    return wrong;
  }

  /** A script does not say what its input looks like. */
  private static InputSpec[] specs(String name, StateDict tensors) {
    Type type = tensors.type(name + "/in0").orElseThrow();
    InputSpec plain = InputSpec.of(type.shape().sub(1, type.shape().rank()));
    Type sample = Type.of(plain.sample().shape(), type.dtype());
    InputSpec told = new InputSpec(plain.name(), sample, plain.axes(), plain.domain());
    return name.endsWith(".pt2") ? new InputSpec[0] : new InputSpec[] {told};
  }

  private static Optional<String> wrong(Model<?> model, String name, int i, StateDict tensors) {
    Tensor x = tensors.tensor(name + "/in" + i).orElseThrow();
    Tensor want = tensors.tensor(name + "/out" + i).orElseThrow();
    Tensor y = model.predictAll(List.of(x)).get(0);
    return y.type().equals(want.type())
        ? apart(y, want)
        : Optional.of(y.type() + " for " + want.type());
  }

  private static Optional<String> apart(Tensor y, Tensor want) {
    for (int i = 0; i < y.size(); i++) {
      double a = y.doubleAt(i);
      double b = want.doubleAt(i);
      boolean near = a == b || Math.abs(a - b) <= ABSOLUTE + RELATIVE * Math.abs(b);
      if (!near && !(Double.isNaN(a) && Double.isNaN(b))) {
        return Optional.of(a + " for " + b + " at " + i);
      }
    }
    return Optional.empty();
  }
}
