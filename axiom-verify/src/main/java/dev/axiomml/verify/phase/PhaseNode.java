package dev.axiomml.verify.phase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A node of a tree that splits hinges: each of some hinges is on one of its two pieces. Changed by
 * the search's thread only.
 */
final class PhaseNode {
  private final Optional<PhaseNode> above;
  private final int hinge;
  private final boolean high;
  private final int depth;
  private Multipliers multipliers;
  private double bound;
  private List<PhaseNode> sides = List.of();
  private int at = -1;

  /**
   * What makes a good bound, any of which is sound.
   *
   * @param slopes of the line below each hinge, in {@link PhaseBounds#UNIT}s of the way from the
   *     slope of its lower piece to that of its upper piece
   * @param weights of the hinges that are split, from the root down, not negative
   */
  record Multipliers(byte[] slopes, float[] weights) {}

  /** One hinge on one of its pieces. */
  record Side(int hinge, boolean high) {}

  private PhaseNode(Optional<PhaseNode> above, Side side, Multipliers multipliers, double bound) {
    this.above = above;
    this.hinge = side.hinge;
    this.high = side.high;
    this.depth = above.map(node -> node.depth + 1).orElse(0);
    this.multipliers = multipliers;
    this.bound = bound;
  }

  static PhaseNode root(byte[] slopes) {
    Multipliers none = new Multipliers(slopes, new float[0]);
    return new PhaseNode(Optional.empty(), new Side(-1, false), none, Double.NEGATIVE_INFINITY);
  }

  /** Both sides of a hinge, each with the bound and the multipliers of this node to begin with. */
  List<PhaseNode> sides(int hinge) {
    float[] weights = Arrays.copyOf(multipliers.weights, depth + 1);
    Multipliers more = new Multipliers(multipliers.slopes, weights);
    return List.of(
        new PhaseNode(Optional.of(this), new Side(hinge, false), more, bound),
        new PhaseNode(Optional.of(this), new Side(hinge, true), more, bound));
  }

  /** Splits a hinge here. */
  void split(int hinge) {
    at = hinge;
    sides = sides(hinge);
  }

  /** The splits above, from the root down. */
  List<Side> path() {
    Deque<Side> path = new ArrayDeque<>();
    for (PhaseNode node = this; node.above.isPresent(); node = node.above.get()) {
      path.push(new Side(node.hinge, node.high));
    }
    return new ArrayList<>(path);
  }

  Multipliers multipliers() {
    return multipliers;
  }

  double bound() {
    return bound;
  }

  /** Takes up better multipliers. */
  void take(Multipliers better) {
    multipliers = better;
  }

  /** Takes up a bound, unless the one from above is better. */
  void improve(double least) {
    bound = Math.max(bound, least);
  }

  /** Lets go of what only a search needs. */
  void close() {
    if (!sides.isEmpty()) {
      multipliers = new Multipliers(new byte[0], new float[0]);
    }
  }

  /** The hinge that is split here. */
  int at() {
    return at;
  }

  List<PhaseNode> sides() {
    return sides;
  }
}
