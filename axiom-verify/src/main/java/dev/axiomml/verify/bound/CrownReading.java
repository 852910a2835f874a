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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Two columns an element: its least value, and that of its negative. */
  private static final int TARGETS = LinearEngine.WIDTH / 2;

  private final BoundState relaxed;
  private final IntervalReading plain;
  private final KnownRanges above;
  private final Map<Value, Box> tightened = new HashMap<>();

  /**
   * @param above what is known of a domain around this one
   */
  CrownReading(BoundState relaxed, IntervalReading plain, KnownRanges above) {
    this.relaxed = relaxed;
    this.plain = plain;
    this.above = above;
  }

  /** What was made tighter here, for the parts of this domain. */
  KnownRanges ranges() {
    return KnownRanges.of(tightened);
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
    Box box = above.meet(value, relaxed.box(value));
    int[] targets = targets(at, box);
    long work = Math.max(1, relaxed.forms().workBefore(at));
    Box met =
        2L * targets.length > WORK / work
            ? box
            : tighter(new Box(box.lo().clone(), box.hi().clone()), value, targets);
    tightened.put(value, met);
    relaxed.put(value, met);
  }

  private Box tighter(Box met, Value value, int[] targets) {
    for (int from = 0; from < targets.length; from += TARGETS) {
      int to = Math.min(targets.length, from + TARGETS);
      meet(met, value, Arrays.copyOfRange(targets, from, to));
    }
    return met;
  }

  /** Elements for which a tighter interval could matter. */
  private int[] targets(Node at, Box box) {
    boolean function = at.op() instanceof ScalarOp;
    return IntStream.range(0, box.size())
        .filter(i -> box.lo()[i] < box.hi()[i])
        .filter(i -> !function || relaxed.forms().curve(at).bends(box.lo()[i], box.hi()[i]))
        .toArray();
  }

  private void meet(Box box, Value value, int[] targets) {
    LinearPanel rows = new LinearPanel(box.size(), 2 * targets.length);
    for (int t = 0; t < targets.length; t++) {
      rows.row(targets[t])[2 * t] = 1;
      rows.row(targets[t])[2 * t + 1] = -1;
    }
    double[] least = relaxed.lower(Map.of(value, rows)).least();
    for (int t = 0; t < targets.length; t++) {
      int i = targets[t];
      double lo = Math.max(box.lo()[i], least[2 * t]);
      double hi = Math.min(box.hi()[i], -least[2 * t + 1]);
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
      return relaxed.domain().ball().isEmpty() && at.in().stream().allMatch(this::given);
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
