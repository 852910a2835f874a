package dev.axiomml.cli.fuzz;

import dev.axiomml.cli.CommandRun;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Calls with one thing in them that cannot be: refused by name, at once, and nothing is left. */
final class HostileCall {
  private static final List<String> NUMBERS =
      List.of("-5", "0", "NaN", "-Infinity", "abc", "", "-0.0", "1e", "٣");
  private static final List<String> THREADS =
      List.of("0", "-1", "99999999", "99999999999999", "1.5", "two", "");
  private static final List<String> DOMAINS =
      List.of("[1,0]", "0,1", "[0;1]", "[NaN,1]", "[0,1", "[]", "[a,b]", "[0,1,2]", "");
  private static final List<String> FORMULAS =
      List.of(
          "argmax(output) == 77",
          "output[99] <= 1",
          "output[0] <= NaN",
          "output[0",
          "no_nann(output)",
          "∀x ∈ [1, 0]. no_nan(output)",
          "∀x ∈ linf(missing.npy, 1). no_nan(output)",
          "argmax(output) == -1",
          "local_lipschitz(-1, 2)",
          "local_lipschitz(NaN, 1)",
          "output[0] <= 1e99999",
          "",
          "output[-1] >= 0",
          "output[99999999999] >= 0",
          "1 <= 2 <= 3");

  private final At at;
  private final Random random;
  private final SurfaceCall call;

  HostileCall(At at, Random random, SurfaceCall call) {
    this.at = at;
    this.random = random;
    this.call = call;
  }

  void judge() {
    if (random.nextInt(5) == 0) {
      damaged();
      return;
    }
    List<String> words = words();
    Path certificate = call.file("cert.json");
    delete(certificate);
    CommandRun run = CommandRun.of(words);
    at.tally().asked();
    at.tally().word("hostile");
    if (run.exit() != Codes.REFUSED) {
      at.found("a hostile call ends in " + run.exit(), run.toString());
      return;
    }
    Refusals.judge(at, run);
    boolean named = run.err().contains(culprit(words));
    if (!named || Files.exists(certificate) || run.isOver(run.seconds(), 2)) {
      at.found(named ? "late" : "what is wrong is not named", run.toString());
    }
  }

  /** A word of the message: the option, or the place of a formula that cannot be read. */
  private static String culprit(List<String> words) {
    String option = words.get(words.size() - 2);
    boolean formula = option.matches("--prove|--ensure|--data");
    boolean empty = words.get(words.size() - 1).isEmpty();
    return formula ? "" : empty && option.matches("--certificate|--html") ? "empty" : option;
  }

  private String any(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A call that makes sense, then one option that does not. */
  private List<String> words() {
    List<String> words = new ArrayList<>(List.of("verify", call.model().file().toString()));
    words.addAll(List.of("--prove", "∀x ∈ [-100, 100]. norm2(output) >= 0.0001"));
    List<String> hostile =
        switch (random.nextInt(8)) {
          case 0 -> List.of("--timeout", any(NUMBERS));
          case 1 -> List.of("--threads", any(THREADS));
          case 2 -> List.of("--domain", any(DOMAINS));
          case 3 -> List.of(random.nextBoolean() ? "--prove" : "--ensure", any(FORMULAS));
          case 4 -> List.of("--require", any(List.of("maybe", "", "all", "unknown")));
          case 5 -> List.of("--ensure", "no_nan(output)", "--data", data());
          default -> List.of(random.nextBoolean() ? "--certificate" : "--html", place());
        };
    if (!hostile.get(0).equals("--timeout")) {
      words.addAll(List.of("--timeout", "3"));
    }
    if (!hostile.get(0).equals("--certificate") && random.nextBoolean()) {
      words.addAll(List.of("--certificate", call.file("cert.json").toString()));
    }
    words.addAll(hostile);
    return words;
  }

  private String place() {
    return any(
        List.of(
            call.file("missing/answer").toString(),
            call.model().file().getParent().toString(),
            call.model().file() + "/below",
            "/proc/axiom.json",
            ""));
  }

  /** Arrays that are none, hold no sample, fit no input, or hold what no claim speaks of. */
  private String data() {
    Path file = call.file("hostile.npy");
    switch (random.nextInt(6)) {
      case 0 -> CheckedCertificate.write(file, "no array");
      case 1 -> Npy.write(Tensor.scalar(1), file);
      case 2 -> Npy.write(Tensor.zeros(Shape.of(0, 3)), file);
      case 3 -> Npy.write(Tensor.ofTexts(Shape.of(2), "a", "b"), file);
      case 4 -> Npy.write(Tensor.full(call.model().shapes().get(0), Float.NaN), file);
      default -> delete(file);
    }
    return file.toString();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A model's file with some bytes changed is read or refused. */
  private void damaged() {
    Path file = call.file("damaged.onnx");
    try {
      byte[] bytes = Files.readAllBytes(call.model().file());
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String formula = random.nextBoolean() ? "no_nan(output)" : "output[0] <= 1";
    CommandRun run =
        CommandRun.of(List.of("verify", file.toString(), "--ensure", formula, "--timeout", "0.2"));
    at.tally().asked();
    at.tally().word("damaged");
    if (run.exit() == Codes.REFUSED) {
      Refusals.judge(at, run);
    } else if (run.exit() < 0 || run.exit() > 2) {
      at.found("a damaged file ends in " + run.exit(), run.toString());
    }
  }
}
