package dev.axiomml.verify.fuzz;

import dev.axiomml.backend.jni.NativeBackend;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.KnownRanges;
import dev.axiomml.verify.bound.PreparedGraph;
import dev.axiomml.verify.bound.RoundingModel;
import dev.axiomml.verify.check.integer.CheckedRanges;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Bounds of random operators on random boxes against executions of them: the reference and native
 * plans, at corners and between. What a bound holds for finite must be finite and inside.
 */
public final class BoundsFuzz {
  private static final int POINTS = 6;

  /** Sums of a single element of the output, in which no other hides what is lost. */
  private static final int SINGLE = 6;

  private static final boolean HAS_KERNELS = new NativeBackend().unavailable().isEmpty();

  private final At at;
  private final BoundsCase made;
  private final Value output;
  private final Random random;
  private final Map<String, Box> boxes = new HashMap<>();
  private final double[][] weights;
  private final double[][] slopes;
  private final Map<String, double[]> least = new HashMap<>();

  private BoundsFuzz(At at, Random random) {
    this.at = at;
    this.random = random;
    this.made = BoundsCase.of(random);
    this.output = made.graph().outputs().get(0);
    int size = output.type().shape().count();
    this.weights = new double[1 + Math.min(SINGLE, size)][size];
    this.slopes = new double[weights.length][made.boxes().get(0).size()];
    double[] slope = made.slopes(random);
    slopes[0] = slope;
    for (int i = 0; i < size; i++) {
      weights[0][i] = random.nextInt(9) - 4;
    }
    for (int row = 1; row < weights.length; row++) {
      int element = random.nextInt(size);
      weights[row][element] = random.nextBoolean() ? 1 : -1;
      int beside = slope.length == size ? element : random.nextInt(slope.length);
      slopes[row][beside] = slope[beside];
    }
  }

  /**
   * Tries random cases one after another.
   *
   * @return how many cases
   * @throws AssertionError at the end, when a bound was false
   */
  static int run(long seed, RunLength length) {
    return Cases.run(new FalseAnswers("Bounds", seed), length, BoundsFuzz::operator);
  }

  private static void operator(At at, Random random) {
    at.tally().asked();
    try {
      new BoundsFuzz(at, random).bounded();
    } catch (RuntimeException e) {
      at.thrown("a case of bounds", e);
    }
  }

  private void bounded() {
    try {
      derive();
    } catch (ArithmeticException tooLarge) { // the checker says so of weights that it cannot hold
      at.tally().word("too large");
      return;
    } catch (RuntimeException e) {
      at.thrown(made.toString(), e);
      return;
    }
    execute();
  }

  private void derive() {
    Graph graph = made.graph();
    PreparedGraph forms = PreparedGraph.of(graph);
    BoundDomain domain = BoundDomain.of(made.boxes());
    bounds("intervals", GraphBounds.intervals(forms, RoundingModel.FLOAT32, domain));
    GraphBounds whole = GraphBounds.linear(forms, RoundingModel.FLOAT32, domain);
    bounds("linear", whole);
    sideBySide(forms, domain, whole.ranges(0));
    checked("checked intervals", new CheckedRanges(graph, made.boxes(), false));
    checked("checked linear", new CheckedRanges(graph, made.boxes(), true));
  }

  private void bounds(String name, GraphBounds bounds) {
    boxes.put(name, bounds.box(output));
    least.put(name, bounds.lower(rows(1)).all());
  }

  private Map<Value, LinearPanel> rows(int lanes) {
    Value input = made.graph().inputs().get(0);
    return Map.of(output, panel(weights, lanes), input, panel(slopes, lanes));
  }

  private static LinearPanel panel(double[][] rows, int lanes) {
    LinearPanel panel = new LinearPanel(rows[0].length, rows.length * lanes);
    for (int column = 0; column < panel.width(); column++) {
      panel.add(column, rows[column / lanes]);
    }
    return panel;
  }

  /** Three parts that cover the domain, each of which knows what holds on the whole. */
  private void sideBySide(PreparedGraph forms, BoundDomain domain, KnownRanges known) {
    Box box = domain.boxes().get(0);
    int element = box.size() / 2;
    double cut = box.lo()[element] + (box.hi()[element] - box.lo()[element]) / 4;
    double next = box.lo()[element] + (box.hi()[element] - box.lo()[element]) / 2;
    List<BoundDomain> parts =
        List.of(
            domain.with(0, element, box.lo()[element], cut),
            domain.with(0, element, cut, next),
            domain.with(0, element, next, box.hi()[element]));
    GraphBounds bounds =
        GraphBounds.linear(
            forms, RoundingModel.FLOAT32, parts, Collections.nCopies(parts.size(), known));
    double[] found = bounds.lower(rows(parts.size())).all();
    double[] all = new double[found.length / parts.size()];
    Arrays.fill(all, Double.POSITIVE_INFINITY);
    for (int i = 0; i < found.length; i++) {
      all[i / parts.size()] = Math.min(all[i / parts.size()], found[i]);
    }
    least.put("side by side", all);
    boxes.put("side by side", around(bounds, parts.size()));
  }

  private Box around(GraphBounds bounds, int lanes) {
    Box first = bounds.lane(0).box(output);
    Box all = new Box(first.lo().clone(), first.hi().clone());
    for (int lane = 1; lane < lanes; lane++) {
      Box part = bounds.lane(lane).box(output);
      for (int i = 0; i < all.size(); i++) {
        all.lo()[i] = Math.min(all.lo()[i], part.lo()[i]);
        all.hi()[i] = Math.max(all.hi()[i], part.hi()[i]);
      }
    }
    return all;
  }

  private void checked(String name, CheckedRanges ranges) {
    ranges.box().ifPresent(box -> boxes.put(name, box));
    least.put(name, ranges.least(weights, slopes));
  }

  private void execute() {
    Optional<Plan> plan = HAS_KERNELS ? Optional.of(compiled()) : Optional.empty();
    try {
      for (int i = 0; i < POINTS; i++) {
        List<RuntimeValue> in = made.point(random);
        Tensor reference = made.graph().read(in, new Interpreter()).get(0).tensor();
        inside("reference", in, reference);
        inside("flushed reference", in, made.isArithmetic() ? flushed(reference) : reference);
        plan.map(p -> p.run(new ArrayList<>(in)).get(0).tensor())
            .ifPresent(y -> compared(in, reference, y));
      }
    } finally {
      plan.ifPresent(Plan::close);
    }
  }

  /** What an execution answers that keeps no number below the normal ones. */
  private static Tensor flushed(Tensor y) {
    float[] numbers = y.toFloats();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.abs(numbers[i]) < Float.MIN_NORMAL ? 0 : numbers[i];
    }
    return Tensor.of(y.shape(), numbers);
  }

  private void compared(List<RuntimeValue> in, Tensor reference, Tensor kernel) {
    inside("native", in, kernel);
    boolean function =
        made.graph().nodes().size() == 1 && made.graph().nodes().get(0).op() instanceof ScalarOp;
    for (int i = 0; function && i < weights[0].length; i++) {
      if (Double.isNaN(reference.doubleAt(i)) != Double.isNaN(kernel.doubleAt(i))) {
        String numbers = "[" + i + "] = " + reference.doubleAt(i) + " and " + kernel.doubleAt(i);
        found("reference against native", numbers, in);
      }
    }
  }

  private Plan compiled() {
    Optimize level = random.nextBoolean() ? Optimize.STRICT : Optimize.STANDARD;
    return new NativeBackend()
        .compile(made.graph(), Compilation.DEFAULT.at(level).withJavaForTheRest());
  }

  private void inside(String run, List<RuntimeValue> in, Tensor y) {
    boxes.forEach((bound, box) -> inside(bound + " against " + run, box, in, y));
    for (Map.Entry<String, double[]> lows : least.entrySet()) {
      for (int row = 0; row < weights.length; row++) {
        Sum sum = new Sum(weights[row], slopes[row], lows.getValue()[row]);
        above(lows.getKey() + " sum against " + run, sum, in, y);
      }
    }
  }

  private void inside(String what, Box box, List<RuntimeValue> in, Tensor y) {
    for (int i = 0; i < box.size(); i++) {
      double lo = box.lo()[i];
      double hi = box.hi()[i];
      double v = y.doubleAt(i);
      boolean known = lo > Double.NEGATIVE_INFINITY && hi < Double.POSITIVE_INFINITY;
      if (known && !(lo <= v && v <= hi)) {
        found(what, "[" + i + "] = " + v + " in [" + lo + ", " + hi + "]", in);
      }
    }
  }

  /** Weights of the output and of the first input, and what their sum is said to be at least. */
  private record Sum(double[] weights, double[] slopes, double low) {}

  private void above(String what, Sum bound, List<RuntimeValue> in, Tensor y) {
    double low = bound.low();
    if (low == Double.NEGATIVE_INFINITY) {
      return;
    }
    double[] weights = bound.weights();
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0 && !Double.isFinite(y.doubleAt(i))) {
        found(what, "[" + i + "] = " + y.doubleAt(i) + " in a sum from " + low, in);
        return;
      }
      BigDecimal term = new BigDecimal(weights[i] == 0 ? 0 : y.doubleAt(i));
      sum = sum.add(term.multiply(new BigDecimal(weights[i])));
    }
    for (int i = 0; i < bound.slopes().length; i++) {
      BigDecimal x = new BigDecimal(in.get(0).tensor().doubleAt(i));
      sum = sum.add(x.multiply(new BigDecimal(bound.slopes()[i])));
    }
    if (sum.compareTo(new BigDecimal(low)) < 0) {
      found(what, sum.doubleValue() + " from " + low, in);
    }
  }

  private void found(String what, String numbers, List<RuntimeValue> in) {
    String[] sides = what.split(" against ", 2);
    StringBuilder text = new StringBuilder(made + "\nagainst " + sides[1] + ": " + numbers);
    for (RuntimeValue datum : in) {
      text.append("\n at ").append(Arrays.toString(datum.tensor().toFloats()));
    }
    at.found(sides[0], text.toString());
  }
}
