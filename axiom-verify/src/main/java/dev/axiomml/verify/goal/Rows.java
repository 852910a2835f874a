package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Subject;
import dev.axiomml.verify.goal.Goal.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows that several formulas need. */
final class Rows {
  private Rows() {}

  /** One element minus another. */
  static Linear difference(Value value, int more, int less) {
    return Linear.element(value, more).plus(Linear.element(value, less).times(-1));
  }

  /**
   * What a comparison of two outputs of one softmax row asks of the softmax's inputs: the same, by
   * a gap that covers every rounding. Empty for any other form.
   */
  static Optional<Linear> before(Linear form, Subjects subjects, Value logits) {
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
        ? Optional.of(new Linear(Map.of(logits, a), 0).plus(Linear.constant(-subjects.gap())))
        : Optional.empty();
  }

  /** Every element in [0, 1], every row's sum within its rounding bound of one. */
  static List<Clause> distribution(Value value) {
    List<Clause> all = new ArrayList<>();
    int size = value.type().shape().count();
    int width = value.type().shape().size(-1);
    for (int i = 0; i < size; i++) {
      Linear element = Linear.element(value, i);
      all.add(clause(element));
      all.add(clause(element.times(-1).plus(Linear.constant(1))));
    }
    double tolerance = (2.0 * width + 3) * 0x1p-24;
    for (int row = 0; row < size; row += width) {
      double[] a = new double[size];
      java.util.Arrays.fill(a, row, row + width, 1);
      Linear excess = new Linear(Map.of(value, a), -1);
      all.add(clause(excess.plus(Linear.constant(tolerance))));
      all.add(clause(excess.times(-1).plus(Linear.constant(tolerance))));
    }
    return all;
  }

  private static Clause clause(Linear form) {
    return new Clause(List.of(new Atom.Row(form, false)));
  }
}
