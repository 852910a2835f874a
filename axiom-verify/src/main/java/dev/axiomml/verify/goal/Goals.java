package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Formula.Relation;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.verify.goal.Goal.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Formulas as goals. What is shown may be more than what was asked, never less: a comparison with
 * NaN is false, so every row also claims that its values are finite.
 */
public final class Goals {
  private static final int MOST_CLAUSES = 20_000;
  private static final double UNIT = 0x1p-24;
  private final Subjects subjects;

  private Goals(Subjects subjects) {
    this.subjects = subjects;
  }

  /** What has to be shown for a formula; {@code ArgmaxStays} must be resolved before. */
  public static Goal of(Formula formula, Subjects subjects) {
    return new Goal(new Goals(subjects).clauses(formula, true));
  }

  private List<Clause> clauses(Formula formula, boolean wanted) {
    if (formula instanceof Formula.Not not) {
      return clauses(not.formula(), !wanted);
    }
    if (formula instanceof Formula.And and) {
      return joined(wanted, clauses(and.left(), wanted), clauses(and.right(), wanted));
    }
    if (formula instanceof Formula.Or or) {
      return joined(!wanted, clauses(or.left(), wanted), clauses(or.right(), wanted));
    }
    if (formula instanceof Formula.Implies implies) {
      return joined(!wanted, clauses(implies.left(), !wanted), clauses(implies.right(), wanted));
    }
    if (formula instanceof Formula.True) {
      return wanted ? List.of() : beyond("nothing makes \"true\" false");
    }
    return atom(formula, wanted);
  }

  private static List<Clause> beyond(String reason) {
    return one(new Atom.Beyond(reason));
  }

  private static List<Clause> one(Atom... atoms) {
    return List.of(new Clause(List.of(atoms)));
  }

  /** Both lists, or every pair of their clauses put together. */
  private static List<Clause> joined(boolean both, List<Clause> left, List<Clause> right) {
    List<Clause> all = new ArrayList<>();
    if (both) {
      all.addAll(left);
      all.addAll(right);
      return all;
    }
    if ((long) left.size() * right.size() > MOST_CLAUSES) {
      return beyond("the formula has too many cases, more than " + MOST_CLAUSES);
    }
    for (Clause a : left) {
      for (Clause b : right) {
        List<Atom> atoms = new ArrayList<>(a.atoms());
        atoms.addAll(b.atoms());
        all.add(new Clause(atoms));
      }
    }
    return all;
  }

  private List<Clause> atom(Formula formula, boolean wanted) {
    if (formula instanceof Formula.Compare compare) {
      return wanted ? compare(compare) : denied(compare);
    }
    if (formula instanceof Formula.ArgmaxIs argmax) {
      return wanted ? argmax(argmax) : anotherWins(argmax);
    }
    if (formula instanceof Formula.Check check && wanted) {
      return check(check);
    }
    return beyond("no rule shows " + (wanted ? "" : "not ") + PropertyText.of(formula));
  }

  private List<Clause> check(Formula.Check check) {
    Value value = subjects.value(check.of());
    if (check.predicate() != Formula.Predicate.VALID_PROBABILITIES) {
      return one(new Atom.Finite(value));
    }
    if (check.of() == Subject.OUTPUT && subjects.isDistribution()) {
      return one(new Atom.Distribution(subjects.logits().orElseThrow()));
    }
    return Rows.distribution(value);
  }

  private List<Clause> denied(Formula.Compare c) {
    return switch (c.relation()) {
      case LE -> compare(new Formula.Compare(c.left(), Relation.GT, c.right()));
      case LT -> compare(new Formula.Compare(c.left(), Relation.GE, c.right()));
      case GE -> compare(new Formula.Compare(c.left(), Relation.LT, c.right()));
      case GT -> compare(new Formula.Compare(c.left(), Relation.LE, c.right()));
      case EQ ->
          joined(
              false,
              compare(new Formula.Compare(c.left(), Relation.LT, c.right())),
              compare(new Formula.Compare(c.left(), Relation.GT, c.right())));
      case NEAR -> beyond("no rule shows that two sides are not near each other");
    };
  }

  private List<Clause> compare(Formula.Compare c) {
    Term left = c.left();
    Term right = c.right();
    return switch (c.relation()) {
      case GE, GT -> atLeast(minus(left, right), c);
      case LE, LT -> atLeast(minus(right, left), c);
      case EQ -> equal(c);
      case NEAR -> near(c);
    };
  }

  /** Over the reals a softmax sums to one exactly. */
  private List<Clause> equal(Formula.Compare c) {
    if (!subjects.rounding().rounds() && isTotal(c)) {
      return one(new Atom.Distribution(subjects.logits().orElseThrow()));
    }
    Term left = c.left();
    Term right = c.right();
    return joined(true, atLeast(minus(left, right), c), atLeast(minus(right, left), c));
  }

  /** Whether it compares the sum of a distribution's one row with one. */
  private boolean isTotal(Formula.Compare c) {
    return c.left() instanceof Term.Reduce r
        && r.reduction() == Term.Reduction.SUM
        && c.right() instanceof Term.Constant k
        && k.value() == 1
        && wholeDistribution(r);
  }

  private static Term minus(Term a, Term b) {
    return new Term.Binary(Term.Arithmetic.MINUS, a, b);
  }

  private List<Clause> atLeast(Term difference, Formula.Compare c) {
    boolean strict = c.relation() == Relation.GT || c.relation() == Relation.LT;
    Optional<Lattice> lattice = Lattice.of(difference, subjects::value);
    if (lattice.isEmpty()) {
      return one(new Atom.Compared(c));
    }
    return lattice.get().rows().stream()
        .map(forms -> new Clause(forms.stream().flatMap(f -> row(f, strict).stream()).toList()))
        .toList();
  }

  /** A row, and where it compares two outputs of a softmax, the same of its inputs. */
  private List<Atom> row(Linear form, boolean strict) {
    List<Atom> atoms = new ArrayList<>();
    subjects
        .logits()
        .filter(logits -> !strict)
        .flatMap(logits -> Rows.before(form, subjects, logits))
        .ifPresent(before -> atoms.add(new Atom.Row(before, false)));
    atoms.add(new Atom.Row(form, strict));
    return atoms;
  }

  /** {@code |L − R| ≤ κ|L|} follows from both {@code ±(L − R) ≤ ±κL}. */
  private List<Clause> near(Formula.Compare c) {
    boolean sum = c.left() instanceof Term.Reduce r && r.reduction() == Term.Reduction.SUM;
    if (isTotal(c)) {
      return one(new Atom.Distribution(subjects.logits().orElseThrow()));
    }
    double kappa = sum ? (2.0 * size((Term.Reduce) c.left()) + 3) * UNIT : 1e-6;
    double sign = c.right() instanceof Term.Constant k && k.value() < 0 ? -1 : 1;
    Term allowed =
        new Term.Binary(Term.Arithmetic.TIMES, new Term.Constant(sign * kappa), c.left());
    Formula.Compare plain = new Formula.Compare(c.left(), Relation.GE, c.right());
    return joined(
        true,
        atLeast(minus(allowed, minus(c.left(), c.right())), plain),
        atLeast(minus(allowed, minus(c.right(), c.left())), plain));
  }

  private int size(Term.Reduce reduce) {
    return subjects.value(reduce.of()).type().shape().count();
  }

  /** Whether the sum goes over the one row of a softmax. */
  private boolean wholeDistribution(Term.Reduce sum) {
    return sum.of() == Subject.OUTPUT
        && subjects.isDistribution()
        && size(sum) == subjects.value(Subject.OUTPUT).type().shape().size(-1);
  }

  private List<Clause> argmax(Formula.ArgmaxIs argmax) {
    Value value = subjects.value(argmax.of());
    List<Clause> all = new ArrayList<>();
    for (int other = 0; other < value.type().shape().size(-1); other++) {
      Linear form = Rows.difference(value, argmax.index(), other);
      if (other != argmax.index()) {
        all.add(new Clause(row(form, false)));
      }
    }
    all.add(new Clause(List.of(new Atom.Finite(value))));
    return all;
  }

  private List<Clause> anotherWins(Formula.ArgmaxIs argmax) {
    Value value = subjects.value(argmax.of());
    List<Atom> any = new ArrayList<>();
    for (int other = 0; other < value.type().shape().size(-1); other++) {
      if (other != argmax.index()) {
        any.add(new Atom.Row(Rows.difference(value, other, argmax.index()), true));
      }
    }
    return any.isEmpty() ? beyond("one class always wins") : List.of(new Clause(any));
  }
}
