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
    Profile profile = op.profile();
    List<Optional<CurvePoints>> points = new ArrayList<>();
    double steepest = 0;
    for (int i = 0; i < x.size(); i++) {
      meter.spend(WorkMeter.ELEMENT);
      boolean kept = IntegerCurve.keeps(op, profile, x.lo(i), x.hi(i));
      points.add(
          kept
              ? Optional.empty()
              : Optional.of(IntegerCurve.points(op, profile, x.lo(i), x.hi(i))));
      steepest = Math.max(steepest, points.get(i).map(p -> p.steepest(STEEPEST)).orElse(1.0));
    }
    int exponent = Math.max(0, Math.getExponent(steepest)) + 2 - ScaledIntegers.BITS;
    Drawing drawing = new Drawing(op, rounding, exponent, x.size());
    for (int i = 0; i < x.size(); i++) {
      meter.spend(WorkMeter.ELEMENT);
      if (points.get(i).isPresent()) {
        drawing.draw(i, points.get(i).get());
      } else {
        drawing.keep(i, x.lo(i), x.hi(i));
      }
    }
    return drawing.done();
  }

  /** The same with other lines for some elements, on the sides of zero that are chosen. */
  IntegerLines with(Node at, List<HingeChoice> choices, IntegerRange x, ExactRounding rounding) {
    ScalarOp op = (ScalarOp) at.op();
    Drawing drawing = new Drawing(op, rounding, exponent, x.size());
    drawing.copy(this);
    for (HingeChoice choice : choices) {
      int i = choice.element();
      Dyadic from = choice.side() > 0 ? x.lo(i).max(Dyadic.ZERO) : x.lo(i);
      Dyadic to = choice.side() < 0 ? x.hi(i).min(Dyadic.ZERO) : x.hi(i);
      CurvePoints points = IntegerCurve.points(op, op.profile(), from, to);
      drawing.draw(i, points, points.between(choice.slope() / 128.0));
    }
    return drawing.done();
  }

  /** Lines while they are made. */
  private static final class Drawing {
    private final ScalarOp op;
    private final ExactRounding rounding;
    private final int exponent;
    private final long[][] slopes;
    private final Dyadic[][] ends;

    Drawing(ScalarOp op, ExactRounding rounding, int exponent, int size) {
      this.op = op;
      this.rounding = rounding;
      this.exponent = exponent;
      this.slopes = new long[2][size];
      this.ends = new Dyadic[4][size];
    }

    /** A function that leaves numbers as they are, but for flushing. */
    void keep(int i, Dyadic from, Dyadic to) {
      if (rounding.overflows(from.abs().max(to.abs()))) {
        throw new ArithmeticException(op.title() + " may overflow");
      }
      slopes[0][i] = whole(1);
      slopes[1][i] = whole(1);
      ends[1][i] = rounding.rounds() ? ExactRounding.TINY : Dyadic.ZERO;
      ends[0][i] = ends[1][i].negate();
      ends[2][i] = flushed(from);
      ends[3][i] = flushed(to.negate()).negate();
    }

    void copy(IntegerLines lines) {
      slopes[0] = lines.slopes[0].clone();
      slopes[1] = lines.slopes[1].clone();
      ends[0] = lines.offsets.los();
      ends[1] = lines.offsets.his();
      ends[2] = lines.out.los();
      ends[3] = lines.out.his();
    }

    void draw(int i, CurvePoints points) {
      draw(i, points, points.slope(true));
    }

    /** Any slope of the line below is sound. */
    void draw(int i, CurvePoints points, double below) {
      IntegerCurve curve = new IntegerCurve(points);
      Dyadic low = curve.least(Dyadic.ZERO);
      Dyadic high = curve.most(Dyadic.ZERO);
      Dyadic magnitude = low.abs().max(high.abs());
      Dyadic margin = rounding.ofValue(magnitude, op.accuracy().ulps());
      if (rounding.overflows(magnitude.plus(margin))) {
        throw new ArithmeticException(op.title() + " may overflow");
      }
      slopes[0][i] = whole(below);
      slopes[1][i] = whole(points.slope(false));
      Dyadic doubt = rounding.rounds() ? margin.plus(ExactRounding.TINY) : margin;
      ends[0][i] = curve.least(Dyadic.of(slopes[0][i], exponent)).minus(doubt);
      ends[1][i] = curve.most(Dyadic.of(slopes[1][i], exponent)).plus(doubt);
      Dyadic least = flushed(low.minus(margin));
      Dyadic most = flushed(high.plus(margin).negate()).negate();
      ends[2][i] = least.max(range(0, least));
      ends[3][i] = most.min(range(1, most));
    }

    private long whole(double slope) {
      return Math.abs(slope) <= STEEPEST ? Math.round(Math.scalb(slope, -exponent)) : 0;
    }

    /** A small positive result may be flushed to zero. */
    private Dyadic flushed(Dyadic end) {
      boolean small = rounding.rounds() && end.sign() > 0 && end.below(ExactRounding.TINY);
      return small ? Dyadic.ZERO : end;
    }

    private Dyadic range(int side, Dyadic otherwise) {
      double[] range = RANGES.get(op.getClass());
      return range == null ? otherwise : Dyadic.of(range[side]);
    }

    IntegerLines done() {
      return new IntegerLines(
          slopes, exponent, IntegerRange.of(ends[0], ends[1]), IntegerRange.of(ends[2], ends[3]));
    }
  }
}
