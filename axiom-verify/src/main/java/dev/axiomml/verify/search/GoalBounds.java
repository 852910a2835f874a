package dev.axiomml.verify.search;

import dev.axiomml.verify.bound.KnownRanges;
import dev.axiomml.verify.cert.ProofMethod;
import java.util.List;
import java.util.Optional;

/**
 * What bounds say of a goal on one box.
 *
 * @param shown how the whole goal was shown; empty when it was not
 * @param score how far the worst clause is from being shown; lower is further
 * @param slopes for each input how the worst clause's bound depends on each element
 * @param why what keeps the worst clause from being shown, one sentence
 * @param clip the part of the box outside of which the goal holds, where that is worth a cut
 * @param ranges what is known of values on the box and so on its halves
 */
record GoalBounds(
    Optional<ProofMethod> shown,
    double score,
    List<double[]> slopes,
    String why,
    Optional<BoxClip> clip,
    KnownRanges ranges) {
  static GoalBounds shown(ProofMethod method) {
    return new GoalBounds(
        Optional.of(method),
        Double.POSITIVE_INFINITY,
        List.of(),
        "",
        Optional.empty(),
        KnownRanges.NONE);
  }
}
