package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import java.util.List;
import java.util.Map;

/**
 * Boxes around every value of a graph, and linear bounds over them; sound for all executions in the
 * given semantics of all inputs of a domain. Used by one thread.
 */
public final class GraphBounds {
  private final BoundState relaxed;
  private final IntervalReading plain;
  private KnownRanges ranges = KnownRanges.NONE;

  private GraphBounds(BoundState relaxed, IntervalReading plain) {
    this.relaxed = relaxed;
    this.plain = plain;
  }

  /** Intervals only. */
  public static GraphBounds intervals(
      PreparedGraph forms, RoundingModel rounding, BoundDomain domain) {
    GraphBounds bounds = fresh(forms, rounding, domain);
    forms.graph().readAll(domain.boxes(), bounds.plain).forEach(bounds.relaxed::put);
    return bounds;
  }

  /** Intervals met with backward linear bounds before each step that is not affine. */
  public static GraphBounds linear(
      PreparedGraph forms, RoundingModel rounding, BoundDomain domain) {
    return linear(forms, rounding, domain, KnownRanges.NONE);
  }

  /**
   * The same for a part of another domain, of which ranges are known: only what still bends there
   * is made tighter.
   */
  public static GraphBounds linear(
      PreparedGraph forms, RoundingModel rounding, BoundDomain domain, KnownRanges above) {
    GraphBounds bounds = fresh(forms, rounding, domain);
    List<Value> inputs = forms.graph().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      bounds.relaxed.put(inputs.get(i), domain.boxes().get(i));
    }
    CrownReading reading = new CrownReading(bounds.relaxed, bounds.plain, above);
    forms.graph().readAll(domain.boxes(), reading);
    bounds.ranges = reading.ranges();
    return bounds;
  }

  private static GraphBounds fresh(
      PreparedGraph forms, RoundingModel rounding, BoundDomain domain) {
    return new GraphBounds(
        new BoundState(forms, rounding, domain), new IntervalReading(forms, rounding));
  }

  /** The box of a value. */
  public Box box(Value value) {
    return relaxed.box(value);
  }

  /** What linear bounds made tighter, which holds on every part of the domain. */
  public KnownRanges ranges() {
    return ranges;
  }

  /** Whether every element of a box has finite ends, so that none is NaN or infinite. */
  public static boolean finite(Box box) {
    return IntervalReading.finite(box);
  }

  /** One sentence for each operator without a bound. */
  public List<String> gaps() {
    return plain.gaps();
  }

  /**
   * Sound least values of up to 64 linear forms in values.
   *
   * @param forms for each value the coefficients, a column a form, the same number everywhere; they
   *     are given away
   */
  public LowerBounds lower(Map<Value, LinearPanel> forms) {
    return relaxed.lower(forms);
  }
}
