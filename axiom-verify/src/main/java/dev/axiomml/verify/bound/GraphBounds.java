package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import java.util.List;
import java.util.Map;

/**
 * Boxes around every value of a graph, and linear bounds over them; sound for all executions in the
 * given semantics of all inputs of a domain. Several domains are bounded side by side, each a lane.
 * Used by one thread.
 */
public final class GraphBounds {
  /** The most domains side by side. */
  public static final int LANES = 8;

  private final BoundState relaxed;
  private final CrownReading reading;

  private GraphBounds(BoundState relaxed, List<KnownRanges> above) {
    this.relaxed = relaxed;
    this.reading = new CrownReading(relaxed, above);
  }

  /** Intervals only. */
  public static GraphBounds intervals(
      PreparedGraph forms, RoundingModel rounding, BoundDomain domain) {
    GraphBounds bounds = fresh(forms, rounding, List.of(domain), List.of(KnownRanges.NONE));
    BoundState relaxed = bounds.relaxed;
    forms.graph().readAll(domain.boxes(), relaxed.plain()).forEach(relaxed::put);
    return bounds;
  }

  /** Intervals met with backward linear bounds before each step that is not affine. */
  public static GraphBounds linear(
      PreparedGraph forms, RoundingModel rounding, BoundDomain domain) {
    return linear(forms, rounding, List.of(domain), List.of(KnownRanges.NONE));
  }

  /**
   * The same for 1 to {@link #LANES} domains of one kind, each a part of another of which ranges
   * are known: only what still bends on some of them is made tighter.
   */
  public static GraphBounds linear(
      PreparedGraph forms,
      RoundingModel rounding,
      List<BoundDomain> domains,
      List<KnownRanges> above) {
    GraphBounds bounds = fresh(forms, rounding, domains, above);
    BoundState relaxed = bounds.relaxed;
    List<Value> inputs = forms.graph().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      relaxed.put(inputs.get(i), relaxed.input(i));
    }
    forms.graph().readAll(inputs.stream().map(relaxed::box).toList(), bounds.reading);
    return bounds;
  }

  private static GraphBounds fresh(
      PreparedGraph forms,
      RoundingModel rounding,
      List<BoundDomain> domains,
      List<KnownRanges> above) {
    if (domains.isEmpty() || domains.size() > LANES) {
      throw new IllegalArgumentException("1 to " + LANES + " domains, got " + domains.size());
    }
    return new GraphBounds(new BoundState(forms, rounding, domains), above);
  }

  /** The number of domains. */
  public int lanes() {
    return relaxed.lanes();
  }

  /** The box of a value where there is one domain. */
  public Box box(Value value) {
    return relaxed.box(value);
  }

  /** What is known on one domain. */
  public LaneBounds lane(int lane) {
    return new LaneBounds(relaxed, lane);
  }

  /** What linear bounds made tighter on a domain, which holds on each part of it. */
  public KnownRanges ranges(int lane) {
    return reading.ranges(lane);
  }

  /** Whether every element of a box has finite ends, so that none is NaN or infinite. */
  public static boolean finite(Box box) {
    return IntervalReading.finite(box);
  }

  /** One sentence for each operator without a bound. */
  public List<String> gaps() {
    return relaxed.plain().gaps();
  }

  /** How many forms are bounded at once, at most. */
  public int forms() {
    return LinearEngine.WIDTH / lanes();
  }

  /**
   * Sound least values of linear forms in values.
   *
   * @param forms for each value the coefficients, the same number of columns everywhere: those of a
   *     form on a lane in column {@code form·lanes + lane}; they are given away
   */
  public LowerBounds lower(Map<Value, LinearPanel> forms) {
    return relaxed.lower(forms);
  }
}
