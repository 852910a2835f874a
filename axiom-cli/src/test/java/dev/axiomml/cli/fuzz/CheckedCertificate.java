package dev.axiomml.cli.fuzz;

import dev.axiomml.cli.CommandRun;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** {@code axiom check-certificate} on what {@code axiom verify} wrote, held to what it showed. */
final class CheckedCertificate {
  private static final List<String> EVIDENCE = List.of("proved", "proved", "reals", "tested");

  private final At at;
  private final SurfaceCall call;
  private final ShownReport shown;
  private final Random random;

  CheckedCertificate(At at, SurfaceCall call, ShownReport shown, Random random) {
    this.at = at;
    this.call = call;
    this.shown = shown;
    this.random = random;
  }

  void judge(Path certificate) {
    checked(certificate);
    switch (random.nextInt(8)) {
      case 0 -> another(certificate);
      case 1 -> cut(certificate);
      case 2 -> late(certificate);
      default -> at.tally().word("checked");
    }
  }

  private List<String> words(Path certificate, Path model, String... more) {
    List<String> words =
        new ArrayList<>(List.of("check-certificate", certificate.toString(), model.toString()));
    call.model()
        .domain()
        .filter(range -> call.options().contains("--domain"))
        .ifPresent(
            range ->
                words.addAll(List.of("--domain", "[" + range.low() + "," + range.high() + "]")));
    words.addAll(List.of(more));
    return words;
  }

  private void require(boolean right, CommandRun run, String kind) {
    if (!right) {
      at.found("check-certificate: " + kind, run + "\nverify showed " + shown);
    }
  }

  private void checked(Path certificate) {
    String required = EVIDENCE.get(random.nextInt(EVIDENCE.size()));
    boolean usual = required.equals("proved") && random.nextBoolean();
    String[] more = usual ? new String[0] : new String[] {"--require", required};
    CommandRun run = CommandRun.of(words(certificate, call.model().file(), more));
    require(run.exit() == CallJudge.exit(shown.claims(), required), run, "exit code");
    require(run.out().startsWith(first() + ":"), run, "first word is not " + first());
    List<String> lines = run.out().lines().filter(l -> !ShownReport.word(l).isEmpty()).toList();
    require(lines.size() == shown.claims().size(), run, "statements left out");
    for (int i = 0; i < Math.min(lines.size(), shown.claims().size()); i++) {
      statement(run, lines.get(i), shown.claims().get(i));
    }
    require(!run.out().contains("another:"), run, "the file is another");
  }

  private String first() {
    List<ShownClaim> claims = shown.claims();
    if (claims.isEmpty()) {
      return "nothing established";
    }
    return claims.stream().anyMatch(claim -> claim.is(ShownClaim.REFUTED))
        ? "refuted"
        : claims.stream().allMatch(claim -> claim.passes("reals")) ? "valid" : "open";
  }

  private void statement(CommandRun run, String line, ShownClaim claim) {
    String word = ShownReport.word(line);
    String text = line.substring(2 + word.length()).strip();
    require(word.equals(claim.word()), run, "another verdict");
    require(text.equals(claim.text()), run, "another claim");
    require(!word.equals(ShownClaim.TESTED) || !text.contains("∀"), run, "∀ beside TESTED");
  }

  /** What speaks of one network is not valid of another. */
  private void another(Path certificate) {
    SurfaceModel other = SurfaceModel.of(random, call.file("other.onnx"));
    CommandRun run = CommandRun.of(words(certificate, other.file()));
    boolean same = shown.claims().isEmpty() && run.out().startsWith("nothing established:");
    require(same || (run.exit() == 1 && run.out().startsWith("not valid:")), run, "another model");
  }

  /** A file that ends too early is refused. */
  private void cut(Path certificate) {
    String text = CallJudge.read(certificate);
    Path half = certificate.resolveSibling("half.json");
    write(half, text.substring(0, random.nextInt(text.length() - 1)));
    CommandRun run = CommandRun.of(words(half, call.model().file()));
    require(run.exit() == Codes.REFUSED, run, "half a certificate");
    Refusals.judge(at, run);
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A check without time does not end, or has ended so soon that it says what it would have said.
   */
  private void late(Path certificate) {
    CommandRun run =
        CommandRun.of(words(certificate, call.model().file(), "--timeout", "0.000000001"));
    boolean open = run.exit() == 2 && run.out().startsWith("not finished:");
    boolean ended = run.exit() == CallJudge.exit(shown.claims(), "proved");
    require(open || (ended && run.out().startsWith(first())), run, "a check without time");
  }
}
