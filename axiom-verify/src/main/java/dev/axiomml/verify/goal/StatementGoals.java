package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.property.statement.ExactExpression;
import dev.axiomml.core.property.statement.ExtremumExpression;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.verify.goal.ProofGoal.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements as goals. What is shown may be more than what was asked, never less. */
public final class StatementGoals {
  private static final int MOST_CLAUSES = 20_000;
  private static final int MOST_ATOMS = 1 << 18;
  private final GoalSubjects subjects;

  private StatementGoals(GoalSubjects subjects) {
    this.subjects = subjects;
  }

  /** What has to be shown for a statement. */
  public static ProofGoal of(Statement statement, GoalSubjects subjects) {
    return new ProofGoal(new StatementGoals(subjects).clauses(statement));
  }

  private List<Clause> clauses(Statement statement) {
    if (statement instanceof Statement.All all) {
      return all.parts().stream().flatMap(part -> clauses(part).stream()).toList();
    }
    if (statement instanceof Statement.Any any) {
      List<Clause> joined = List.of(new Clause(List.of()));
      for (Statement part : any.parts()) {
        joined = either(joined, clauses(part));
      }
      return joined;
    }
    if (statement instanceof Statement.Sign sign) {
      return sign(sign);
    }
    if (statement instanceof Statement.Finite finite) {
      return one(new GoalAtom.Finite(subjects.value(finite.of())));
    }
    if (statement instanceof Statement.Elementwise elementwise) {
      return elementwise.holds()
          ? one(new GoalAtom.Finite(subjects.value(elementwise.of())))
          : one(new GoalAtom.Beyond("no rule shows that an output is not finite"));
    }
    return statement instanceof Statement.Distribution distribution
        ? distribution(distribution)
        : clauses(((Statement.Largest) statement).parts());
  }

  private static List<Clause> one(GoalAtom... atoms) {
    return List.of(new Clause(List.of(atoms)));
  }

  /** Every pair of their clauses put together. */
  private static List<Clause> either(List<Clause> left, List<Clause> right) {
    boolean many = (long) left.size() * right.size() > MOST_CLAUSES;
    if (many || atoms(left) * right.size() + atoms(right) * left.size() > MOST_ATOMS) {
      return one(new GoalAtom.Beyond("the formula has too many cases; ask its parts one by one"));
    }
    List<Clause> all = new ArrayList<>();
    for (Clause a : left) {
      for (Clause b : right) {
        List<GoalAtom> atoms = new ArrayList<>(a.atoms());
        atoms.addAll(b.atoms());
        all.add(new Clause(atoms));
      }
    }
    return all;
  }

  private static long atoms(List<Clause> clauses) {
    return clauses.stream().mapToLong(clause -> clause.atoms().size()).sum();
  }

  private List<Clause> distribution(Statement.Distribution all) {
    boolean structural = all.of() == Subject.OUTPUT && subjects.isDistribution();
    return structural
        ? one(new GoalAtom.Distribution(subjects.logits().orElseThrow()))
        : clauses(all.parts());
  }

  private List<Clause> sign(Statement.Sign sign) {
    GoalAtom byIntervals = new GoalAtom.Positive(sign.expression(), sign.strict());
    Optional<ExtremumExpression> lattice = sign.expression().lattice();
    if (lattice.isEmpty()) {
      return one(byIntervals);
    }
    List<Clause> clauses = new ArrayList<>();
    for (List<ExactExpression> row : lattice.get().rows()) {
      List<GoalAtom> atoms = new ArrayList<>();
      row.forEach(entry -> atoms.addAll(row(entry, sign.strict())));
      if (sums(sign.expression())) {
        atoms.add(byIntervals);
      }
      clauses.add(new Clause(atoms));
    }
    return clauses;
  }

  /** Whether intervals know more of it than of its elements one by one. */
  private static boolean sums(ExactExpression expression) {
    return expression.pieces().keySet().stream()
        .anyMatch(
            piece ->
                piece instanceof ExactExpression.Reduced reduced
                    && (reduced.reduction() == Term.Reduction.SUM
                        || reduced.reduction() == Term.Reduction.NORM1));
  }

  /** A row, and where it compares two outputs of a softmax, the same of its inputs. */
  private List<GoalAtom> row(ExactExpression entry, boolean strict) {
    LinearGoal form = LinearGoal.of(entry, subjects);
    List<GoalAtom> atoms = new ArrayList<>();
    if (!strict) {
      Optional<Value> logits = subjects.logits();
      logits
          .flatMap(value -> before(form, value))
          .ifPresent(before -> atoms.add(new GoalAtom.Row(before, false)));
    }
    atoms.add(new GoalAtom.Row(form, strict));
    return atoms;
  }

  /**
   * What a comparison of two outputs of one softmax row asks of the softmax's inputs: the same, by
   * a gap that covers every rounding. Empty for any other form.
   */
  private Optional<LinearGoal> before(LinearGoal form, Value logits) {
    Value output = subjects.value(Subject.OUTPUT);
    double[] a = form.coefficients().get(output);
    if (a == null || form.coefficients().size() != 1 || form.constant() != 0) {
      return Optional.empty();
    }
    int width = output.type().shape().size(-1);
    int more = -1;
    int less = -1;
    for (int i = 0; i < a.length; i++) {
      boolean fits = a[i] == 0 || (a[i] == 1 && more < 0) || (a[i] == -1 && less < 0);
      if (!fits) {
        return Optional.empty();
      }
      more = a[i] == 1 ? i : more;
      less = a[i] == -1 ? i : less;
    }
    return more >= 0 && less >= 0 && more / width == less / width
        ? Optional.of(new LinearGoal(java.util.Map.of(logits, a), -subjects.gap()))
        : Optional.empty();
  }
}
