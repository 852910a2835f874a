package dev.axiomml.interop.onnx.rules.ml;

import dev.axiomml.core.tensor.DType;
import java.util.Arrays;

/**
 * What the votes of all trees for one row come to.
 *
 * @param how sum, average, least or largest
 * @param base what is added to each target
 * @param dtype what sums round to: float32 or float64
 * @param targets how many
 */
record TreeVotes(How how, double[] base, DType dtype, int targets) {
  TreeVotes {
    base = base.clone();
  }

  /** Ways to put votes together, in the order of their numbers. */
  enum How {
    /** Their mean over the trees. */
    AVERAGE,
    /** Their sum. */
    SUM,
    /** The least. */
    MIN,
    /** The largest. */
    MAX
  }

  /** The votes for the targets of the row that starts at a place among features; 0 without any. */
  double[] count(DecisionForest forest, double[] x, int start) {
    double[] scores = new double[targets];
    boolean[] voted = new boolean[targets];
    for (int root : forest.roots()) {
      for (DecisionForest.Vote vote : forest.leaf(root, x, start).votes()) {
        int target = vote.target();
        scores[target] = voted[target] ? joined(scores[target], vote.weight()) : vote.weight();
        voted[target] = true;
      }
    }
    if (how == How.AVERAGE) {
      Arrays.setAll(scores, i -> rounded(scores[i] / forest.roots().size()));
    }
    Arrays.setAll(scores, i -> rounded(scores[i] + base[i]));
    return scores;
  }

  private double joined(double sum, double weight) {
    return switch (how) {
      case SUM, AVERAGE -> rounded(sum + weight);
      case MIN -> Math.min(sum, weight);
      case MAX -> Math.max(sum, weight);
    };
  }

  private double rounded(double x) {
    return dtype == DType.FLOAT64 ? x : (float) x;
  }
}
