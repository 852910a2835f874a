package dev.axiomml.interop.fuzz;

import ai.onnxruntime.OrtException;
import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Random nodes of ONNX files, run by Axiom and by ONNX Runtime: the answers are alike, or the file
 * is refused with a diagnosis.
 */
public final class OnnxNodesFuzz {
  /** What became of a case. */
  enum Outcome {
    RIGHT,
    REFUSED,
    UNKNOWN,
    EXCUSED,
    FALSE
  }

  /** The last part of a Split may be empty, says the standard; ONNX Runtime refuses that. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("Split");

  private final Path file;
  private final Map<String, int[]> counts = new TreeMap<>();
  private final Map<OnnxNodeCase.Sizes, int[]> bySizes = new TreeMap<>();
  private int wrong;
  private int printed;

  private OnnxNodesFuzz(Path file) {
    this.file = file;
  }

  /** {@code OnnxNodesFuzz SECONDS SEED [OPERATOR | #CASE [OPERATOR]]}. */
  public static void main(String[] arguments) throws IOException {
    long millis = Long.parseLong(arguments[0]) * 1000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    String which = arguments.length > 2 ? arguments[2] : "";
    OnnxNodesFuzz fuzz = new OnnxNodesFuzz(Files.createTempFile("axiom-node", ".onnx"));
    if (which.startsWith("#")) {
      Optional<String> only = Optional.of(arguments).filter(a -> a.length > 3).map(a -> a[3]);
      fuzz.one(Long.parseLong(which.substring(1)), only, true);
    } else {
      fuzz.all(seed, millis, Optional.of(which).filter(name -> !name.isEmpty()));
    }
    fuzz.report();
    System.exit(fuzz.wrong > 0 ? 1 : 0);
  }

  /** How many answers are false in so many milliseconds; each is printed with its seed. */
  public static int run(long seed, long millis) throws IOException {
    OnnxNodesFuzz fuzz = new OnnxNodesFuzz(Files.createTempFile("axiom-node", ".onnx"));
    fuzz.all(seed, millis, Optional.empty());
    fuzz.report();
    return fuzz.wrong;
  }

  /** The first nodes of a seed, on every machine the same; how many answers are false. */
  static int first(long seed, int nodes) throws IOException {
    OnnxNodesFuzz fuzz = new OnnxNodesFuzz(Files.createTempFile("axiom-node", ".onnx"));
    for (long i = 0; i < nodes; i++) {
      fuzz.one(seed * 10_000_000L + i, Optional.empty(), false);
    }
    fuzz.report();
    return fuzz.wrong;
  }

  private void all(long seed, long millis, Optional<String> only) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long i = 0; System.nanoTime() < end; i++) {
      one(seed * 10_000_000L + i, only, false);
    }
  }

  private void one(long seed, Optional<String> only, boolean shown) throws IOException {
    OnnxNodeCase node = OnnxNodeCase.of(seed, only);
    Files.writeString(
        Path.of(file + ".case"), "#" + seed + " " + node); // outlives a crash of ONNX Runtime
    if (System.getProperty("fuzz.trace") != null) {
      System.out.println("#" + seed + " " + node);
    }
    Files.write(file, node.bytes());
    StringBuilder why = new StringBuilder();
    Outcome outcome = outcome(node, why);
    boolean damaged = outcome == Outcome.FALSE && node.damage() != OnnxNodeCase.Damage.NONE;
    if (damaged && (MAY_BE_EMPTY.contains(node.op()) || !runs(seed, only))) {
      outcome = Outcome.UNKNOWN; // nor does ONNX Runtime run the whole node
    }
    if (outcome == Outcome.FALSE) {
      wrong++;
    }
    if (shown || (outcome == Outcome.FALSE && printed++ < 400)) {
      System.out.println(outcome + " #" + seed + " " + node + "\n    " + why);
    }
    if (outcome == Outcome.REFUSED && System.getProperty("fuzz.refusals") != null) {
      System.out.println("REFUSED #" + seed + " " + node + "\n    " + why);
    }
    counts.computeIfAbsent(node.op(), op -> new int[Outcome.values().length])[outcome.ordinal()]++;
    if (node.damage() == OnnxNodeCase.Damage.NONE) {
      bySizes
          .computeIfAbsent(node.sizes(), s -> new int[Outcome.values().length])[
          outcome.ordinal()]++;
    }
  }

  private boolean runs(long seed, Optional<String> only) throws IOException {
    OnnxNodeCase sound = OnnxNodeCase.sound(seed, only);
    Files.write(file, sound.bytes());
    return wanted(sound, new StringBuilder()).isPresent();
  }

  private Outcome outcome(OnnxNodeCase node, StringBuilder why) {
    Optional<List<Tensor>> wanted = wanted(node, why);
    List<Tensor> made;
    boolean fixed;
    try {
      Model<?> model = Onnx.load(file, Layout.AS_FILE);
      fixed = isFixed(model.inference().outputs().get(0).type());
      made = model.predictAll(node.inputs());
    } catch (AxiomException e) {
      why.setLength(0);
      why.append(e.getMessage().replace("\n", " | ").replace(file.toString(), "FILE"));
      return wanted.isEmpty() ? Outcome.UNKNOWN : Outcome.REFUSED;
    } catch (RuntimeException | Error e) {
      why.setLength(0);
      why.append(e).append(" at ").append(Arrays.stream(e.getStackTrace()).limit(6).toList());
      return Outcome.FALSE;
    }
    boolean known = fixed && made.get(0).shape().rank() > 0;
    boolean declared =
        node.damage() == OnnxNodeCase.Damage.RANK
            || (node.damage() == OnnxNodeCase.Damage.SIZE && known);
    if (declared) {
      why.append("the declared shape is another");
      return Outcome.FALSE;
    }
    return judged(node, made, wanted, why);
  }

  private static boolean isFixed(Type type) {
    return type.isTensor() && type.shape().dims().stream().allMatch(Dim::isFixed);
  }

  private static Outcome judged(
      OnnxNodeCase node, List<Tensor> made, Optional<List<Tensor>> wanted, StringBuilder why) {
    if (wanted.isEmpty()) {
      return node.damage().isStrict() && !why.toString().contains("NOT_IMPLEMENTED")
          ? Outcome.FALSE
          : Outcome.UNKNOWN;
    }
    Optional<String> difference = OnnxDifference.between(made, wanted.get());
    difference.ifPresent(why::append);
    Optional<String> excuse = difference.flatMap(d -> OnnxExcuses.of(node, made, wanted.get()));
    return difference.isEmpty()
        ? Outcome.RIGHT
        : excuse.isPresent() ? Outcome.EXCUSED : Outcome.FALSE;
  }

  private Optional<List<Tensor>> wanted(OnnxNodeCase node, StringBuilder why) {
    try {
      return Optional.of(OtherRuntime.run(file, node.inputs()));
    } catch (OrtException e) {
      why.append(e.getMessage());
      return Optional.empty();
    }
  }

  private void report() {
    System.out.printf("%-28s%s%n", "operator", Arrays.toString(Outcome.values()));
    counts.forEach((op, n) -> System.out.printf("%-28s%s%n", op, Arrays.toString(n)));
    bySizes.forEach((op, n) -> System.out.printf("%-28s%s%n", op, Arrays.toString(n)));
    int[] sum = new int[Outcome.values().length];
    counts.values().forEach(n -> Arrays.setAll(sum, i -> sum[i] + n[i]));
    System.out.printf("%-28s%s of %d%n", "all", Arrays.toString(sum), Arrays.stream(sum).sum());
  }
}
