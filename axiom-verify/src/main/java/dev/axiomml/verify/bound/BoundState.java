package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.ScalarOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The boxes of all values read so far on some domains side by side, and what they make of each
 * node. One thread.
 */
final class BoundState {
  private final PreparedGraph forms;
  private final RoundingModel rounding;
  private final StopWatch watch;
  private final List<BoundDomain> domains;
  private final double own;
  private final IntervalReading plain;
  private final Map<Value, Box> boxes = new HashMap<>();
  private final Map<Value, double[]> reaches = new HashMap<>();
  private final Map<Value, RangeRows> ranges = new HashMap<>();
  private final Map<Node, LineRows> lines = new HashMap<>();
  private final Map<Node, WindowMaxima> winners = new HashMap<>();
  private final Map<Node, LaneRows> losses = new HashMap<>();

  BoundState(PreparedGraph forms, RoundingModel rounding, List<BoundDomain> domains) {
    this.forms = forms;
    this.rounding = rounding;
    this.watch = forms.watch();
    this.domains = List.copyOf(domains);
    this.own = RoundingModel.own(forms.additions());
    this.plain = new IntervalReading(forms, rounding, domains.size());
  }

  PreparedGraph forms() {
    return forms;
  }

  /** The reading that the boxes come from. */
  IntervalReading plain() {
    return plain;
  }

  int lanes() {
    return domains.size();
  }

  boolean isBall() {
    return domains.get(0).ball().isPresent();
  }

  /** The boxes of an input. */
  Box input(int at) {
    return LaneBoxes.of(domains.stream().map(domain -> domain.boxes().get(at)).toList());
  }

  StopWatch watch() {
    return watch;
  }

  /** What one of our own sums along a walk may lose, relative to the magnitude of what it adds. */
  double own() {
    return own;
  }

  /** Boxes of a value side by side. */
  Box box(Value value) {
    return Objects.requireNonNull(boxes.get(value), value.name());
  }

  /** The box of a value on one domain. */
  Box box(Value value, int lane) {
    return LaneBoxes.lane(box(value), lane, lanes());
  }

  void put(Value value, Box box) {
    boxes.put(value, box);
    reaches.remove(value);
    ranges.remove(value);
  }

  /** The number of a value's elements. */
  int size(Value value) {
    return box(value).size() / lanes();
  }

  /** The largest magnitude of every element. */
  double[] reach(Value value) {
    return reaches.computeIfAbsent(value, v -> reach(box(v)));
  }

  private static double[] reach(Box box) {
    double[] reach = new double[box.size()];
    for (int i = 0; i < reach.length; i++) {
      reach[i] = Math.max(Math.abs(box.lo()[i]), Math.abs(box.hi()[i]));
    }
    return reach;
  }

  /** The ends of a value's boxes over the columns of a panel. */
  RangeRows range(Value value) {
    return ranges.computeIfAbsent(value, v -> RangeRows.of(box(v), own, lanes()));
  }

  LineRows lines(Node at) {
    return lines.computeIfAbsent(at, this::freshLines);
  }

  private LineRows freshLines(Node at) {
    Value x = at.in().get(0);
    BoundingLines drawn = BoundingLines.of(forms.curve(at), box(x), rounding);
    return LineRows.of(drawn.apart(own, reach(x)), lanes());
  }

  WindowMaxima winners(Node at) {
    return winners.computeIfAbsent(at, n -> WindowMaxima.of(n, box(n.in().get(0)), lanes()));
  }

  /** Elements of a value that are the same whatever it is made of. */
  boolean[] closed(Value value) {
    Optional<Node> maker = forms.graph().producer(value);
    boolean known = maker.isPresent() && maker.get().op() instanceof ScalarOp;
    return known ? lines(maker.get()).zeros() : new boolean[0];
  }

  /** For each output of a sum, what executions and one backward step of ours may lose. */
  LaneRows loss(Node at) {
    return losses.computeIfAbsent(at, this::freshLoss);
  }

  private LaneRows freshLoss(Node at) {
    SumForm form = forms.sum(at);
    SumForm.Image image = plain.image(at);
    double[] loss = form.margin(image, rounding);
    double sums = RoundingModel.own((double) form.additions()) * 4 + own;
    for (int o = 0; o < loss.length; o++) {
      boolean bounded = loss[o] < Double.POSITIVE_INFINITY;
      loss[o] = bounded ? loss[o] * (1 + own) + sums * image.magnitude()[o] : loss[o];
    }
    return new LaneRows(loss, lanes());
  }

  /**
   * Sound least values of linear forms in values: the column of a form and a lane is {@code
   * form·lanes + lane}, at most 64 in all; the coefficients are given away.
   */
  LowerBounds lower(Map<Value, LinearPanel> coefficients) {
    int columns = coefficients.values().iterator().next().width();
    LinearBoundReading walk = new LinearBoundReading(this, columns);
    Map<Value, LinearForms> seeds = new HashMap<>();
    coefficients.forEach((value, a) -> seeds.put(value, new LinearForms(a, value)));
    Map<Value, LinearForms> arrived = forms.graph().reverse(seeds, walk);
    List<LinearPanel> inputs = new ArrayList<>();
    List<Value> in = forms.graph().inputs();
    for (int i = 0; i < in.size(); i++) {
      LinearForms none =
          new LinearForms(new LinearPanel(PreparedGraph.size(in.get(i)), columns), in.get(i));
      LinearForms own = arrived.getOrDefault(in.get(i), none);
      inputs.add(own.a());
      if (i == 0 && isBall()) {
        walk.overBalls(own.a(), domains);
      } else {
        walk.overBox(own);
      }
    }
    return new LowerBounds(walk.least(), inputs, lanes());
  }
}
