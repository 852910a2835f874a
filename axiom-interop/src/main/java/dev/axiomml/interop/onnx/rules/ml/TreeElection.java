package dev.axiomml.interop.onnx.rules.ml;

import java.util.stream.Stream;

/**
 * How trees choose a class.
 *
 * <p>Where all votes are for the first class of two they speak, by ONNX's custom, for the second.
 *
 * @param ballot the votes for each class
 * @param forest the trees
 * @param ending how scores are transformed
 * @param mode who votes for whom
 * @param only the class that all votes are for, if there is one, of two
 */
record TreeElection(
    TreeVotes ballot, DecisionForest forest, ScorePostTransform ending, Mode mode, int only) {
  /** Who votes for whom. */
  enum Mode {
    /** Votes for every class: the largest score wins. */
    EACH,
    /** Shares of the second class of two, none negative: it wins above one half. */
    SHARES,
    /** Weights for the second class of two: it wins above zero. */
    WEIGHTS
  }

  static TreeElection of(TreeVotes ballot, DecisionForest forest, ScorePostTransform ending) {
    if (!isOneSided(forest, ballot.targets())) {
      return new TreeElection(ballot, forest, ending, Mode.EACH, 0);
    }
    boolean shares = votes(forest).allMatch(vote -> vote.weight() >= 0);
    return new TreeElection(
        ballot, forest, ending, shares ? Mode.SHARES : Mode.WEIGHTS, only(forest));
  }

  /** How many base values there may be: votes for one class of two have one, for the first. */
  static int bases(DecisionForest forest, int classes) {
    return isOneSided(forest, classes) ? 1 - only(forest) : classes;
  }

  private static boolean isOneSided(DecisionForest forest, int classes) {
    return classes == 2 && targets(forest) == 1;
  }

  private static int only(DecisionForest forest) {
    return votes(forest).mapToInt(DecisionForest.Vote::target).findFirst().orElse(0);
  }

  private static long targets(DecisionForest forest) {
    return votes(forest).map(DecisionForest.Vote::target).distinct().count();
  }

  private static Stream<DecisionForest.Vote> votes(DecisionForest forest) {
    return forest.nodes().stream()
        .filter(DecisionForest.Leaf.class::isInstance)
        .flatMap(node -> ((DecisionForest.Leaf) node).votes().stream());
  }

  /** The number of the class of a row. */
  int best(double[] x, int start) {
    double[] votes = ballot.count(forest, x, start);
    if (mode != Mode.EACH) {
      return votes[only] > (mode == Mode.SHARES ? 0.5 : 0) ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < votes.length; i++) {
      best = votes[i] > votes[best] ? i : best;
    }
    return best;
  }

  /** The scores of a row. */
  double[] scores(double[] x, int start) {
    double[] votes = ballot.count(forest, x, start);
    if (mode == Mode.EACH || only == 1) {
      return ending.of(votes);
    }
    double second = votes[0];
    if (ending == ScorePostTransform.LOGISTIC) {
      return new double[] {
        ScorePostTransform.logistic(-second), ScorePostTransform.logistic(second)
      };
    }
    return new double[] {mode == Mode.SHARES ? (float) (1 - second) : -second, second};
  }
}
