package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The interval reading with one backward linear bound before each step that is not affine.
 *
 * <p>Operands whose interval is already as good are left alone: inputs, affine images of inputs,
 * and values that are themselves made by such a step. So are operands whose rows would cost more
 * than {@link #WORK} products: their intervals stay, wider but sound.
 */
final class CrownReading implements GraphReading<Box> {
  /** The most products that the bounds before one node may cost. */
  static final long WORK = 3_000_000_000L;

  /** Two forms an element: its least value, and that of its negative. */
  private static final int FORMS = 2;

  private final BoundState relaxed;
  private final IntervalReading plain;
  private final List<KnownRanges> above;
  private final int lanes;
  private final Map<Value, Box> tightened = new HashMap<>();

  /**
   * @param above for each domain what is known of one around it
   */
  CrownReading(BoundState relaxed, List<KnownRanges> above) {
    this.relaxed = relaxed;
    this.plain = relaxed.plain();
    this.above = above;
    this.lanes = relaxed.lanes();
  }

  /** What was made tighter on a domain, for its parts. */
  KnownRanges ranges(int lane) {
    return KnownRanges.of(tightened, lane, lanes);
  }

  @Override
  public Box constant(Value at, Tensor tensor) {
    Box box = plain.constant(at, tensor);
    relaxed.put(at, box);
    return box;
  }

  @Override
  public List<Box> node(Node at, List<Box> in) {
    if (!isLinear(at) && !(at.op() instanceof RunOp)) {
      at.in().stream().filter(relaxed.forms()::isRead).forEach(value -> tighten(at, value));
    }
    List<Box> out = plain.node(at, at.in().stream().map(relaxed::box).toList());
    for (int i = 0; i < out.size(); i++) {
      relaxed.put(at.out().get(i), out.get(i));
    }
    return out;
  }

  private boolean isLinear(Node at) {
    return at.op() instanceof SumOp && relaxed.forms().sum(at).isLinear();
  }

  private void tighten(Node at, Value value) {
    if (settled(value)) {
      return;
    }
    Box met = known(value);
    IntPredicate matters = matters(at, met);
    int[] targets = targets(met, matters);
    long work = Math.max(1, relaxed.forms().workBefore(at));
    if (FORMS * (long) targets.length <= WORK / work) {
      tighten(met, value, targets, matters);
    }
    tightened.put(value, met);
    relaxed.put(value, met);
  }

  /** A value's boxes, cut to what is known of them. */
  private Box known(Value value) {
    Box box = relaxed.box(value);
    Box met = new Box(box.lo().clone(), box.hi().clone());
    for (int l = 0; l < lanes; l++) {
      above.get(l).cut(value, met, l, lanes);
    }
    return met;
  }

  private void tighten(Box met, Value value, int[] targets, IntPredicate matters) {
    int most = Math.max(1, LinearEngine.WIDTH / (FORMS * lanes));
    for (int from = 0; from < targets.length; from += most) {
      int to = Math.min(targets.length, from + most);
      meet(met, least(value, met.size() / lanes, Arrays.copyOfRange(targets, from, to)), matters);
    }
  }

  /** The places of a box where a tighter interval could matter. */
  private IntPredicate matters(Node at, Box box) {
    double[] lo = box.lo().clone();
    double[] hi = box.hi().clone();
    if (at.op() instanceof ScalarOp) {
      ProfileCurve curve = relaxed.forms().curve(at);
      return i -> lo[i] < hi[i] && curve.bends(lo[i], hi[i]);
    }
    return i -> lo[i] < hi[i];
  }

  /** The elements for which one could matter on some domain. */
  private int[] targets(Box box, IntPredicate matters) {
    return IntStream.range(0, box.size() / lanes)
        .filter(i -> IntStream.range(0, lanes).anyMatch(l -> matters.test(i * lanes + l)))
        .toArray();
  }

  /** Backward bounds of some elements of a value. */
  private record Ends(int[] targets, LowerBounds least) {}

  private Ends least(Value value, int size, int[] targets) {
    LinearPanel rows = new LinearPanel(size, FORMS * targets.length * lanes);
    for (int t = 0; t < targets.length; t++) {
      double[] row = rows.row(targets[t]);
      Arrays.fill(row, FORMS * t * lanes, (FORMS * t + 1) * lanes, 1);
      Arrays.fill(row, (FORMS * t + 1) * lanes, FORMS * (t + 1) * lanes, -1);
    }
    return new Ends(targets, relaxed.lower(Map.of(value, rows)));
  }

  /** Elsewhere a box stays as it is, so that a domain's bounds do not depend on those beside it. */
  private void meet(Box box, Ends ends, IntPredicate matters) {
    for (int k = 0; k < ends.targets.length * lanes; k++) {
      int t = k / lanes;
      int i = ends.targets[t] * lanes + k % lanes;
      double lo = Math.max(box.lo()[i], ends.least.least(FORMS * t, k % lanes));
      double hi = Math.min(box.hi()[i], -ends.least.least(FORMS * t + 1, k % lanes));
      if (lo <= hi && matters.test(i)) {
        box.lo()[i] = lo;
        box.hi()[i] = hi;
      }
    }
  }

  /** Whether a backward bound cannot improve on the interval. */
  private boolean settled(Value value) {
    Optional<Node> maker = relaxed.forms().graph().producer(value);
    if (maker.isEmpty()) {
      return true;
    }
    Node at = maker.get();
    if (at.op() instanceof MoveOp && at.in().size() == 1) {
      return settled(at.in().get(0));
    }
    if (isLinear(at)) {
      return !relaxed.isBall() && at.in().stream().allMatch(this::given);
    }
    return at.op() instanceof ScalarOp
        || at.op() instanceof WindowOp
        || at.op() instanceof RowOp
        || at.op() instanceof RunOp;
  }

  /** Whether a value is an input or a constant, perhaps moved. */
  private boolean given(Value value) {
    Optional<Node> maker = relaxed.forms().graph().producer(value);
    return maker.isEmpty()
        || (maker.get().op() instanceof MoveOp && maker.get().in().stream().allMatch(this::given));
  }
}
