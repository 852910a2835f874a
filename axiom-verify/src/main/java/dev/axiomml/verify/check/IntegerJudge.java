package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.statement.ExactExpression;
import dev.axiomml.core.property.statement.ExtremumExpression;
import dev.axiomml.core.property.statement.Statement;
import java.util.List;
import java.util.Optional;

/** Whether statements are shown to hold for every input of one box; what is not known is not. */
record IntegerJudge(TermRanges amounts) {
  /** Executions of exp within 4 ulps keep the order of two logits that are this far apart. */
  private static final Dyadic GAP = Dyadic.of(1, -19);

  /** The same, the linear bounds of all its signs being made side by side. */
  boolean shows(Statement statement) {
    expect(statement);
    return holds(statement);
  }

  /** Names the signs that will be asked for. */
  void expect(Statement statement) {
    if (statement instanceof Statement.All all) {
      all.parts().forEach(this::expect);
    } else if (statement instanceof Statement.Any any) {
      any.parts().forEach(this::expect);
    } else if (statement instanceof Statement.Sign sign) {
      sign.expression().lattice().stream()
          .flatMap(lattice -> lattice.rows().stream())
          .flatMap(List::stream)
          .map(entry -> ElementCombination.of(entry, amounts.subjects()))
          .forEach(amounts::expect);
    }
  }

  boolean holds(Statement statement) {
    if (statement instanceof Statement.All all) {
      return all.parts().stream().allMatch(this::holds);
    }
    if (statement instanceof Statement.Any any) {
      return any.parts().stream().anyMatch(this::holds);
    }
    if (statement instanceof Statement.Sign sign) {
      return holds(sign);
    }
    if (statement instanceof Statement.Finite finite) {
      return amounts.range(finite.of()).isBounded();
    }
    if (statement instanceof Statement.Elementwise elementwise) {
      return elementwise.holds() && amounts.range(elementwise.of()).isBounded();
    }
    return statement instanceof Statement.Distribution distribution
        ? amounts.softmax(distribution.of()).isPresent() || holds(distribution.parts())
        : largest((Statement.Largest) statement);
  }

  private boolean holds(Statement.Sign sign) {
    Optional<ExtremumExpression> lattice = sign.expression().lattice();
    boolean byRows =
        lattice
            .filter(l -> l.rows().stream().allMatch(row -> some(row, sign.strict())))
            .isPresent();
    boolean settled = lattice.isPresent() && sign.expression().pieces().isEmpty();
    return byRows || (!settled && spans(sign));
  }

  private boolean spans(Statement.Sign sign) {
    return amounts
        .span(sign.expression())
        .filter(span -> sign.strict() ? span.lo().sign() > 0 : span.lo().sign() >= 0)
        .isPresent();
  }

  private boolean some(List<ExactExpression> row, boolean strict) {
    return row.stream()
        .map(entry -> ElementCombination.of(entry, amounts.subjects()))
        .anyMatch(entry -> amounts.atLeast(entry, Dyadic.ZERO, strict));
  }

  /** Through a softmax the order of the logits decides, ties allowed. */
  private boolean largest(Statement.Largest row) {
    Value value = amounts.subjects().value(row.of());
    Optional<Node> softmax = amounts.softmax(row.of());
    Value scores = softmax.map(node -> node.in().get(0)).orElse(value);
    if (!amounts.range(row.of()).isBounded()) {
      return false;
    }
    Dyadic gap = softmax.isPresent() && amounts.rounding().rounds() ? GAP : Dyadic.ZERO;
    int from = row.row() * row.width();
    for (int other = 0; other < row.width(); other++) {
      ElementCombination lead = difference(scores, from + row.index(), from + other);
      if (other != row.index() && !amounts.atLeast(lead, gap, false)) {
        return false;
      }
    }
    return true;
  }

  private static ElementCombination difference(Value value, int winner, int other) {
    return ElementCombination.of(value, winner).minus(ElementCombination.of(value, other));
  }
}
