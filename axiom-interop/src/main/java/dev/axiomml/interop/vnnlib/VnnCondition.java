package dev.axiomml.interop.vnnlib;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;

/** What a query asserts of the elements of its tensors. */
sealed interface VnnCondition {
  /** Every part holds; true for none. */
  record All(List<VnnCondition> parts) implements VnnCondition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part holds; false for none. */
  record Any(List<VnnCondition> parts) implements VnnCondition {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A sum of elements compared with a number.
   *
   * @param sum without a constant, of at least one element
   * @param relation how
   * @param bound the number
   */
  record Comparison(VnnSum sum, Relation relation, BigDecimal bound) implements VnnCondition {
    /** Whether it is of one element, which is one of a tensor. */
    boolean isOfOne(VnnTensor tensor) {
      return sum.elements().length == 1 && tensor.holds(sum.elements()[0]);
    }

    /** The relation of its only element to the bound divided by the element's factor. */
    Relation relationOfOne() {
      return sum.factors()[0].signum() > 0 ? relation : relation.flipped();
    }
  }

  /** How two numbers compare. */
  enum Relation {
    LE,
    LT,
    GE,
    GT,
    EQ,
    NE;

    /** The relation of the right one to the left one. */
    Relation flipped() {
      return switch (this) {
        case LE -> GE;
        case LT -> GT;
        case GE -> LE;
        case GT -> LT;
        case EQ, NE -> this;
      };
    }

    boolean holds(int sign) {
      return switch (this) {
        case LE -> sign <= 0;
        case LT -> sign < 0;
        case GE -> sign >= 0;
        case GT -> sign > 0;
        case EQ -> sign == 0;
        case NE -> sign != 0;
      };
    }
  }

  /** A comparison of two sums, decided at once where no element is left in it. */
  static VnnCondition of(VnnSum left, Relation relation, VnnSum right) {
    if (left.isElement() && right.isConstant()) {
      return new Comparison(left, relation, right.constant());
    }
    if (right.isElement() && left.isConstant()) {
      return new Comparison(right, relation.flipped(), left.constant());
    }
    VnnSum gap = left.minus(right);
    if (gap.isConstant()) {
      boolean holds = relation.holds(gap.constant().signum());
      return holds ? new All(List.of()) : new Any(List.of());
    }
    VnnSum sum = new VnnSum(gap.elements(), gap.factors(), BigDecimal.ZERO);
    return new Comparison(sum, relation, gap.constant().negate());
  }

  /** All of them, or the only one. */
  static VnnCondition all(List<VnnCondition> parts) {
    return parts.size() == 1 ? parts.get(0) : new All(parts);
  }

  /** One of them, or the only one. */
  static VnnCondition any(List<VnnCondition> parts) {
    return parts.size() == 1 ? parts.get(0) : new Any(parts);
  }

  /** Whether it holds where comparisons do as a judge says. */
  default boolean holds(Predicate<Comparison> judge) {
    if (this instanceof All all) {
      return all.parts.stream().allMatch(part -> part.holds(judge));
    }
    return this instanceof Any any
        ? any.parts.stream().anyMatch(part -> part.holds(judge))
        : judge.test((Comparison) this);
  }
}
