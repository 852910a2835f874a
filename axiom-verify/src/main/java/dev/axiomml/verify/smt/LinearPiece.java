package dev.axiomml.verify.smt;

import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A straight piece of a function of one number: {@code slope·x + offset} from one end to the other.
 *
 * @param from lower end, or none
 * @param to upper end, or none
 */
record LinearPiece(
    Optional<BigDecimal> from, Optional<BigDecimal> to, BigDecimal slope, BigDecimal offset) {
  /** What one or two roundings of a double may make of a straight line. */
  private static final double ROUNDED = 0x1p-50;

  /**
   * The pieces of a function, their slopes the doubles that it states; empty where it has bends or
   * where these pieces do not meet.
   */
  static List<LinearPiece> of(ScalarOp op) {
    double end = Double.POSITIVE_INFINITY;
    List<CurvePiece> parts = op.profile().pieces(-end, end);
    List<LinearPiece> pieces = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      CurvePiece part = parts.get(i);
      boolean follows = part.lo() == (i == 0 ? -end : parts.get(i - 1).hi());
      boolean straight =
          part.form() == Profile.Curve.LINE && part.curve().accuracy().error() <= ROUNDED;
      if (!follows || !straight || part.curve().accuracy().slack() > 0 || part.lo() == part.hi()) {
        return List.of();
      }
      pieces.add(of(part));
    }
    return isWhole(parts) && isContinuous(pieces) ? pieces : List.of();
  }

  private static boolean isWhole(List<CurvePiece> parts) {
    return !parts.isEmpty() && parts.get(parts.size() - 1).hi() == Double.POSITIVE_INFINITY;
  }

  private static LinearPiece of(CurvePiece part) {
    ScalarOp curve = part.curve();
    boolean low = Double.isFinite(part.lo());
    boolean high = Double.isFinite(part.hi());
    double anchor = low ? part.lo() : high ? part.hi() : 0;
    double step = 1 + Math.abs(anchor);
    double inside = low && high ? (part.lo() + part.hi()) / 2 : anchor + (low ? step : -step);
    BigDecimal slope = new BigDecimal(curve.derivative().orElseThrow().value(inside));
    BigDecimal offset =
        new BigDecimal(curve.value(anchor)).subtract(slope.multiply(new BigDecimal(anchor)));
    return new LinearPiece(end(part.lo()), end(part.hi()), slope, offset);
  }

  private static Optional<BigDecimal> end(double end) {
    return Double.isFinite(end) ? Optional.of(new BigDecimal(end)) : Optional.empty();
  }

  private static boolean isContinuous(List<LinearPiece> pieces) {
    for (int i = 1; i < pieces.size(); i++) {
      BigDecimal cut = pieces.get(i).from().orElseThrow();
      if (pieces.get(i - 1).at(cut).compareTo(pieces.get(i).at(cut)) != 0) {
        return false;
      }
    }
    return true;
  }

  private BigDecimal at(BigDecimal x) {
    return slope.multiply(x).add(offset);
  }

  /** {@code x} is in this piece and {@code y} on it. */
  SmtFact holds(SmtReal x, SmtReal y) {
    List<SmtFact> facts = new ArrayList<>();
    from.ifPresent(end -> facts.add(new SmtFact.AtMost(new SmtReal.Exactly(end), x)));
    to.ifPresent(end -> facts.add(new SmtFact.AtMost(x, new SmtReal.Exactly(end))));
    facts.add(new SmtFact.Equal(y, x.times(slope).plus(new SmtReal.Exactly(offset))));
    return new SmtFact.All(facts);
  }
}
