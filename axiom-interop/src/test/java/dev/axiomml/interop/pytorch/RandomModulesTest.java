package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.safetensors.SafeTensors;
import dev.axiomml.interop.weights.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules that {@code random_modules.py} and {@code common_modules.py} of {@code tools/fixtures}
 * drew: each computes PyTorch's numbers, or
 * is refused with a reason; never anything else. What is written of one is its state dict, and a
 * file that contradicts itself is refused. {@code -Daxiom.modules=FOLDER} runs another batch.
 */
class RandomModulesTest {
  private static final String COMMITTED = "src/test/resources/dev/axiomml/interop/pytorch/";

  private static final double RELATIVE = 1e-4;
  private static final double ABSOLUTE = 1e-5;

  /** So many cases of a way, or of a kind, say whether it is refused too often. */
  private static final int ENOUGH = 10;

  @TempDir private Path folder;

  private Path modules;
  private StateDict tensors;

  /** What became of the modules, a line a kind of call and a way of saving. */
  private final Map<String, int[]> counts = new TreeMap<>();

  static Stream<Path> folders() {
    String drawn = System.getProperty("axiom.modules", "");
    return drawn.isEmpty()
        ? Stream.of("random", "common").map(name -> Path.of(COMMITTED, name))
        : Stream.of(Path.of(drawn));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void a_module_gives_pytorch_numbers_or_is_refused(Path modules) throws IOException {
    this.modules = modules;
    this.tensors = PyTorch.stateDict(modules.resolve("cases.safetensors"));
    List<String> wrong = new ArrayList<>();
    for (String line : Files.readAllLines(modules.resolve("cases.txt"))) {
      Case drawn = Case.of(line);
      Outcome outcome = outcome(drawn);
      count(drawn, outcome);
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
    assertThat(counts.entrySet()).noneMatch(e -> isMostlyRefused(e.getKey(), e.getValue()));
  }

  /** A test that refuses what it should compare would pass in silence. */
  private static boolean isMostlyRefused(String key, int[] n) {
    return key.startsWith("~") && n[0] + n[1] >= ENOUGH && n[0] < n[1];
  }

  private void count(Case drawn, Outcome outcome) {
    List<String> keys = new ArrayList<>(List.of(drawn.kinds.split(",")));
    keys.add("~" + drawn.way);
    int column = outcome == Outcome.PASSED ? 0 : outcome.isWrong() ? 2 : 1;
    keys.forEach(key -> counts.computeIfAbsent(key, k -> new int[3])[column]++);
  }

  /** A line of the list. */
  private record Case(String file, String way, String kinds, String words) {
    static Case of(String line) {
      int bar = line.indexOf(" | ");
      String[] head = line.substring(0, bar).split(" ", -1);
      return new Case(head[0], head[1], head[2], line.substring(bar + 3));
    }
  }

  private record Outcome(String text) {
    static final Outcome PASSED = new Outcome("passed");

    static Outcome of(Optional<String> wrong) {
      return wrong.map(text -> new Outcome("WRONG " + text)).orElse(PASSED);
    }

    boolean isWrong() {
      return text.startsWith("WRONG");
    }
  }

  private Outcome outcome(Case drawn) {
    try {
      return switch (drawn.way) {
        case "weights" -> Outcome.of(wrongWeights(drawn));
        case "contradicts" -> contradicted(drawn);
        default -> Outcome.of(wrong(drawn));
      };
    } catch (ModelImportException e) {
      return new Outcome("refused: " + e.diagnosis().what());
    } catch (ModelException e) {
      boolean expected = drawn.way.equals("weights");
      return new Outcome((expected ? "refused: " : "WRONG ") + e.diagnosis().what());
    } catch (RuntimeException e) {
      return new Outcome("WRONG " + e);
    }
  }

  /** One value of the file is not of the type that the file states: that is what must be said. */
  private Outcome contradicted(Case drawn) {
    try {
      load(drawn);
    } catch (ModelImportException e) {
      String what = e.diagnosis().what();
      boolean said = what.startsWith("file says") || what.startsWith("the file asserts");
      return said ? Outcome.PASSED : new Outcome("refused: " + what);
    }
    return new Outcome("WRONG taken although it contradicts itself");
  }

  private Model<?> load(Case drawn) {
    return PyTorch.load(modules.resolve(drawn.file), Layout.AS_FILE, specs(drawn));
  }

  /** What differs for the first of a module's inputs for which something does, or in a weight. */
  private Optional<String> wrong(Case drawn) {
    Model<?> model = load(drawn);
    Optional<String> wrong = Optional.empty();
    for (int i = 0; wrong.isEmpty() && tensor(drawn, "in" + i).isPresent(); i++) {
      List<Tensor> y = model.predictAll(listed(drawn, "in" + i));
      List<Tensor> want = listed(drawn, "out" + i);
      wrong = y.size() == want.size() ? Optional.empty() : Optional.of(y.size() + " outputs");
      for (int k = 0; wrong.isEmpty() && k < want.size(); k++) {
        wrong = apart(y.get(k), want.get(k));
      }
    }
    return wrong.isPresent() ? wrong : wrongState(drawn, model);
  }

  /** The same of weights that were put into a network that is written here. */
  private Optional<String> wrongWeights(Case drawn) {
    Model<Output> model =
        PyTorch.loadInto(WrittenNetwork.of(drawn.words), modules.resolve(drawn.file));
    Tensor x = channelsLast(drawn, tensor(drawn, "in0").orElseThrow());
    Tensor y = model.predictAll(List.of(x)).get(0);
    Optional<String> wrong = apart(y, tensor(drawn, "out0").orElseThrow());
    return wrong.isPresent() ? wrong : wrongState(drawn, model);
  }

  private static Tensor channelsLast(Case drawn, Tensor x) {
    int rank = x.shape().rank();
    boolean moved = !drawn.words.startsWith("sequence") && !drawn.words.startsWith("vector");
    return moved
        ? x.permute(IntStream.range(0, rank).map(i -> i == 0 ? 0 : i % (rank - 1) + 1).toArray())
        : x;
  }

  /** What differs between the weights as they are written and the state dict of PyTorch. */
  private Optional<String> wrongState(Case drawn, Model<?> model) {
    String prefix = drawn.file + "/state/";
    List<String> names = tensors.names().stream().filter(n -> n.startsWith(prefix)).toList();
    Path file = folder.resolve("written.safetensors");
    if (!names.isEmpty()) {
      try {
        SafeTensors.save(model, file);
      } catch (ModelException e) {
        return Optional.empty(); // it is not written, and says so
      }
    }
    Map<String, Tensor> written = names.isEmpty() ? Map.of() : SafeTensors.load(file);
    return names.stream()
        .filter(name -> !name.endsWith("num_batches_tracked"))
        .filter(
            name ->
                !tensors
                    .tensor(name)
                    .orElseThrow()
                    .equals(written.get(name.substring(prefix.length()))))
        .findFirst()
        .map(name -> "another weight is written as " + name.substring(prefix.length()));
  }

  private Optional<Tensor> tensor(Case drawn, String name) {
    return tensors.tensor(drawn.file + "/" + name);
  }

  /** All inputs or outputs of one run: NAME, NAME/1, NAME/2, … */
  private List<Tensor> listed(Case drawn, String name) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> tensor(drawn, i == 0 ? name : name + "/" + i))
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow)
        .toList();
  }

  /** A script does not say what its inputs look like. */
  private InputSpec[] specs(Case drawn) {
    return drawn.file.endsWith(".pt2")
        ? new InputSpec[0]
        : listed(drawn, "in0").stream().map(x -> spec(x.type())).toArray(InputSpec[]::new);
  }

  private static InputSpec spec(Type type) {
    InputSpec plain = InputSpec.of(type.shape().sub(1, type.shape().rank()));
    Type sample = Type.of(plain.sample().shape(), type.dtype());
    return new InputSpec(plain.name(), sample, plain.axes(), plain.domain());
  }

  private static Optional<String> apart(Tensor y, Tensor want) {
    if (!y.type().equals(want.type())) {
      return Optional.of(y.type() + " for " + want.type());
    }
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
