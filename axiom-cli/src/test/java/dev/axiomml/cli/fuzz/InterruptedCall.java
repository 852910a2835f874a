package dev.axiomml.cli.fuzz;

import dev.axiomml.cli.CommandRun;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ctrl-C during a search that would go on: it ends at once, and what is known is printed, once, and
 * is nothing but the truth.
 */
final class InterruptedCall {
  private static final String EASY = "∀x ∈ [-1, 1]. no_nan(output)";
  private static final double TIMEOUT = 8;
  private static final double MOMENT = 3;

  private final At at;
  private final Random random;

  InterruptedCall(At at, Random random) {
    this.at = at;
    this.random = random;
  }

  /** The first claim is proved at once, the second by nobody within its time. */
  void judge(Path folder) {
    Path file = folder.resolve("deep.onnx");
    Onnx.save(Nets.relus(random.nextInt(1000), 12, 60, 60, 1), file);
    boolean json = random.nextBoolean();
    List<String> words = new ArrayList<>(List.of("verify", file.toString(), "--prove", EASY));
    words.addAll(List.of("--prove", "∀x ∈ [-1, 1]. norm2(output) <= 20.5"));
    words.addAll(List.of("--timeout", String.valueOf(TIMEOUT)));
    if (json) {
      words.add("--json");
    }
    at.tally().asked();
    at.tally().word("interrupted");
    CommandRun first = CommandRun.of(List.of("verify", file.toString(), "--prove", EASY));
    long millis = 500 + random.nextInt(400) + (long) (2000 * first.seconds());
    CommandRun run = CommandRun.interrupted(millis, words);
    if (run.interrupted()) {
      judge(run, json, millis * 1e-3);
    }
  }

  private void judge(CommandRun run, boolean json, double after) {
    require(!run.out().isBlank(), run, "interrupted without an answer");
    require(!run.isOver(run.seconds(), after + MOMENT), run, "an interrupted search goes on");
    require(run.err().contains("interrupted"), run, "interrupted, which is not said");
    if (run.out().isBlank()) {
      return;
    }
    require(run.out().split("PASSED|FAILED|UNDECIDED", -1).length == 2, run, "printed twice");
    ShownReport shown = json ? ShownReport.ofJson(run.out()) : ShownReport.ofText(run.out());
    boolean known = !shown.claims().isEmpty() && shown.claims().get(0).is(ShownClaim.PROVED);
    require(known, run, "what was known is not printed");
    for (ShownClaim claim : shown.claims().subList(1, shown.claims().size())) {
      require(claim.is(ShownClaim.UNKNOWN), run, "an answer that nobody had");
    }
    require(!shown.state().equals("PASSED"), run, "interrupted and passed");
  }

  private void require(boolean right, CommandRun run, String kind) {
    if (!right) {
      at.found(kind, run.toString());
    }
  }
}
