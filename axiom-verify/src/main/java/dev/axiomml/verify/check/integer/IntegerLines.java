package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For each element of a function of one number a line below and a line above every execution.
 *
 * @param slopes of the lines below, then of the lines above
 * @param exponent of slopes
 * @param offsets where the lines cross zero input: below from, above to
 * @param out the interval of each element
 */
public record IntegerLines(long[][] slopes, int exponent, IntegerRange offsets, IntegerRange out) {
  /** Steeper lines become flat. */
  private static final double STEEPEST = 0x1p60;

  /** Functions that an execution cannot push out of a range, however it rounds. */
  private static final Map<Class<? extends Op>, double[]> RANGES =
      Map.of(
          HardSigmoid.class, new double[] {0, 1},
          Sigmoid.class, new double[] {0, 1},
          Tanh.class, new double[] {-1, 1});

  static IntegerLines of(ScalarOp op, IntegerRange x, ExactRounding rounding, WorkMeter meter) {
    meter.spend(2L * x.size() * WorkMeter.ELEMENT);
    Optional<StraightPieces> straight = StraightPieces.of(op);
    return straight.isPresent()
        ? straight(straight.get(), new Drawing(op, rounding, straight.get().steepest(), x))
        : bent(op, x, rounding);
  }

  private static IntegerLines straight(StraightPieces pieces, Drawing drawing) {
    for (int i = 0; i < drawing.x.size(); i++) {
      double[] ends = drawing.x.ends(i);
      if (pieces.tells(ends[0], ends[1])) {
        drawing.straight(i, pieces.corners(ends[0], ends[1]));
      } else {
        drawing.draw(i, IntegerCurve.points(drawing.op, drawing.op.profile(), ends[0], ends[1]));
      }
    }
    return drawing.done();
  }

  private static IntegerLines bent(ScalarOp op, IntegerRange x, ExactRounding rounding) {
    Profile profile = op.profile();
    List<Optional<CurvePoints>> points = new ArrayList<>();
    double steepest = 0;
    for (int i = 0; i < x.size(); i++) {
      double[] ends = x.ends(i);
      Optional<CurvePoints> own =
          IntegerCurve.keeps(op, profile, ends[0], ends[1])
              ? Optional.empty()
              : Optional.of(IntegerCurve.points(op, profile, ends[0], ends[1]));
      points.add(own);
      steepest = Math.max(steepest, own.map(p -> p.steepest(STEEPEST)).orElse(1.0));
    }
    Drawing drawing = new Drawing(op, rounding, steepest, x);
    for (int i = 0; i < x.size(); i++) {
      if (points.get(i).isPresent()) {
        drawing.draw(i, points.get(i).get());
      } else {
        drawing.straight(i, new double[][] {x.ends(i), x.ends(i)});
      }
    }
    return drawing.done();
  }

  /**
   * The same with other lines for some elements, on the sides of zero that are chosen; of a
   * function that is not made of straight pieces the lines stay.
   */
  IntegerLines with(Node at, List<HingeChoice> choices, IntegerRange x, ExactRounding rounding) {
    ScalarOp op = (ScalarOp) at.op();
    Optional<StraightPieces> pieces = StraightPieces.of(op);
    if (pieces.isEmpty()) {
      return this;
    }
    Drawing drawing = new Drawing(op, rounding, pieces.get().steepest(), x);
    drawing.copy(this);
    for (HingeChoice choice : choices) {
      double[] ends = x.ends(choice.element());
      double from = choice.side() > 0 ? Math.max(0, ends[0]) : ends[0];
      double to = choice.side() < 0 ? Math.min(0, ends[1]) : ends[1];
      if (pieces.get().tells(from, to)) {
        drawing.clear(choice.element());
        double[][] corners = pieces.get().corners(from, to);
        drawing.straight(choice.element(), corners, choice.slope() / 128.0);
      }
    }
    return drawing.done();
  }

  /** Lines while they are made. */
  private static final class Drawing {
    private final ScalarOp op;
    private final ExactRounding rounding;
    private final int exponent;
    private final long[][] slopes;
    private final FloorSums[] ends = new FloorSums[4];
    private final IntegerRange x;
    private final StraightLines lines;

    Drawing(ScalarOp op, ExactRounding rounding, double steepest, IntegerRange x) {
      this.op = op;
      this.rounding = rounding;
      this.exponent = Math.max(0, Math.getExponent(steepest)) + 2 - x.bits();
      this.x = x;
      this.slopes = new long[2][x.size()];
      this.lines = new StraightLines(exponent);
      Arrays.setAll(ends, k -> new FloorSums(x.size()));
    }

    /** Begins with the lines of all elements. */
    void copy(IntegerLines all) {
      if (all.exponent != exponent) {
        throw new IllegalStateException("slopes of exponent " + all.exponent + ", not " + exponent);
      }
      slopes[0] = all.slopes[0].clone();
      slopes[1] = all.slopes[1].clone();
      ends[0] = all.offsets.lowEnds();
      ends[1] = all.offsets.negatedHighEnds();
      ends[2] = all.out.lowEnds();
      ends[3] = all.out.negatedHighEnds();
    }

    void clear(int i) {
      for (FloorSums end : ends) {
        end.clear(i);
      }
    }

    /** One or two pieces of a function that is computed exactly, but for flushing. */
    void straight(int i, double[][] corners) {
      lines.choose(corners[0], corners[1]);
      around(i, corners);
    }

    /** The same with another line below. */
    void straight(int i, double[][] corners, double share) {
      lines.choose(corners[0], corners[1]);
      lines.lean(corners[0], corners[1], share);
      around(i, corners);
    }

    private void around(int i, double[][] corners) {
      double low = corners[1][0];
      double high = low;
      for (double y : corners[1]) {
        low = Math.min(low, y);
        high = Math.max(high, y);
      }
      double reach = Math.max(-low, high);
      if (reach > Float.MAX_VALUE && rounding.overflows(Dyadic.of(reach))) {
        throw new ArithmeticException(op.title() + " may overflow");
      }
      for (int side = 0; side < 2; side++) {
        slopes[side][i] = whole(lines.slope(side == 0));
        FloorSums least = lines.least(slopes[side][i], 1 - 2 * side, corners);
        ends[side].add(i, least.mantissa(0), least.exponent(0));
        ends[side].add(i, rounding.rounds() ? -1 : 0, Float.MIN_EXPONENT);
      }
      put(2, i, low);
      put(3, i, -high);
    }

    private void put(int end, int i, double at) {
      boolean small = at > 0 && at < Float.MIN_NORMAL && rounding.rounds();
      ends[end].add(i, small ? 0 : FloorSums.whole(at), FloorSums.unit(at));
    }

    /** Lines move away by what an execution may be off; small results may be flushed to zero. */
    private void put(int i, Dyadic low, Dyadic high, Dyadic doubt) {
      ends[0].add(i, doubt.negate());
      ends[1].add(i, doubt.negate());
      ends[2].add(i, flushed(low));
      ends[3].add(i, flushed(high.negate()));
    }

    void draw(int i, CurvePoints points) {
      IntegerCurve curve = new IntegerCurve(points);
      Dyadic low = curve.least(Dyadic.ZERO);
      Dyadic high = curve.most(Dyadic.ZERO);
      Dyadic magnitude = low.abs().max(high.abs());
      Dyadic margin = rounding.ofValue(magnitude, op.accuracy().ulps());
      if (rounding.overflows(magnitude.plus(margin))) {
        throw new ArithmeticException(op.title() + " may overflow");
      }
      slopes[0][i] = whole(points.slope(true));
      slopes[1][i] = whole(points.slope(false));
      Dyadic doubt = rounding.rounds() ? margin.plus(ExactRounding.TINY) : margin;
      ends[0].add(i, curve.least(Dyadic.of(slopes[0][i], exponent)));
      ends[1].add(i, curve.most(Dyadic.of(slopes[1][i], exponent)).negate());
      Dyadic least = low.minus(margin);
      Dyadic most = high.plus(margin);
      put(i, least.max(range(0, least)), most.min(range(1, most)), doubt);
    }

    private long whole(double slope) {
      long units = Math.abs(slope) <= STEEPEST ? Math.round(Math.scalb(slope, -exponent)) : 0;
      return FloorSums.bits(units) <= x.bits() ? units : 0;
    }

    /** A small positive result may be flushed to zero. */
    private Dyadic flushed(Dyadic end) {
      boolean small = end.sign() > 0 && rounding.rounds() && end.below(ExactRounding.TINY);
      return small ? Dyadic.ZERO : end;
    }

    private Dyadic range(int side, Dyadic otherwise) {
      double[] range = RANGES.get(op.getClass());
      return range == null ? otherwise : Dyadic.of(range[side]);
    }

    IntegerLines done() {
      return new IntegerLines(
          slopes,
          exponent,
          IntegerRange.of(ends[0], ends[1], x.bits()),
          IntegerRange.of(ends[2], ends[3], x.bits()));
    }
  }
}
