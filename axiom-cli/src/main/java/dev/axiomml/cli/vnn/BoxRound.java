package dev.axiomml.cli.vnn;

import dev.axiomml.core.model.Verdict;
import dev.axiomml.verify.cert.Claim;
import java.util.ArrayList;
import java.util.List;

/**
 * One claim after another on a time that they share: each has half of an equal share of what is
 * left, at least a second, and an only one has all.
 */
final class BoxRound {
  private static final double LEAST = 1;
  private static final double NEARLY = 0.9;

  private final VnnBudget budget;
  private final int asked;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Boolean> late = new ArrayList<>();
  private volatile double share;
  private volatile long start;
  private volatile boolean refuted;

  BoxRound(VnnBudget budget, int asked) {
    this.budget = budget;
    this.asked = asked;
    next();
  }

  private void next() {
    int left = asked - claims.size();
    share = asked == 1 ? budget.left() : Math.max(LEAST, budget.left() / (2.0 * Math.max(1, left)));
    start = System.nanoTime();
  }

  private double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  /** Whether the claim that is asked now has had its share, or no other has to be asked. */
  boolean isOver() {
    return refuted || budget.isOver() || seconds() >= share;
  }

  /** Takes the verdict of the claim that was asked, behind which the next one is asked. */
  void take(Claim claim) {
    refuted |= claim.verdict() instanceof Verdict.Refuted;
    late.add(refuted || budget.isOver() || seconds() >= NEARLY * share);
    claims.add(claim);
    next();
  }

  /** The verdicts, in order. */
  List<Claim> claims() {
    return claims;
  }

  /** Whether a claim might be decided with more time. */
  boolean isLate(int claim) {
    return late.get(claim);
  }
}
