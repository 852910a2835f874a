package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.property.Statement;
import dev.axiomml.verify.cert.Method;
import dev.axiomml.verify.cert.ProofTree;
import java.util.Optional;

/**
 * Follows a proof tree: both sides of a cut cover what was cut, whatever the cut is, and on every
 * leaf the formula is shown again.
 */
final class TreeCheck {
  private final Forms forms;
  private final Rounding rounding;
  private final Statement statement;
  private long leaves;

  TreeCheck(Forms forms, Rounding rounding, Statement statement) {
    this.forms = forms;
    this.rounding = rounding;
    this.statement = statement;
  }

  /** How many boxes were looked at. */
  long leaves() {
    return leaves;
  }

  /** The first place that is not confirmed, as a path of cuts; empty when all are. */
  Optional<String> fault(ProofTree tree, Cell cell) {
    if (cell.isEmpty()) {
      return Optional.empty();
    }
    if (tree instanceof ProofTree.Leaf leaf) {
      leaves++;
      boolean shown = shown(cell, leaf.method());
      return shown ? Optional.empty() : Optional.of("leaf " + leaf.method() + " is not confirmed");
    }
    return fault((ProofTree.Split) tree, cell);
  }

  private Optional<String> fault(ProofTree.Split split, Cell cell) {
    if (!cell.has(split.input(), split.element()) || !(Math.abs(split.at()) <= Float.MAX_VALUE)) {
      return Optional.of("there is no x" + split.input() + "[" + split.element() + "] to cut");
    }
    Dyadic at = Dyadic.of(split.at());
    String name = "x" + split.input() + "[" + split.element() + "]";
    Cell low = cell.atMost(split.input(), split.element(), at);
    Cell high = cell.atLeast(split.input(), split.element(), at);
    return fault(split.low(), low)
        .map(fault -> name + " ≤ " + split.at() + " › " + fault)
        .or(
            () ->
                fault(split.high(), high).map(fault -> name + " ≥ " + split.at() + " › " + fault));
  }

  /** A backward walk is tried for the methods that name one. */
  private boolean shown(Cell cell, Method method) {
    boolean linear = method == Method.LINEAR || method == Method.EXACT;
    Known known = Forward.of(forms, cell, rounding, linear);
    return new Judge(new Amounts(forms, known, rounding, linear)).holds(statement);
  }
}
