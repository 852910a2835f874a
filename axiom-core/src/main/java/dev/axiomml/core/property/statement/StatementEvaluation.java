package dev.axiomml.core.property.statement;

import dev.axiomml.core.exact.ExactInterval;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Statements decided on one sample, exactly.
 *
 * <p>Doubles with a proved error come first; where they do not decide, whole numbers do, and square
 * roots are enclosed to 256 bits.
 */
public final class StatementEvaluation {
  private final Sample sample;

  private StatementEvaluation(Sample sample) {
    this.sample = sample;
  }

  /** Whether a statement, compiled for the sample's shapes, holds of it. */
  public static Truth decide(Statement statement, Sample sample) {
    return new StatementEvaluation(sample).decide(statement);
  }

  /**
   * Whether a formula holds of a sample. @throws dev.axiomml.core.error.PropertyException where it
   * has no meaning for the sample's shapes
   */
  public static Truth decide(Formula formula, Sample sample) {
    return decide(compiled(formula, sample), sample);
  }

  /** Why a formula is not shown to hold, with the values; empty when it holds. */
  public static Optional<String> fault(Formula formula, Sample sample) {
    return decide(formula, sample) == Truth.HOLDS
        ? Optional.empty()
        : Optional.of(new FormulaExplanation(sample).of(formula, true));
  }

  static Statement compiled(Formula formula, Sample sample) {
    return Statement.of(formula, sample.input().shape(), sample.output().shape());
  }

  private Truth decide(Statement statement) {
    if (statement instanceof Statement.All all) {
      return all(all.parts());
    }
    if (statement instanceof Statement.Any any) {
      return any(any.parts());
    }
    if (statement instanceof Statement.Sign sign) {
      return sign(sign);
    }
    if (statement instanceof Statement.Finite finite) {
      Tensor values = sample.subject(finite.of());
      return truth(finite.positions().stream().allMatch(i -> isFinite(values, i)));
    }
    if (statement instanceof Statement.Elementwise elementwise) {
      return elementwise(elementwise);
    }
    return statement instanceof Statement.Distribution distribution
        ? distribution(distribution)
        : largest((Statement.Largest) statement);
  }

  private Truth all(List<Statement> parts) {
    Truth truth = Truth.HOLDS;
    for (int i = 0; i < parts.size() && truth != Truth.FAILS; i++) {
      truth = truth.and(decide(parts.get(i)));
    }
    return truth;
  }

  private Truth any(List<Statement> parts) {
    Truth truth = Truth.FAILS;
    for (int i = 0; i < parts.size() && truth != Truth.HOLDS; i++) {
      truth = truth.or(decide(parts.get(i)));
    }
    return truth;
  }

  private static Truth truth(boolean holds) {
    return holds ? Truth.HOLDS : Truth.FAILS;
  }

  static boolean isFinite(Tensor values, int i) {
    return !values.dtype().isFloat() || Double.isFinite(values.doubleAt(i));
  }

  private Truth elementwise(Statement.Elementwise all) {
    return truth(offender(all.predicate(), sample.subject(all.of())) < 0 == all.holds());
  }

  /** The first element that is not as a predicate wants it; −1 for none. */
  static int offender(Formula.Predicate predicate, Tensor values) {
    for (int i = 0; values.dtype().isFloat() && i < values.size(); i++) {
      double x = values.doubleAt(i);
      boolean nan = Double.isNaN(x) && predicate != Formula.Predicate.NO_INF;
      boolean infinite = Double.isInfinite(x) && predicate != Formula.Predicate.NO_NAN;
      if (nan || infinite) {
        return i;
      }
    }
    return -1;
  }

  /** Row by row; only a sum whose doubles do not tell is written out. */
  private Truth distribution(Statement.Distribution all) {
    Tensor values = sample.subject(all.of());
    if (!values.dtype().isFloat()) {
      return decide(all.parts());
    }
    Truth truth = Truth.HOLDS;
    for (int row = 0; row < all.rows() && truth != Truth.FAILS; row++) {
      truth = truth.and(distribution(all, values, row));
    }
    return truth;
  }

  private Truth distribution(Statement.Distribution all, Tensor values, int row) {
    double sum = 0;
    boolean inside = true;
    for (int i = row * all.width(); i < (row + 1) * all.width(); i++) {
      double x = values.doubleAt(i);
      inside &= x >= 0 && x <= 1;
      sum += x;
    }
    double off = Math.abs(sum - 1);
    double tolerance = NearTolerance.ofSum(all.width()).doubleValue();
    double doubt = all.width() * 0x1p-52 * (sum + 1);
    if (!inside || off > tolerance + doubt) {
      return Truth.FAILS;
    }
    return off < tolerance - doubt ? Truth.HOLDS : decide(all.sum(row));
  }

  /** Elements of one type compare as doubles do, integers beyond 2⁵³ apart. */
  private Truth largest(Statement.Largest row) {
    Tensor values = sample.subject(row.of());
    if (!values.dtype().isFloat()) {
      return decide(row.parts());
    }
    double own = values.doubleAt(row.row() * row.width() + row.index());
    boolean largest = true;
    for (int i = 0; i < row.width(); i++) {
      double other = values.doubleAt(row.row() * row.width() + i);
      largest &= own >= other && Double.isFinite(other);
    }
    return truth(largest);
  }

  private Truth sign(Statement.Sign sign) {
    Optional<Integer> rounded = new RoundedValue(sample).sign(sign.expression());
    if (rounded.isPresent()) {
      return truth(rounded.get() > 0);
    }
    Optional<ExactInterval> exact = new ExactValue(sample).of(sign.expression());
    if (exact.isEmpty()) {
      return Truth.FAILS;
    }
    int low = exact.get().lo().sign();
    int high = exact.get().hi().sign();
    boolean holds = sign.strict() ? low > 0 : low >= 0;
    boolean fails = sign.strict() ? high <= 0 : high < 0;
    return holds ? Truth.HOLDS : fails ? Truth.FAILS : Truth.UNDECIDED;
  }
}
