package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.ByFamily;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The interval reading: for every value a box that no execution leaves.
 *
 * <p>Sound for every float32 execution (or for real arithmetic, see {@link RoundingModel}); exact
 * up to rounding for one operator, wide for many. An element whose box is not finite may be
 * anything, NaN too, and so may whatever is computed from it: finite boxes show that there is no
 * NaN and no infinity.
 */
public final class IntervalReading implements ByFamily<Box> {
  private final PreparedGraph forms;
  private final RoundingModel rounding;
  private final StopWatch watch;
  private final List<String> gaps = new ArrayList<>();
  private final Map<Value, Box> mixed = new HashMap<>();

  /** For one reading of a graph whose forms these are. */
  public IntervalReading(PreparedGraph forms, RoundingModel rounding) {
    this.forms = forms;
    this.rounding = rounding;
    this.watch = forms.watch();
  }

  /** One sentence for each operator that has no bound. */
  public List<String> gaps() {
    return List.copyOf(gaps);
  }

  /** Nothing known. */
  static Box unknown(int size) {
    double[] lo = new double[size];
    double[] hi = new double[size];
    java.util.Arrays.fill(lo, Double.NEGATIVE_INFINITY);
    java.util.Arrays.fill(hi, Double.POSITIVE_INFINITY);
    return new Box(lo, hi);
  }

  /** Whether every element has finite ends. */
  public static boolean finite(Box box) {
    for (int i = 0; i < box.size(); i++) {
      if (!finite(box, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an element has finite ends. */
  public static boolean finite(Box box, int i) {
    return box.lo()[i] >= -Double.MAX_VALUE && box.hi()[i] <= Double.MAX_VALUE;
  }

  @Override
  public List<Box> node(Node at, List<Box> in) {
    watch.ask();
    for (int k = 0; k < in.size(); k++) {
      if (forms.isMixed(at.in().get(k))) {
        mixed.put(at.in().get(k), in.get(k));
      }
    }
    return ByFamily.super.node(at, in);
  }

  @Override
  public Box constant(Value at, Tensor tensor) {
    if (!forms.isRead(at)) {
      return unknown(0);
    }
    return new Box(tensor.toDoubles(), tensor.toDoubles()).sane();
  }

  @Override
  public Box sum(Node at, SumOp op, List<Box> x) {
    SumForm form = forms.sum(at);
    SumForm.Image image = form.image(x, watch);
    double[] margin = form.margin(image, rounding);
    Box y = widened(image, margin);
    return forms.mixture(at).map(mixture -> mixture.meet(y, mixed::get, rounding)).orElse(y);
  }

  /** Executions of a sum: its real interval and its margin. */
  private static Box widened(SumForm.Image image, double[] margin) {
    Box y = new Box(image.lo(), image.hi());
    for (int o = 0; o < margin.length; o++) {
      y.lo()[o] -= margin[o];
      y.hi()[o] += margin[o];
    }
    return y.sane();
  }

  @Override
  public Box scalar(Node at, ScalarOp op, Box x) {
    ProfileCurve curve = forms.curve(at);
    Box y = unknown(x.size());
    for (int i = 0; i < x.size(); i++) {
      int element = i;
      curve.on(x.lo()[i], x.hi()[i]).ifPresent(span -> put(y, element, span, op));
    }
    return NaturalRanges.cut(op, y.sane());
  }

  private void put(Box y, int i, CurveInterval span, ScalarOp f) {
    double low = span.least(1, 0);
    double high = -span.least(-1, 0);
    low -= rounding.ofValue(Math.abs(low), f);
    high += rounding.ofValue(Math.abs(high), f);
    if (!rounding.overflows(Math.max(Math.abs(low), Math.abs(high)))) {
      y.lo()[i] = rounding.flushed(low);
      y.hi()[i] = -rounding.flushed(-high);
    }
  }

  @Override
  public Box window(Node at, WindowOp op, Box x) {
    Box y = unknown(at.out().get(0).type().shape().count());
    op.windows(
        at.in().get(0).type().shape(),
        (out, members, count) -> {
          watch.spend(count);
          largest(x, y, out, Arrays.copyOf(members, count));
        });
    return y.sane();
  }

  private static void largest(Box x, Box y, int out, int[] members) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean known = members.length > 0;
    for (int member : members) {
      low = Math.max(low, x.lo()[member]);
      high = Math.max(high, x.hi()[member]);
      known &= finite(x, member);
    }
    y.lo()[out] = known ? low : Double.NEGATIVE_INFINITY;
    y.hi()[out] = known ? high : Double.POSITIVE_INFINITY;
  }

  /** An operand that may be NaN makes everything unknown, whatever the operator's own rule says. */
  @Override
  public List<Box> row(Node at, RowOp op, List<Box> x) {
    List<Type> in = at.inTypes();
    boolean known = x.stream().allMatch(IntervalReading::finite);
    Optional<List<Box>> y = known ? op.bound(in, x) : Optional.empty();
    if (known && y.isEmpty()) {
      gaps.add(at.name() + " (" + op.title() + ") has no bound rule");
    }
    return y.map(boxes -> boxes.stream().map(this::held).toList()).orElseGet(() -> nothing(at));
  }

  /**
   * An element that may lie beyond the largest number may be an infinity, and anything after it.
   */
  private Box held(Box y) {
    for (int i = 0; i < y.size(); i++) {
      if (rounding.overflows(Math.max(Math.abs(y.lo()[i]), Math.abs(y.hi()[i])))) {
        y.lo()[i] = Double.NEGATIVE_INFINITY;
        y.hi()[i] = Double.POSITIVE_INFINITY;
      }
    }
    return y;
  }

  @Override
  public List<Box> run(Node at, RunOp op, List<Box> x) {
    gaps.add(at.name() + " (" + op.title() + "): " + op.whyNoBound());
    return nothing(at);
  }

  private static List<Box> nothing(Node at) {
    return at.out().stream()
        .map(
            v ->
                unknown(
                    v.type().isTensor() && v.type().shape().isFixed()
                        ? v.type().shape().count()
                        : 0))
        .toList();
  }
}
