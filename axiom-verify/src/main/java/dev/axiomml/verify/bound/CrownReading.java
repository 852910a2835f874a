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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
    int[] targets = targets(at, met);
    long work = Math.max(1, relaxed.forms().workBefore(at));
    if (FORMS * (long) targets.length <= WORK / work) {
      tighten(met, value, targets);
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

  private void tighten(Box met, Value value, int[] targets) {
    int most = Math.max(1, LinearEngine.WIDTH / (FORMS * lanes));
    for (int from = 0; from < targets.length; from += most) {
      int to = Math.min(targets.length, from + most);
      meet(met, value, Arrays.copyOfRange(targets, from, to));
    }
  }

  /** Elements for which a tighter interval could matter on some domain. */
  private int[] targets(Node at, Box box) {
    Predicate<Integer> matters = i -> box.lo()[i] < box.hi()[i];
    if (at.op() instanceof ScalarOp) {
      ProfileCurve curve = relaxed.forms().curve(at);
      matters = i -> box.lo()[i] < box.hi()[i] && curve.bends(box.lo()[i], box.hi()[i]);
    }
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < box.size() / lanes; i++) {
      boolean any = false;
      for (int l = 0; l < lanes; l++) {
        any |= matters.test(i * lanes + l);
      }
      if (any) {
        targets.add(i);
      }
    }
    return targets.stream().mapToInt(i -> i).toArray();
  }

  private void meet(Box box, Value value, int[] targets) {
    LinearPanel rows = new LinearPanel(box.size() / lanes, FORMS * targets.length * lanes);
    for (int t = 0; t < targets.length; t++) {
      double[] row = rows.row(targets[t]);
      Arrays.fill(row, FORMS * t * lanes, (FORMS * t + 1) * lanes, 1);
      Arrays.fill(row, (FORMS * t + 1) * lanes, FORMS * (t + 1) * lanes, -1);
    }
    LowerBounds least = relaxed.lower(Map.of(value, rows));
    for (int k = 0; k < targets.length * lanes; k++) {
      int t = k / lanes;
      int i = targets[t] * lanes + k % lanes;
      double lo = Math.max(box.lo()[i], least.least(FORMS * t, k % lanes));
      double hi = Math.min(box.hi()[i], -least.least(FORMS * t + 1, k % lanes));
      if (lo <= hi) {
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
