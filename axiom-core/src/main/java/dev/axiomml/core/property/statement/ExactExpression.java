package dev.axiomml.core.property.statement;

import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A number computed from the elements of a sample, exactly: a constant, multiples of elements, and
 * multiples of pieces that are not linear. What cancels is gone.
 *
 * @param elements what each element is multiplied with, never by zero
 * @param pieces likewise
 * @param constant what is added
 */
public record ExactExpression(
    Map<Element, BigDecimal> elements, Map<Piece, BigDecimal> pieces, BigDecimal constant) {
  /**
   * One element of a subject.
   *
   * @param of whose
   * @param position row-major, the batch axis left out
   */
  public record Element(Subject of, int position) {}

  /** A number made of elements that is no multiple of one. */
  public sealed interface Piece {}

  /** All elements of a subject made one number. */
  public record Reduced(Term.Reduction reduction, Subject of, int size) implements Piece {}

  /** The magnitude of another expression. */
  public record Absolute(ExactExpression of) implements Piece {}

  /** The product of two, neither of them a constant. */
  public record Product(ExactExpression left, ExactExpression right) implements Piece {}

  /** Copies the maps. */
  public ExactExpression {
    elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
    pieces = Collections.unmodifiableMap(new LinkedHashMap<>(pieces));
  }

  static ExactExpression constant(BigDecimal value) {
    return new ExactExpression(Map.of(), Map.of(), value);
  }

  static ExactExpression element(Subject of, int position) {
    return new ExactExpression(
        Map.of(new Element(of, position), BigDecimal.ONE), Map.of(), BigDecimal.ZERO);
  }

  static ExactExpression piece(Piece piece) {
    return new ExactExpression(Map.of(), Map.of(piece, BigDecimal.ONE), BigDecimal.ZERO);
  }

  /** The sum of elements from one position to before another. */
  static ExactExpression sum(Subject of, int from, int to) {
    Map<Element, BigDecimal> all = new LinkedHashMap<>();
    for (int i = from; i < to; i++) {
      all.put(new Element(of, i), BigDecimal.ONE);
    }
    return new ExactExpression(all, Map.of(), BigDecimal.ZERO);
  }

  /** The magnitude of this, simplified where it is a constant. */
  ExactExpression magnitude() {
    return isConstant() ? constant(constant.abs()) : piece(new Absolute(this));
  }

  ExactExpression plus(ExactExpression other) {
    return new ExactExpression(
        sum(elements, other.elements), sum(pieces, other.pieces), constant.add(other.constant));
  }

  private static <K> Map<K, BigDecimal> sum(Map<K, BigDecimal> left, Map<K, BigDecimal> right) {
    Map<K, BigDecimal> sum = new LinkedHashMap<>(left);
    right.forEach((key, factor) -> sum.merge(key, factor, BigDecimal::add));
    sum.values().removeIf(factor -> factor.signum() == 0);
    return sum;
  }

  ExactExpression minus(ExactExpression other) {
    return plus(other.times(BigDecimal.ONE.negate()));
  }

  /** A multiple of this. */
  public ExactExpression times(BigDecimal factor) {
    if (factor.signum() == 0) {
      return constant(BigDecimal.ZERO);
    }
    return new ExactExpression(
        changed(elements, factor::multiply),
        changed(pieces, factor::multiply),
        constant.multiply(factor));
  }

  private static <K> Map<K, BigDecimal> changed(
      Map<K, BigDecimal> all, UnaryOperator<BigDecimal> change) {
    Map<K, BigDecimal> other = new LinkedHashMap<>();
    all.forEach((key, factor) -> other.put(key, change.apply(factor)));
    return other;
  }

  ExactExpression times(ExactExpression other) {
    if (isConstant()) {
      return other.times(constant);
    }
    return other.isConstant() ? times(other.constant) : piece(new Product(this, other));
  }

  /** Whether it mentions no element that matters. */
  public boolean isConstant() {
    return elements.isEmpty() && pieces.isEmpty();
  }

  /** Whether it is a constant and multiples of elements. */
  public boolean isLinear() {
    return pieces.isEmpty();
  }

  /**
   * The same sign in whole numbers: a positive power of ten times this, all factors and the
   * constant whole, inside of the pieces too.
   */
  public ExactExpression whole() {
    return scaled().of();
  }

  /** An expression of whole factors that is ten to a power times another. */
  record Scaled(ExactExpression of, int power) {}

  Scaled scaled() {
    ExactExpression inner = new ExactExpression(elements, Map.of(), constant);
    for (Map.Entry<Piece, BigDecimal> entry : pieces.entrySet()) {
      inner = inner.plus(inside(entry.getKey()).times(entry.getValue()));
    }
    List<BigDecimal> all = new ArrayList<>(inner.elements.values());
    all.addAll(inner.pieces.values());
    all.add(inner.constant);
    int power =
        all.stream().mapToInt(factor -> factor.stripTrailingZeros().scale()).max().orElse(0);
    BigDecimal ten = BigDecimal.ONE.scaleByPowerOfTen(Math.max(0, power));
    return new Scaled(inner.times(ten), Math.max(0, power));
  }

  /** A piece with whole factors inside. */
  private static ExactExpression inside(Piece piece) {
    if (piece instanceof Absolute absolute) {
      Scaled of = absolute.of().scaled();
      return of.of().magnitude().times(BigDecimal.ONE.scaleByPowerOfTen(-of.power()));
    }
    if (piece instanceof Product product) {
      Scaled left = product.left().scaled();
      Scaled right = product.right().scaled();
      BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-left.power() - right.power());
      return left.of().times(right.of()).times(unit);
    }
    return piece(piece);
  }

  /**
   * This as the least of largest linear expressions, where that is not too long: an expression is
   * at least zero where in every row of {@link ExtremumExpression} some entry is.
   */
  public Optional<ExtremumExpression> lattice() {
    return ExtremumExpression.of(this);
  }
}
