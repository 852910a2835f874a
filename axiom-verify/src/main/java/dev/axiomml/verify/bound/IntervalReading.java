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
import dev.axiomml.verify.bound.curve.CurveSpan;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The interval reading: for every value a box that no execution leaves.
 *
 * <p>Sound for every float32 execution (or for real arithmetic, see {@link RoundingModel}); exact
 * up to rounding for one operator, wide for many. An element whose box is not finite may be
 * anything, NaN too, and so may whatever is computed from it: finite boxes show that there is no
 * NaN and no infinity.
 *
 * <p>Boxes of several domains may be read side by side, each as {@link LaneBoxes} lays them.
 */
public final class IntervalReading implements ByFamily<Box> {
  private final PreparedGraph forms;
  private final RoundingModel rounding;
  private final StopWatch watch;
  private final int lanes;
  private final Map<Node, SumForm.Image> images = new HashMap<>();
  private final List<String> gaps = new ArrayList<>();
  private final Map<Value, Box> mixed = new HashMap<>();

  /** For one reading of a graph whose forms these are. */
  public IntervalReading(PreparedGraph forms, RoundingModel rounding) {
    this(forms, rounding, 1);
  }

  IntervalReading(PreparedGraph forms, RoundingModel rounding, int lanes) {
    this.forms = forms;
    this.rounding = rounding;
    this.watch = forms.watch();
    this.lanes = lanes;
  }

  /** What the operands of a sum became when it was read. */
  SumForm.Image image(Node sum) {
    return Objects.requireNonNull(images.get(sum), sum.name());
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
    Box box = new Box(tensor.toDoubles(), tensor.toDoubles()).sane();
    return LaneBoxes.of(Collections.nCopies(lanes, box));
  }

  @Override
  public Box sum(Node at, SumOp op, List<Box> x) {
    SumForm form = forms.sum(at);
    SumForm.Image image = form.image(x, lanes, watch);
    images.put(at, image);
    double[] margin = form.margin(image, rounding);
    Box y = widened(image, margin);
    for (int lane = 0; !rounding.rounds() && lane < lanes; lane++) {
      if (form.isPositive(x, lane, lanes)) {
        positive(y, lane);
      }
    }
    return forms.mixture(at).map(mixture -> mixture.meet(y, mixed::get, rounding)).orElse(y);
  }

  private void positive(Box y, int lane) {
    for (int at = lane; at < y.size(); at += lanes) {
      y.lo()[at] = Math.max(y.lo()[at], 0);
    }
  }

  /** Executions of a sum: its real interval and its margin. */
  private static Box widened(SumForm.Image image, double[] margin) {
    Box y = new Box(image.lo().clone(), image.hi().clone());
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

  private void put(Box y, int i, CurveSpan span, ScalarOp f) {
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
    Box y = unknown(at.out().get(0).type().shape().count() * lanes);
    op.windows(
        at.in().get(0).type().shape(),
        (out, members, count) -> {
          watch.spend((long) count * lanes);
          for (int l = 0; l < lanes; l++) {
            largest(x, y, out * lanes + l, LaneBoxes.elements(members, count, l, lanes));
          }
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
    List<List<Box>> all = new ArrayList<>();
    for (int l = 0; l < lanes; l++) {
      int lane = l;
      all.add(lane(at, op, x.stream().map(box -> LaneBoxes.lane(box, lane, lanes)).toList()));
    }
    return IntStream.range(0, at.out().size())
        .mapToObj(k -> LaneBoxes.of(all.stream().map(boxes -> boxes.get(k)).toList()))
        .toList();
  }

  private List<Box> lane(Node at, RowOp op, List<Box> x) {
    List<Type> in = at.inTypes();
    boolean known = x.stream().allMatch(IntervalReading::finite);
    Optional<List<Box>> y = known ? op.bound(in, x) : Optional.empty();
    if (known && y.isEmpty()) {
      gap(at.name() + " (" + op.title() + ") has no bound rule");
    }
    return y.map(boxes -> boxes.stream().map(this::held).toList()).orElseGet(() -> nothing(at, 1));
  }

  private void gap(String text) {
    if (!gaps.contains(text)) {
      gaps.add(text);
    }
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
    gap(at.name() + " (" + op.title() + "): " + op.whyNoBound());
    return nothing(at, lanes);
  }

  private static List<Box> nothing(Node at, int lanes) {
    return at.out().stream().map(v -> unknown(PreparedGraph.size(v) * lanes)).toList();
  }
}
