package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The boxes of all values read so far, and what they make of each node. One thread. */
final class BoundState {
  private final PreparedGraph forms;
  private final RoundingModel rounding;
  private final StopWatch watch;
  private final BoundDomain domain;
  private final Map<Value, Box> boxes = new HashMap<>();
  private final Map<Value, double[]> reaches = new HashMap<>();
  private final Map<Node, BoundingLines> lines = new HashMap<>();
  private final Map<Node, WindowMaxima> winners = new HashMap<>();
  private final Map<Node, double[]> losses = new HashMap<>();

  BoundState(PreparedGraph forms, RoundingModel rounding, BoundDomain domain) {
    this.forms = forms;
    this.rounding = rounding;
    this.watch = forms.watch();
    this.domain = domain;
  }

  PreparedGraph forms() {
    return forms;
  }

  BoundDomain domain() {
    return domain;
  }

  StopWatch watch() {
    return watch;
  }

  Box box(Value value) {
    return Objects.requireNonNull(boxes.get(value), value.name());
  }

  int size(Value value) {
    return value.type().isTensor() ? value.type().shape().count() : 0;
  }

  void put(Value value, Box box) {
    boxes.put(value, box);
    reaches.remove(value);
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

  BoundingLines lines(Node at) {
    return lines.computeIfAbsent(
        at, n -> BoundingLines.of(forms.curve(n), box(n.in().get(0)), rounding));
  }

  WindowMaxima winners(Node at) {
    return winners.computeIfAbsent(at, n -> WindowMaxima.of(n, box(n.in().get(0))));
  }

  /** For each output of a sum, what executions and one backward step of ours may lose. */
  double[] loss(Node at) {
    return losses.computeIfAbsent(at, this::freshLoss);
  }

  private double[] freshLoss(Node at) {
    SumForm form = forms.sum(at);
    SumForm.Image image = form.image(at.in().stream().map(this::box).toList(), watch);
    double[] loss = form.margin(image, rounding);
    double own = RoundingModel.own((double) form.additions()) * 4;
    for (int o = 0; o < loss.length; o++) {
      loss[o] = loss[o] < Double.POSITIVE_INFINITY ? loss[o] + own * image.magnitude()[o] : loss[o];
    }
    return loss;
  }

  /** Sound least values of up to 64 linear forms in values; the coefficients are given away. */
  LowerBounds lower(Map<Value, LinearPanel> forms) {
    int count = forms.values().iterator().next().width();
    LinearBoundReading walk = new LinearBoundReading(this, count);
    Map<Value, LinearForms> seeds = new HashMap<>();
    forms.forEach((value, a) -> seeds.put(value, new LinearForms(a, reach(value))));
    Map<Value, LinearForms> arrived = this.forms.graph().reverse(seeds, walk);
    List<LinearPanel> inputs = new ArrayList<>();
    List<Value> in = this.forms.graph().inputs();
    for (int i = 0; i < in.size(); i++) {
      LinearForms none = LinearForms.zeros(count, new double[box(in.get(i)).size()]);
      inputs.add(arrived.getOrDefault(in.get(i), none).a());
    }
    double[] least = new double[count];
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < in.size(); i++) {
        walk.add(k, domain.least(i, inputs.get(i).column(k)), 0);
      }
      least[k] = walk.collected(k);
    }
    return new LowerBounds(least, inputs);
  }
}
