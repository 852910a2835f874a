package dev.axiomml.cli.fuzz;

import dev.axiomml.cli.CommandRun;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Networks of which each phase of a proof takes long: budgets are kept, seconds are true. */
final class SlowModels {
  private static final double SLACK = 1;
  private static final List<String> CLAIMS =
      List.of(
          "max(output) <= 300",
          "max(output) <= 300",
          "max(output) <= 1e9",
          "no_nan(output)",
          "local_lipschitz(0.1, 1e9)");

  private final At at;
  private final Random random;

  SlowModels(At at, Random random) {
    this.at = at;
    this.random = random;
  }

  void judge(Path folder) {
    Path file = folder.resolve("slow.onnx");
    Onnx.save(convolutions().model(), file);
    double timeout = 0.2 + 0.2 * random.nextInt(4);
    List<String> words = new ArrayList<>(List.of("verify", file.toString()));
    String claim = CLAIMS.get(random.nextInt(CLAIMS.size()));
    words.addAll(List.of("--prove", "∀x ∈ [0, 1]. " + claim));
    words.addAll(List.of("--timeout", String.format(Locale.ROOT, "%.1f", timeout)));
    at.tally().asked();
    at.tally().word("slow");
    CommandRun run = CommandRun.of(words);
    if (isOff(run, timeout) && isOff(CommandRun.of(words), timeout)) { // once may be a cold start
      at.found("budget", run.toString());
    }
  }

  /** Over the budget of the one claim and a second, opening apart, or seconds that are not so. */
  private static boolean isOff(CommandRun run, double timeout) {
    if (run.exit() > 2) {
      return true;
    }
    double said = ShownReport.ofText(run.out()).claims().get(0).seconds();
    double most = 1.2 * timeout + SLACK;
    boolean over = run.isOver(said, most) || run.isOver(run.seconds(), most + SLACK);
    return over || run.isOver(run.seconds(), said + SLACK) || said > run.seconds() + 0.01;
  }

  private Nets convolutions() {
    int side = 32 << random.nextInt(3);
    int width = 8 << random.nextInt(2);
    Nets nets = Nets.from(side, side, 1);
    int in = 1;
    for (int i = 0; i < 3; i++) {
      Tensor weights = Tensor.random(Shape.of(5, 5, in, width), random.nextLong(), -0.3, 0.3);
      Conv conv = new Conv(WindowGeometry.of(List.of(5, 5)), 1);
      nets.then("conv" + i, conv, new Parameter("w" + i, weights)).relu();
      in = width;
    }
    return nets;
  }
}
