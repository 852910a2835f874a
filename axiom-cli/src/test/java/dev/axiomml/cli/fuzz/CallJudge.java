package dev.axiomml.cli.fuzz;

import dev.axiomml.cli.CommandRun;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** Holds one call of {@code axiom verify}, with all that it wrote, to what evaluation knows. */
final class CallJudge {
  private static final double SLACK = 1;

  private final At at;
  private final SurfaceCall call;

  CallJudge(At at, SurfaceCall call) {
    this.at = at;
    this.call = call;
  }

  /** Judges a run. @return what it showed, where it answered */
  Optional<ShownReport> judge(CommandRun run) {
    if (run.exit() == Codes.REFUSED) {
      at.tally().refused();
      require(call.mayBeRefused(), run, "refused");
      Refusals.judge(at, run);
      return Optional.empty();
    }
    if (run.exit() < 0 || run.exit() > 2) {
      at.found("exit " + run.exit(), run.toString());
      return Optional.empty();
    }
    ShownReport shown = shown(run);
    claims(run, shown);
    require(run.exit() == exit(shown.claims(), call.required()), run, "exit code");
    written(run, shown);
    time(run, shown);
    return Optional.of(shown);
  }

  private void require(boolean right, CommandRun run, String kind) {
    if (!right) {
      at.found(kind, run.toString());
    }
  }

  /** The exit code that verdicts come to: one table, written here once more. */
  static int exit(List<ShownClaim> claims, String required) {
    if (claims.stream().anyMatch(claim -> claim.is(ShownClaim.REFUTED))) {
      return 1;
    }
    return !claims.isEmpty() && claims.stream().allMatch(c -> c.passes(required)) ? 0 : 2;
  }

  static String state(int exit) {
    return exit == 0 ? "PASSED" : exit == 1 ? "FAILED" : "UNDECIDED";
  }

  /** What was printed, as text or JSON. */
  private ShownReport shown(CommandRun run) {
    if (!call.isJson()) {
      return ShownReport.ofText(run.out());
    }
    boolean passes = ShownReport.passes(ShownReport.json(run.out()), call.required());
    require(passes, run, "passes");
    int said = ShownReport.json(run.out()).get("exit").asInt();
    require(said == run.exit(), run, "another exit code in JSON");
    require(
        ShownReport.json(run.out()).get("passed").asBoolean() == (run.exit() == 0), run, "passed");
    return ShownReport.ofJson(run.out());
  }

  private void claims(CommandRun run, ShownReport shown) {
    if (shown.claims().size() != call.claims().size()) {
      at.found("claims left out", run.toString());
      return;
    }
    VerdictJudge judge =
        new VerdictJudge(
            call.model(),
            call.rows(),
            call.timeout(),
            (kind, text) -> at.found(kind, text + "\n" + run));
    for (int i = 0; i < shown.claims().size(); i++) {
      at.tally().asked();
      at.tally().word(shown.claims().get(i).word());
      judge.judge(call.claims().get(i), shown.claims().get(i));
    }
    twins(run, shown.claims());
    state(run, shown);
  }

  private void state(CommandRun run, ShownReport shown) {
    String state = state(exit(shown.claims(), call.required()));
    require(shown.state().equals(state), run, "state");
    require(call.isJson() || tally(shown), run, "tally");
    if (call.claims().isEmpty()) {
      require(run.err().contains("nothing was asked"), run, "nothing asked, not said");
    }
  }

  /** Whether the first line counts what follows. */
  private static boolean tally(ShownReport shown) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    shown.claims().forEach(c -> counts.merge(c.word().toLowerCase(Locale.ROOT), 1, Integer::sum));
    String said = shown.tally().replaceAll("; required: .*", "");
    TreeMap<String, Integer> read = new TreeMap<>();
    if (!said.equals("nothing was asked")) {
      Arrays.stream(said.split(", ", -1))
          .map(part -> part.split(" ", 2))
          .forEach(part -> read.put(part[1], Integer.valueOf(part[0])));
    }
    return counts.equals(read);
  }

  /** What was refuted as a theorem passes by no other option. */
  private void twins(CommandRun run, List<ShownClaim> shown) {
    for (int i = 0; i < shown.size(); i++) {
      for (int k = i + 1; k < shown.size(); k++) {
        require(agree(i, k, shown), run, "two options disagree");
      }
    }
  }

  /**
   * Whether neither of two answers to one claim passes what the other refutes; a sample may break
   * what a search leaves open.
   */
  private boolean agree(int i, int k, List<ShownClaim> shown) {
    SurfaceClaim one = call.claims().get(i);
    SurfaceClaim other = call.claims().get(k);
    boolean same = one.formula().equals(other.formula()) && one.isDeclared() && other.isDeclared();
    if (!same || one.isPair()) {
      return true;
    }
    List<ShownClaim> both = List.of(shown.get(i), shown.get(k));
    boolean quick = both.stream().allMatch(claim -> claim.seconds() < call.timeout() / 4);
    boolean refuted = both.stream().anyMatch(claim -> claim.is(ShownClaim.REFUTED));
    boolean row = one.mayBeBrokenByRow() || other.mayBeBrokenByRow();
    return !quick || !refuted || both.stream().allMatch(claim -> fits(claim, row));
  }

  private static boolean fits(ShownClaim beside, boolean row) {
    return beside.is(ShownClaim.REFUTED) || (row && beside.is(ShownClaim.UNKNOWN));
  }

  /** Page and certificate say the same as what was printed. */
  private void written(CommandRun run, ShownReport shown) {
    call.given("--html").ifPresent(page -> page(run, shown, page));
    call.given("--certificate").ifPresent(file -> certificate(run, shown, file));
  }

  private void page(CommandRun run, ShownReport shown, Path file) {
    ShownReport page = ShownReport.ofPage(read(file));
    require(page.state().equals(shown.state()), run, "another state on the page");
    require(same(page.claims(), shown.claims(), true), run, "the page says: " + page);
  }

  private void certificate(CommandRun run, ShownReport shown, Path file) {
    ShownReport written = ShownReport.ofCertificate(read(file));
    require(same(written.claims(), shown.claims(), false), run, "the certificate says: " + written);
  }

  /** Whether two surfaces show the same claims, verdicts, times and, where shown, inputs. */
  static boolean same(List<ShownClaim> a, List<ShownClaim> b, boolean places) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same =
          a.get(i).word().equals(b.get(i).word())
              && a.get(i).text().equals(b.get(i).text())
              && Math.abs(a.get(i).seconds() - b.get(i).seconds()) <= 0.0051
              && (!places || a.get(i).where().equals(b.get(i).where()));
    }
    return same;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds are true, and a budget is kept, within a fifth and a second. */
  private void time(CommandRun run, ShownReport shown) {
    double said = seconds(shown);
    require(said <= run.seconds() + 0.01 * shown.claims().size(), run, "more seconds than were");
    for (ShownClaim claim : shown.claims()) {
      boolean over = run.isOver(claim.seconds(), 1.2 * call.timeout() + SLACK);
      require(!over, run, "over its time");
    }
    if (isLate(run, said)) {
      CommandRun again = CommandRun.of(run.words());
      boolean late = again.exit() <= 2 && isLate(again, seconds(shown(again)));
      require(!late, run, "seconds not told");
    }
  }

  /** Whether much more was worked than was told; opening, writing and a cold start take some. */
  private static boolean isLate(CommandRun run, double said) {
    return run.isOver(run.seconds(), said + SLACK);
  }

  private static double seconds(ShownReport shown) {
    return shown.claims().stream().mapToDouble(ShownClaim::seconds).sum();
  }
}
