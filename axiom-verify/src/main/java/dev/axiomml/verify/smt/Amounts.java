package dev.axiomml.verify.smt;

import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Shape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The terms of a formula as real numbers. */
record Amounts(Facts facts, Subjects subjects) {
  /** What the words mean. */
  record Subjects(Encoded input, Encoded output, Shape inputShape, Shape outputShape) {}

  /** Row-major; empty where there is a gap. */
  List<Real> elements(Subject of) {
    return switch (of) {
      case INPUT -> subjects.input().elements();
      case OUTPUT -> subjects.output().elements();
      case SOFTMAX -> List.of();
    };
  }

  /** The number of elements. */
  int size(Subject of) {
    return elements(of).size();
  }

  /** Empty where a term has no straight pieces. */
  Optional<Real> of(Term term) {
    if (term instanceof Term.Constant constant) {
      boolean finite = Double.isFinite(constant.value());
      return finite ? Optional.of(Real.of(constant.value())) : Optional.empty();
    }
    if (term instanceof Term.Element element) {
      return element(element);
    }
    if (term instanceof Term.Reduce reduce) {
      List<Real> all = elements(reduce.of());
      return all.isEmpty() ? Optional.empty() : reduced(reduce.reduction(), all);
    }
    return joined((Term.Binary) term);
  }

  private Optional<Real> element(Term.Element element) {
    List<Real> all = elements(element.of());
    Shape shape = element.of() == Subject.INPUT ? subjects.inputShape() : subjects.outputShape();
    if (all.isEmpty() || shape.rank() != element.index().size() + 1) {
      return Optional.empty();
    }
    int position = 0;
    for (int axis = 1; axis < shape.rank(); axis++) {
      int at = element.index().get(axis - 1);
      if (at >= shape.size(axis)) {
        return Optional.empty();
      }
      position = position * shape.size(axis) + at;
    }
    return Optional.of(all.get(position));
  }

  private Optional<Real> reduced(Term.Reduction reduction, List<Real> all) {
    BigDecimal minus = BigDecimal.ONE.negate();
    return switch (reduction) {
      case SUM -> Optional.of(facts.named("sum", new Real.Sum(all)));
      case MAX -> Optional.of(facts.largest(all));
      case MIN ->
          Optional.of(facts.largest(all.stream().map(e -> e.times(minus)).toList()).times(minus));
      case NORM1 ->
          Optional.of(
              facts.named("sum", new Real.Sum(all.stream().map(facts::magnitude).toList())));
      case NORMINF -> Optional.of(facts.largest(all.stream().map(facts::magnitude).toList()));
      case NORM2 -> Optional.empty();
    };
  }

  private Optional<Real> joined(Term.Binary binary) {
    Optional<Real> left = of(binary.left());
    Optional<Real> right = of(binary.right());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    Real l = left.get();
    Real r = right.get();
    return switch (binary.operation()) {
      case PLUS -> Optional.of(l.plus(r));
      case MINUS -> Optional.of(l.minus(r));
      case TIMES ->
          l instanceof Real.Exactly n
              ? Optional.of(r.times(n.value()))
              : r instanceof Real.Exactly n ? Optional.of(l.times(n.value())) : Optional.empty();
    };
  }
}
