package dev.axiomml.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.cert.Claim;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A budget holds in every phase: preparation, intervals, linear bounds, attack and check. */
class BudgetTest {
  /** Seconds of a core between two looks at the clock. */
  private static final double LONGEST = 0.25;

  /** Convolutions of five by five, whose bounds take many times the budgets here. */
  private static Model<Output> wide(int size, int channels) {
    Nets nets = Nets.from(size, size, 1);
    int in = 1;
    for (int i = 0; i < 3; i++) {
      Tensor kernel = Tensor.random(Shape.of(5, 5, in, channels), 7 + i, -0.3, 0.3);
      WindowGeometry five = WindowGeometry.of(List.of(5, 5));
      nets.then("conv" + i, new Conv(five, 1), new Parameter("w" + i, kernel));
      nets.relu();
      in = channels;
    }
    return nets.model(Optional.of(new Region.Range(0, 1)));
  }

  private static Claim prove(Model<Output> model, String text, Budget budget) {
    Theorem<Output> theorem = PropertyText.theorem(text);
    return Verifier.prove(model, List.of(theorem), budget).claims().get(0);
  }

  private static void assertKept(Claim claim, double seconds, long start) {
    double took = (System.nanoTime() - start) * 1e-9;
    assertThat(claim.verdict()).isInstanceOf(Verdict.Unknown.class);
    assertThat(took).as("%s", claim.verdict()).isLessThan(1.2 * seconds + 1);
    assertThat(claim.seconds()).isBetween(0.9 * Math.min(seconds, took), took);
  }

  @Test
  void a_budget_is_kept_in_intervals_linear_bounds_and_attack() {
    Model<Output> model = wide(96, 16);
    for (double seconds : new double[] {0.3, 1, 2}) {
      long start = System.nanoTime();
      Claim claim = prove(model, "∀x. max(output) <= 300", Budget.seconds(seconds));
      assertKept(claim, seconds, start);
    }
  }

  @Test
  void a_budget_is_kept_by_many_threads() {
    Model<Output> model = Nets.relus(9, 12, 60, 60, 1);
    long start = System.nanoTime();
    Claim claim = prove(model, "∀x ∈ [-1,1]. output[0] <= 45", Budget.seconds(1).threads(3));
    assertKept(claim, 1, start);
  }

  /** Asked a thousand times: wherever it ends, it ends as unknown, with the place named. */
  @Test
  void wherever_a_budget_ends_the_answer_is_unknown_and_says_where() {
    Model<Output> model = Nets.relus(5, 2, 8, 8, 1);
    String text = "∀x ∈ [0,1]. output[0] <= 4";
    AtomicLong asked = new AtomicLong();
    Budget whole = Budget.seconds(600).cancelledBy(() -> asked.incrementAndGet() < 0);
    assertThat(prove(model, text, whole).verdict()).isInstanceOf(Verdict.Proved.class);
    long all = asked.get();
    boolean inCheck = false;
    for (long end = 1; end < all; end += Math.max(1, all / 200)) {
      long last = end;
      asked.set(0);
      Budget cut = Budget.seconds(600).cancelledBy(() -> asked.incrementAndGet() >= last);
      Verdict verdict = prove(model, text, cut).verdict();
      assertThat(verdict).as("cancelled at %d of %d", end, all).isInstanceOf(Verdict.Unknown.class);
      String reason = ((Verdict.Unknown) verdict).reason();
      assertThat(reason).containsAnyOf("cancelled while", "budget ended", "its check did not end");
      inCheck |= reason.contains("its check did not end");
    }
    assertThat(inCheck).isTrue();
  }

  @Test
  void an_interrupt_ends_a_proof_with_what_is_known() throws InterruptedException {
    Claim[] answer = new Claim[1];
    Thread prover =
        new Thread(
            () ->
                answer[0] =
                    prove(
                        Nets.relus(9, 12, 60, 60, 1),
                        "∀x ∈ [-1,1]. output[0] <= 45",
                        Budget.seconds(600).threads(2)));
    prover.start();
    Thread.sleep(1500);
    prover.interrupt();
    prover.join(20_000);
    assertThat(prover.isAlive()).isFalse();
    assertThat(answer[0].verdict())
        .isInstanceOfSatisfying(
            Verdict.Unknown.class, unknown -> assertThat(unknown.reason()).contains("ended"));
  }

  /** The first looks at the clock are those of the preparation; here each of them takes a while. */
  @Test
  void seconds_count_preparation_and_check() {
    AtomicLong asked = new AtomicLong();
    Budget slow = Budget.seconds(60).cancelledBy(() -> waits(asked));
    long start = System.nanoTime();
    Claim claim = prove(wide(64, 4), "∀x. finite(output)", slow);
    double took = (System.nanoTime() - start) * 1e-9;
    assertThat(claim.verdict()).isInstanceOf(Verdict.Proved.class);
    assertThat(took).isGreaterThan(0.6);
    assertThat(claim.seconds()).isBetween(took - 0.3, took);
  }

  private static boolean waits(AtomicLong asked) {
    if (asked.incrementAndGet() <= 6) {
      LockSupport.parkNanos(120_000_000);
    }
    return false;
  }

  /**
   * However fast a phase is, it asks for the time in between; what a thread got of a core counts.
   */
  @Test
  void every_phase_asks_for_the_time_often() {
    assertAsked(wide(160, 16), "∀x. max(output) <= 300", 3, Verdict.Unknown.class);
  }

  /** A row as long as the output for each of 65,536 elements took the checker 20 seconds. */
  @Test
  void the_largest_of_many_outputs_is_checked_one_by_one() {
    assertAsked(wide(64, 16), "∀x ∈ [0, 1]. max(output) <= 1e9", 60, Verdict.Proved.class);
  }

  private static void assertAsked(
      Model<Output> model, String text, double seconds, Class<? extends Verdict> answer) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] last = {threads.getCurrentThreadCpuTime()};
    double[] longest = {0};
    Budget watched =
        Budget.seconds(seconds)
            .cancelledBy(
                () -> {
                  long now = threads.getCurrentThreadCpuTime();
                  longest[0] = Math.max(longest[0], (now - last[0]) * 1e-9);
                  last[0] = now;
                  return false;
                });
    assertThat(prove(model, text, watched).verdict()).isInstanceOf(answer);
    assertThat(longest[0]).isLessThan(LONGEST);
  }
}
