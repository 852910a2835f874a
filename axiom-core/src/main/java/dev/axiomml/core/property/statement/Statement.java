package dev.axiomml.core.property.statement;

import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Formula.Predicate;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.tensor.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A formula compiled for tensors of fixed sizes: the one form that guards, tests, proofs, checks
 * and solvers read.
 *
 * <p>Indices are positions, decimals are exact, and negations have been pushed to the atoms, where
 * they are gone: {@code not a < b} is {@code a >= b}. An atom that mentions an element that is not
 * finite is false, which is said beside it by {@link Finite}; so no NaN passes through a negation.
 */
public sealed interface Statement {
  /** Every part holds; true for none. */
  record All(List<Statement> parts) implements Statement {
    /** Copies the list. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part holds; false for none. */
  record Any(List<Statement> parts) implements Statement {
    /** Copies the list. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A number is at least zero, or above it where {@code strict}; false where it is computed from an
   * element that is not finite.
   *
   * @param expression with whole factors
   */
  record Sign(ExactExpression expression, boolean strict) implements Statement {}

  /**
   * None of some elements is NaN or infinite.
   *
   * @param of whose elements
   * @param positions which, each once
   */
  record Finite(Subject of, List<Integer> positions) implements Statement {
    /** Copies the list. */
    public Finite {
      positions = List.copyOf(positions);
    }
  }

  /**
   * What NaN and infinity are to all elements.
   *
   * @param predicate {@code NO_NAN}, {@code NO_INF} or {@code FINITE}
   * @param of whose elements
   * @param holds true: every element satisfies it; false: some element does not
   */
  record Elementwise(Predicate predicate, Subject of, boolean holds) implements Statement {}

  /**
   * Every element lies in [0, 1] and every row of the last axis sums to one within its float32
   * rounding bound.
   *
   * @param rows how many rows
   * @param width numbers a row
   */
  record Distribution(Subject of, int rows, int width) implements Statement {
    /** The same in numbers. */
    public Statement parts() {
      List<Statement> all = new ArrayList<>(List.of(finite(of, 0, rows * width)));
      for (int i = 0; i < rows * width; i++) {
        ExactExpression element = ExactExpression.element(of, i);
        all.add(sign(element, false));
        all.add(sign(ExactExpression.constant(BigDecimal.ONE).minus(element), false));
      }
      for (int row = 0; row < rows; row++) {
        all.add(sum(row));
      }
      return new All(all);
    }

    /** That one row sums to one within its bound. */
    Statement sum(int row) {
      return new All(
          List.of(sign(room().plus(excess(row)), false), sign(room().minus(excess(row)), false)));
    }

    /** The same denied. */
    Statement denied() {
      List<Statement> any = new ArrayList<>();
      for (int i = 0; i < rows * width; i++) {
        ExactExpression element = ExactExpression.element(of, i);
        any.add(sign(element.times(BigDecimal.ONE.negate()), true));
        any.add(sign(element.minus(ExactExpression.constant(BigDecimal.ONE)), true));
      }
      for (int row = 0; row < rows; row++) {
        any.add(sign(excess(row).minus(room()), true));
        any.add(sign(excess(row).plus(room()).times(BigDecimal.ONE.negate()), true));
      }
      return new All(List.of(finite(of, 0, rows * width), new Any(any)));
    }

    private ExactExpression excess(int row) {
      return ExactExpression.sum(of, row * width, (row + 1) * width)
          .minus(ExactExpression.constant(BigDecimal.ONE));
    }

    private ExactExpression room() {
      return ExactExpression.constant(NearTolerance.ofSum(width));
    }
  }

  /**
   * No element of a row is larger than the one at an index.
   *
   * @param row which row of the last axis
   * @param width numbers a row
   * @param index below the width
   */
  record Largest(Subject of, int row, int width, int index) implements Statement {
    /** The same in numbers. */
    public Statement parts() {
      List<Statement> all = new ArrayList<>(List.of(mentioned()));
      others(1, false, all);
      return new All(all);
    }

    /** Some element is larger. */
    Statement denied() {
      List<Statement> any = new ArrayList<>();
      others(-1, true, any);
      return new All(List.of(mentioned(), new Any(any)));
    }

    private Statement mentioned() {
      return finite(of, row * width, (row + 1) * width);
    }

    private void others(int factor, boolean strict, List<Statement> to) {
      ExactExpression own = ExactExpression.element(of, row * width + index);
      for (int i = 0; i < width; i++) {
        ExactExpression lead = own.minus(ExactExpression.element(of, row * width + i));
        if (i != index) {
          to.add(sign(lead.times(BigDecimal.valueOf(factor)), strict));
        }
      }
    }
  }

  /** What an empty conjunction is. */
  Statement TRUE = new All(List.of());

  /** What an empty disjunction is. */
  Statement FALSE = new Any(List.of());

  /**
   * A formula's meaning.
   *
   * @param input the first input's shape for one sample, its first axis of size one; what has
   *     another first axis is a sample without one
   * @param output the first output's shape likewise
   * @throws dev.axiomml.core.error.PropertyException where an index names no element, with the
   *     sizes; for {@code softmax(x)}, which is a model of its own; and for what speaks of more
   *     than one sample
   */
  static Statement of(Formula formula, Shape input, Shape output) {
    return new StatementCompiler(input, output, false).compile(formula, true);
  }

  /**
   * The meaning of a formula about {@code softmax(x)} for a vector x. @throws
   * dev.axiomml.core.error.PropertyException likewise
   *
   * @param x (1, n)
   */
  static Statement ofSoftmax(Formula formula, Shape x) {
    return new StatementCompiler(x, x, true).compile(formula, true);
  }

  /**
   * Statements that together say what one says, itself where it has no parts.
   *
   * @param apart whether "the largest of a row" is taken apart too, a part for each other element
   */
  static List<Statement> conjuncts(Statement statement, boolean apart) {
    Statement whole = apart && statement instanceof Largest largest ? largest.parts() : statement;
    return whole instanceof All all
        ? all.parts().stream().flatMap(part -> conjuncts(part, apart).stream()).toList()
        : List.of(whole);
  }

  /** A sign in whole numbers; a constant has it at once. */
  static Statement sign(ExactExpression expression, boolean strict) {
    if (!expression.isConstant()) {
      return new Sign(expression.whole(), strict);
    }
    int sign = expression.constant().signum();
    return sign > 0 || (sign == 0 && !strict) ? TRUE : FALSE;
  }

  private static Statement finite(Subject of, int from, int to) {
    return new Finite(of, IntStream.range(from, to).boxed().toList());
  }
}
