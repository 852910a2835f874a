package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A number that is the least of largest linear forms: {@code minᵢ maxⱼ formᵢⱼ}, which is at least
 * zero when in every row some form is.
 *
 * @param rows the rows, each with at least one form
 */
record Lattice(List<List<Linear>> rows) {
  /** More forms than this are not written out. */
  private static final int MOST = 20_000;

  Lattice {
    rows = rows.stream().map(List::copyOf).toList();
  }

  static Lattice of(Linear form) {
    return new Lattice(List.of(List.of(form)));
  }

  /** A term as a lattice; empty when it is not piecewise linear or too long. */
  static Optional<Lattice> of(Term term, Function<Subject, Value> values) {
    if (term instanceof Term.Constant constant) {
      return Optional.of(of(Linear.constant(constant.value())));
    }
    if (term instanceof Term.Element element) {
      Value value = values.apply(element.of());
      return Optional.of(of(Linear.element(value, Terms.position(value, element.index()))));
    }
    if (term instanceof Term.Reduce reduce) {
      return reduced(reduce.reduction(), values.apply(reduce.of()));
    }
    Term.Binary binary = (Term.Binary) term;
    Optional<Lattice> left = of(binary.left(), values);
    Optional<Lattice> right = of(binary.right(), values);
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    return switch (binary.operation()) {
      case PLUS -> left.get().plus(right.get());
      case MINUS -> right.get().times(-1).flatMap(negated -> left.get().plus(negated));
      case TIMES -> product(left.get(), right.get());
    };
  }

  private static Optional<Lattice> product(Lattice a, Lattice b) {
    Optional<Double> factor = a.constant();
    return factor.isPresent() ? b.times(factor.get()) : b.constant().flatMap(a::times);
  }

  private Optional<Double> constant() {
    boolean alone = rows.size() == 1 && rows.get(0).size() == 1;
    return alone && rows.get(0).get(0).isConstant()
        ? Optional.of(rows.get(0).get(0).constant())
        : Optional.empty();
  }

  private static Optional<Lattice> reduced(Term.Reduction reduction, Value value) {
    List<Linear> elements = new ArrayList<>();
    List<Linear> both = new ArrayList<>();
    int size = value.type().shape().count();
    if (reduction == Term.Reduction.SUM) {
      return Optional.of(of(Linear.sum(value)));
    }
    if (size > MOST || size == 0 || reduction == Term.Reduction.NORM2) {
      return Optional.empty();
    }
    for (int i = 0; i < size; i++) {
      elements.add(Linear.element(value, i));
      both.addAll(List.of(elements.get(i), elements.get(i).times(-1)));
    }
    return switch (reduction) {
      case MAX -> Optional.of(new Lattice(List.of(elements)));
      case MIN -> Optional.of(new Lattice(elements.stream().map(List::of).toList()));
      case NORMINF -> Optional.of(new Lattice(List.of(both)));
      default -> sumOfMagnitudes(both);
    };
  }

  private static Optional<Lattice> sumOfMagnitudes(List<Linear> both) {
    Optional<Lattice> sum = Optional.of(of(Linear.constant(0)));
    for (int i = 0; i < both.size() && sum.isPresent(); i += 2) {
      Lattice magnitude = new Lattice(List.of(both.subList(i, i + 2)));
      sum = sum.get().plus(magnitude);
    }
    return sum;
  }

  private Optional<Lattice> plus(Lattice other) {
    if (size() * other.size() > MOST) {
      return Optional.empty();
    }
    List<List<Linear>> sums = new ArrayList<>();
    for (List<Linear> mine : rows) {
      for (List<Linear> theirs : other.rows) {
        sums.add(mine.stream().flatMap(a -> theirs.stream().map(a::plus)).toList());
      }
    }
    return Optional.of(new Lattice(sums));
  }

  private long size() {
    return rows.stream().mapToLong(List::size).sum();
  }

  /** A negative factor turns least and largest round: every choice of one form a row is a row. */
  private Optional<Lattice> times(double factor) {
    if (factor >= 0) {
      return Optional.of(
          new Lattice(
              rows.stream()
                  .map(r -> r.stream().map(form -> form.times(factor)).toList())
                  .toList()));
    }
    List<List<Linear>> choices = List.of(List.of());
    for (List<Linear> row : rows) {
      if ((long) choices.size() * row.size() * rows.size() > MOST) {
        return Optional.empty();
      }
      List<List<Linear>> longer = new ArrayList<>();
      for (List<Linear> choice : choices) {
        row.forEach(form -> longer.add(with(choice, form.times(factor))));
      }
      choices = longer;
    }
    return Optional.of(new Lattice(choices));
  }

  private static List<Linear> with(List<Linear> choice, Linear form) {
    List<Linear> longer = new ArrayList<>(choice);
    longer.add(form);
    return longer;
  }
}
