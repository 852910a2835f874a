package dev.axiomml.verify.smt;

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
    Profile profile = op.profile();
    boolean everywhere =
        profile.low() == Double.NEGATIVE_INFINITY && profile.high() == Double.POSITIVE_INFINITY;
    if (!profile.isPiecewiseLinear() || op.error() > ROUNDED || op.slack() > 0 || !everywhere) {
      return List.of();
    }
    List<LinearPiece> pieces = new ArrayList<>();
    List<Double> cuts = profile.cuts();
    for (int i = 0; i <= cuts.size(); i++) {
      double anchor = cuts.isEmpty() ? 0 : cuts.get(Math.max(0, i - 1));
      BigDecimal slope = new BigDecimal(op.slope(inside(cuts, i)));
      BigDecimal offset =
          new BigDecimal(op.value(anchor)).subtract(slope.multiply(new BigDecimal(anchor)));
      pieces.add(new LinearPiece(cut(cuts, i - 1), cut(cuts, i), slope, offset));
    }
    return isContinuous(pieces) ? pieces : List.of();
  }

  private static Optional<BigDecimal> cut(List<Double> cuts, int i) {
    return i < 0 || i >= cuts.size() ? Optional.empty() : Optional.of(new BigDecimal(cuts.get(i)));
  }

  private static double inside(List<Double> cuts, int i) {
    if (cuts.isEmpty()) {
      return 0;
    }
    return i == 0
        ? cuts.get(0) - 1
        : i == cuts.size() ? cuts.get(i - 1) + 1 : (cuts.get(i - 1) + cuts.get(i)) / 2;
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
