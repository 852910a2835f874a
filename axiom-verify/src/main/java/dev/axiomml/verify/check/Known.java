package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the check of one box knows so far: ranges of values, lines of functions, shifts of sums. */
final class Known {
  private final Map<Value, Range> ranges = new HashMap<>();
  private final Map<Node, Lines> lines = new HashMap<>();
  private final Map<Node, Range> shifts = new HashMap<>();
  private final Optional<Sphere> sphere;

  /** For a box; around the first input, it may also be cut with a ball. */
  Known(Optional<Sphere> sphere) {
    this.sphere = sphere;
  }

  Optional<Sphere> sphere() {
    return sphere;
  }

  Range range(Value value) {
    return Objects.requireNonNull(ranges.get(value), value.name());
  }

  Range put(Value value, Range range) {
    ranges.put(value, range);
    return range;
  }

  void put(Node node, Lines drawn) {
    lines.put(node, drawn);
  }

  void put(Node node, Range shift) {
    shifts.put(node, shift);
  }

  /** Empty where nothing is known of the node's results. */
  Optional<Lines> lines(Node node) {
    return Optional.ofNullable(lines.get(node));
  }

  /** Empty where nothing is known of the node's results. */
  Optional<Range> shift(Node node) {
    return Optional.ofNullable(shifts.get(node));
  }
}
