package dev.axiomml.core.property.statement;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Formula.Relation;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Turns formulas into statements; {@code wanted} is false below a negation. */
final class StatementCompiler {
  private static final BigDecimal MILLIONTH = new BigDecimal("1e-6");
  private final Shape input;
  private final Shape output;
  private final boolean softmax;

  StatementCompiler(Shape input, Shape output, boolean softmax) {
    this.input = sampled(input);
    this.output = sampled(output);
    this.softmax = softmax;
  }

  /** What has no first axis of one row is one sample as it is. */
  private static Shape sampled(Shape shape) {
    boolean batched = shape.rank() == 0 || shape.size(0) == 1;
    return batched ? shape : Shape.of(1).concat(shape);
  }

  Statement compile(Formula formula, boolean wanted) {
    if (formula instanceof Formula.Not not) {
      return compile(not.formula(), !wanted);
    }
    if (formula instanceof Formula.And and) {
      return joined(wanted, compile(and.left(), wanted), compile(and.right(), wanted));
    }
    if (formula instanceof Formula.Or or) {
      return joined(!wanted, compile(or.left(), wanted), compile(or.right(), wanted));
    }
    if (formula instanceof Formula.Implies implies) {
      return joined(!wanted, compile(implies.left(), !wanted), compile(implies.right(), wanted));
    }
    if (formula instanceof Formula.True) {
      return wanted ? Statement.TRUE : Statement.FALSE;
    }
    return atom(formula, wanted);
  }

  private static Statement joined(boolean both, Statement... parts) {
    return both ? new Statement.All(List.of(parts)) : new Statement.Any(List.of(parts));
  }

  private Statement atom(Formula formula, boolean wanted) {
    if (formula instanceof Formula.Compare compare) {
      return compare(compare, wanted);
    }
    if (formula instanceof Formula.Check check) {
      return check(check, wanted);
    }
    if (formula instanceof Formula.ArgmaxIs argmax) {
      return argmax(argmax, wanted);
    }
    throw new PropertyException(
        new Diagnosis(
            PropertyText.of(formula) + " speaks of more than one sample",
            "",
            "a statement is about one sample's input and output",
            "ask it with Verifier.prove, or with Verifier.verify and a DataLoader"));
  }

  private Statement compare(Formula.Compare c, boolean wanted) {
    ExactExpression left = expression(c.left());
    ExactExpression right = expression(c.right());
    ExactExpression gap = left.minus(right);
    ExactExpression room = c.relation() == Relation.NEAR ? allowance(c.left(), left) : gap;
    Statement signs =
        switch (c.relation()) {
          case GE -> wanted ? sign(gap, false) : sign(negated(gap), true);
          case GT -> wanted ? sign(gap, true) : sign(negated(gap), false);
          case LE -> wanted ? sign(negated(gap), false) : sign(gap, true);
          case LT -> wanted ? sign(negated(gap), true) : sign(gap, false);
          case EQ -> joined(wanted, sign(gap, !wanted), sign(negated(gap), !wanted));
          case NEAR ->
              wanted
                  ? joined(true, sign(room.minus(gap), false), sign(room.plus(gap), false))
                  : joined(false, sign(gap.minus(room), true), sign(negated(gap.plus(room)), true));
        };
    List<Statement> all = new ArrayList<>(mentioned(c));
    all.add(signs);
    return new Statement.All(all);
  }

  private static Statement sign(ExactExpression expression, boolean strict) {
    return Statement.sign(expression, strict);
  }

  private static ExactExpression negated(ExactExpression expression) {
    return expression.times(BigDecimal.ONE.negate());
  }

  /** The rounding bound of a sum of n numbers, a millionth of anything else. */
  private ExactExpression allowance(Term term, ExactExpression left) {
    if (term instanceof Term.Reduce reduce && reduce.reduction() == Term.Reduction.SUM) {
      int size = shape(reduce.of()).count();
      return reduced(Term.Reduction.NORM1, reduce.of()).times(NearTolerance.ofSum(size));
    }
    return left.magnitude().times(MILLIONTH);
  }

  ExactExpression expression(Term term) {
    if (term instanceof Term.Constant constant) {
      return ExactExpression.constant(constant.value());
    }
    if (term instanceof Term.Element element) {
      return ExactExpression.element(element.of(), position(element));
    }
    if (term instanceof Term.Reduce reduce) {
      return reduced(reduce.reduction(), reduce.of());
    }
    Term.Binary binary = (Term.Binary) term;
    ExactExpression left = expression(binary.left());
    ExactExpression right = expression(binary.right());
    return switch (binary.operation()) {
      case PLUS -> left.plus(right);
      case MINUS -> left.minus(right);
      case TIMES -> left.times(right);
    };
  }

  private ExactExpression reduced(Term.Reduction reduction, Subject of) {
    int size = shape(of).count();
    boolean extreme = reduction == Term.Reduction.MAX || reduction == Term.Reduction.MIN;
    if (size == 0 && extreme) {
      throw refused(
          reduction.name().toLowerCase(java.util.Locale.ROOT) + " of no elements",
          of + " of " + shape(of) + " is empty",
          "ask it of a value that has elements");
    }
    return ExactExpression.piece(new ExactExpression.Reduced(reduction, of, size));
  }

  /** The row-major position of an index that leaves out the batch axis. */
  int position(Term.Element element) {
    Shape shape = shape(element.of());
    List<Integer> index = element.index();
    int axes = Math.max(0, shape.rank() - 1);
    boolean fits = index.size() == axes;
    int position = 0;
    for (int axis = 0; fits && axis < index.size(); axis++) {
      int size = shape.size(axis + 1);
      fits = index.get(axis) >= 0 && index.get(axis) < size;
      position = position * size + index.get(axis);
    }
    if (fits) {
      return position;
    }
    throw refused(
        "element " + index + " of " + sample(shape),
        "an index names one position on every axis but the batch, counting from 0",
        axes == 1
            ? "write one number below " + shape.size(-1)
            : "write " + axes + " numbers, each below the size of its axis");
  }

  private static Shape sample(Shape shape) {
    return shape.sub(Math.min(1, shape.rank()), shape.rank());
  }

  private static PropertyException refused(String what, String why, String fix) {
    return new PropertyException(new Diagnosis(what, "", why, fix));
  }

  private Shape shape(Subject of) {
    if (of != Subject.INPUT && softmax != (of == Subject.SOFTMAX)) {
      throw softmax
          ? refused(
              "output beside softmax(x)",
              "softmax(x) is a model of its own, and its output is softmax(x)",
              "write softmax(x) for output")
          : refused(
              "softmax(x) is a model of its own",
              "a property of a model speaks of its input x and its output",
              "write output for this model's output; prove softmax(x) with"
                  + " Verifier.prove(theorem)");
    }
    return of == Subject.INPUT ? input : output;
  }

  /** That every element that an atom mentions is finite. */
  private List<Statement> mentioned(Formula.Compare c) {
    Map<Subject, Set<Integer>> positions = new EnumMap<>(Subject.class);
    Stream.of(c.left(), c.right()).forEach(term -> mention(term, positions));
    return positions.entrySet().stream()
        .<Statement>map(e -> new Statement.Finite(e.getKey(), List.copyOf(e.getValue())))
        .toList();
  }

  private void mention(Term term, Map<Subject, Set<Integer>> to) {
    if (term instanceof Term.Binary binary) {
      mention(binary.left(), to);
      mention(binary.right(), to);
    } else if (term instanceof Term.Element element) {
      to.computeIfAbsent(element.of(), of -> new TreeSet<>()).add(position(element));
    } else if (term instanceof Term.Reduce reduce) {
      Set<Integer> all = to.computeIfAbsent(reduce.of(), of -> new TreeSet<>());
      IntStream.range(0, shape(reduce.of()).count()).forEach(all::add);
    }
  }

  private Statement check(Formula.Check check, boolean wanted) {
    Shape shape = shape(check.of());
    if (check.predicate() != Formula.Predicate.VALID_PROBABILITIES) {
      return new Statement.Elementwise(check.predicate(), check.of(), wanted);
    }
    int width = width(shape, "valid_probabilities");
    int rows = width == 0 ? 0 : shape.count() / width;
    Statement.Distribution all = new Statement.Distribution(check.of(), rows, width);
    return wanted ? all : all.denied();
  }

  private static int width(Shape shape, String word) {
    if (shape.rank() == 0 || shape.size(-1) == 0) {
      throw refused(
          word + " of " + shape,
          "rows of the last axis are asked, and there is no number in one",
          "ask it of an output with classes along its last axis");
    }
    return shape.size(-1);
  }

  private Statement argmax(Formula.ArgmaxIs argmax, boolean wanted) {
    Shape shape = shape(argmax.of());
    int width = width(shape, "argmax");
    if (argmax.index() >= width) {
      throw refused(
          "class " + argmax.index() + " of " + sample(shape),
          "the last axis has " + width + " numbers, counted from 0",
          "name a class from 0 to " + (width - 1));
    }
    List<Statement> rows = new ArrayList<>();
    List<Integer> mentioned = new ArrayList<>();
    for (int row : rows(argmax, shape)) {
      Statement.Largest one = new Statement.Largest(argmax.of(), row, width, argmax.index());
      rows.add(wanted ? one : one.denied());
      IntStream.range(row * width, (row + 1) * width).forEach(mentioned::add);
    }
    return wanted
        ? new Statement.All(rows)
        : new Statement.All(
            List.of(new Statement.Finite(argmax.of(), mentioned), new Statement.Any(rows)));
  }

  /** The rows that are meant: those whose first indices are the ones named, all where none is. */
  private static List<Integer> rows(Formula.ArgmaxIs argmax, Shape shape) {
    List<Integer> named = argmax.row();
    int from = 0;
    boolean fits = named.size() <= Math.max(0, shape.rank() - 2);
    for (int axis = 0; fits && axis < named.size(); axis++) {
      fits = named.get(axis) < shape.size(axis + 1);
      from = from * shape.size(axis + 1) + named.get(axis);
    }
    if (!fits) {
      throw refused(
          "row " + named + " of " + sample(shape),
          "a row is named by its first indices, without batch and without class",
          "name a row below the sizes, or leave it out for all rows");
    }
    int each = shape.sub(Math.min(shape.rank() - 1, named.size() + 1), shape.rank() - 1).count();
    return IntStream.range(from * each, (from + 1) * each).boxed().toList();
  }
}
