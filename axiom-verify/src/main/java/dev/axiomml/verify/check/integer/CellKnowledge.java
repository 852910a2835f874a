package dev.axiomml.verify.check.integer;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the check of one box knows so far: ranges of values, lines of functions, shifts of sums. */
public final class CellKnowledge {
  private final Map<Value, IntegerRange> ranges = new HashMap<>();
  private final Map<Node, IntegerLines> lines = new HashMap<>();
  private final Map<Node, IntegerRange> shifts = new HashMap<>();
  private final Optional<NormBall> sphere;

  /** For a box; around the first input, it may also be cut with a ball. */
  CellKnowledge(Optional<NormBall> sphere) {
    this.sphere = sphere;
  }

  Optional<NormBall> sphere() {
    return sphere;
  }

  public IntegerRange range(Value value) {
    return Objects.requireNonNull(ranges.get(value), value.name());
  }

  IntegerRange put(Value value, IntegerRange range) {
    ranges.put(value, range);
    return range;
  }

  void put(Node node, IntegerLines drawn) {
    lines.put(node, drawn);
  }

  void put(Node node, IntegerRange shift) {
    shifts.put(node, shift);
  }

  /** Empty where nothing is known of the node's results. */
  Optional<IntegerLines> lines(Node node) {
    return Optional.ofNullable(lines.get(node));
  }

  /** Empty where nothing is known of the node's results. */
  Optional<IntegerRange> shift(Node node) {
    return Optional.ofNullable(shifts.get(node));
  }
}
