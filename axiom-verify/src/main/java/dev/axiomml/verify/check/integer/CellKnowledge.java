package dev.axiomml.verify.check.integer;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the check of one box knows so far: ranges of values, lines of functions, shifts of sums. */
public final class CellKnowledge {
  private final Map<Value, IntegerRange> ranges = new HashMap<>();
  private final Map<Node, IntegerLines> lines = new HashMap<>();
  private final Map<Node, IntegerRange> shifts = new HashMap<>();
  private final Map<Value, IntegerRange> tightened = new HashMap<>();
  private final Map<Node, List<HingeChoice>> sides = new HashMap<>();
  private final Optional<NormBall> sphere;
  private final Optional<CellKnowledge> above;

  /**
   * For a box; around the first input, it may also be cut with a ball.
   *
   * @param above what is known of a box around it
   */
  CellKnowledge(Optional<NormBall> sphere, Optional<CellKnowledge> above) {
    this.sphere = sphere;
    this.above = above;
  }

  /** The range of a value met with what is known of it on the box around. */
  IntegerRange met(Value value) {
    IntegerRange own = range(value);
    return above.map(box -> box.tightened.get(value)).map(own::met).orElse(own);
  }

  /** Keeps a range for this box and the boxes in it. */
  IntegerRange tighten(Value value, IntegerRange range) {
    tightened.put(value, range);
    return put(value, range);
  }

  /** This knowledge as that of a box around others: ranges of values that were made tighter. */
  public CellKnowledge forParts() {
    CellKnowledge kept = new CellKnowledge(sphere, Optional.empty());
    kept.tightened.putAll(tightened);
    return kept;
  }

  /**
   * This knowledge on the part of the box where arguments of functions lie on some sides of zero.
   *
   * @param choices in which every function comes once at most for each of its elements
   */
  public CellKnowledge with(List<HingeChoice> choices, ExactRounding rounding) {
    CellKnowledge part = new CellKnowledge(sphere, above);
    part.ranges.putAll(ranges);
    part.lines.putAll(lines);
    part.shifts.putAll(shifts);
    Map<Node, List<HingeChoice>> all =
        choices.stream().collect(Collectors.groupingBy(HingeChoice::at));
    all.forEach(
        (node, own) -> {
          IntegerRange x = range(node.in().get(0));
          lines(node).ifPresent(l -> part.lines.put(node, l.with(node, own, x, rounding)));
          part.sides.put(node, own.stream().filter(c -> c.weight().sign() != 0).toList());
        });
    return part;
  }

  /** What is known of the sides that a function's arguments lie on. */
  List<HingeChoice> sides(Node node) {
    return sides.getOrDefault(node, List.of());
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
