package dev.axiomml.verify.smt;

import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.property.statement.ExactExpression;
import dev.axiomml.core.property.statement.Statement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A statement as a fact about a network's first input and first output, over the reals. */
final class StatementFacts {
  private final SmtFacts facts;
  private final EncodedValue input;
  private final EncodedValue output;
  private String gap = "the formula has no straight pieces";

  StatementFacts(SmtFacts facts, EncodedValue input, EncodedValue output) {
    this.facts = facts;
    this.input = input;
    this.output = output;
  }

  /** Why there was no fact. */
  String gap() {
    return output.gap().orElse(gap);
  }

  /** Empty where the statement cannot be written with straight pieces. */
  Optional<SmtFact> fact(Statement statement) {
    if (statement instanceof Statement.All all) {
      return every(all.parts()).map(SmtFact.All::new);
    }
    if (statement instanceof Statement.Any any) {
      return every(any.parts()).map(SmtFact.Any::new);
    }
    if (statement instanceof Statement.Sign sign) {
      return real(sign.expression())
          .map(
              number ->
                  sign.strict()
                      ? new SmtFact.Below(SmtReal.zero(), number)
                      : new SmtFact.AtMost(SmtReal.zero(), number));
    }
    if (statement instanceof Statement.Finite finite) {
      return finite(finite.of(), true);
    }
    if (statement instanceof Statement.Elementwise elementwise) {
      return finite(elementwise.of(), elementwise.holds());
    }
    return statement instanceof Statement.Distribution distribution
        ? fact(distribution.parts())
        : largest((Statement.Largest) statement);
  }

  private Optional<List<SmtFact>> every(List<Statement> parts) {
    List<SmtFact> all = new ArrayList<>();
    for (Statement part : parts) {
      Optional<SmtFact> fact = fact(part);
      if (fact.isEmpty()) {
        return Optional.empty();
      }
      all.add(fact.get());
    }
    return Optional.of(all);
  }

  /** Real numbers are finite. */
  private Optional<SmtFact> finite(Subject of, boolean wanted) {
    boolean known = of != Subject.OUTPUT || output.gap().isEmpty() || !output.scores().isEmpty();
    return known ? Optional.of(wanted ? SmtFact.all() : SmtFact.any()) : Optional.empty();
  }

  /** Through a softmax the scores decide. */
  private Optional<SmtFact> largest(Statement.Largest row) {
    boolean scores = row.of() == Subject.OUTPUT && output.gap().isPresent();
    List<SmtReal> elements = scores ? output.scores() : elements(row.of());
    int from = row.row() * row.width();
    if (elements.size() < from + row.width()) {
      return Optional.empty();
    }
    List<SmtFact> all = new ArrayList<>();
    for (int i = 0; i < row.width(); i++) {
      all.add(new SmtFact.AtMost(elements.get(from + i), elements.get(from + row.index())));
    }
    return Optional.of(new SmtFact.All(all));
  }

  /** Row-major; empty where there is a gap. */
  private List<SmtReal> elements(Subject of) {
    return of == Subject.INPUT ? input.elements() : output.elements();
  }

  private Optional<SmtReal> real(ExactExpression expression) {
    List<SmtReal> sum = new ArrayList<>(List.of(new SmtReal.Exactly(expression.constant())));
    for (Map.Entry<ExactExpression.Element, BigDecimal> part : expression.elements().entrySet()) {
      List<SmtReal> all = elements(part.getKey().of());
      if (all.isEmpty()) {
        return Optional.empty();
      }
      sum.add(all.get(part.getKey().position()).times(part.getValue()));
    }
    for (Map.Entry<ExactExpression.Piece, BigDecimal> part : expression.pieces().entrySet()) {
      Optional<SmtReal> piece = piece(part.getKey());
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      sum.add(piece.get().times(part.getValue()));
    }
    return Optional.of(new SmtReal.Sum(sum));
  }

  private Optional<SmtReal> piece(ExactExpression.Piece piece) {
    if (piece instanceof ExactExpression.Absolute absolute) {
      return real(absolute.of()).map(facts::magnitude);
    }
    if (!(piece instanceof ExactExpression.Reduced reduced)) {
      gap = "a product of two that are not constant has no straight pieces";
      return Optional.empty();
    }
    if (reduced.reduction() == Term.Reduction.NORM2) {
      gap =
          PropertyText.of(new Term.Reduce(reduced.reduction(), reduced.of()))
              + " has no straight pieces";
    }
    if (elements(reduced.of()).isEmpty()) {
      return Optional.empty();
    }
    List<SmtReal> all = elements(reduced.of());
    return switch (reduced.reduction()) {
      case SUM -> Optional.of(facts.named("sum", new SmtReal.Sum(all)));
      case MAX -> Optional.of(facts.largest(all));
      case MIN ->
          Optional.of(negated(facts.largest(all.stream().map(StatementFacts::negated).toList())));
      case NORM1 -> Optional.of(facts.named("sum", new SmtReal.Sum(magnitudes(all))));
      case NORMINF -> Optional.of(facts.largest(magnitudes(all)));
      case NORM2 -> Optional.empty();
    };
  }

  private List<SmtReal> magnitudes(List<SmtReal> all) {
    return all.stream().map(facts::magnitude).toList();
  }

  private static SmtReal negated(SmtReal number) {
    return number.times(BigDecimal.ONE.negate());
  }
}
