package dev.axiomml.verify;

import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;

/** {@code softmax(x)} as the output of a model that is one softmax. */
final class Renaming {
  private Renaming() {}

  static Formula toOutput(Formula formula) {
    if (formula instanceof Formula.And and) {
      return new Formula.And(toOutput(and.left()), toOutput(and.right()));
    }
    if (formula instanceof Formula.Or or) {
      return new Formula.Or(toOutput(or.left()), toOutput(or.right()));
    }
    if (formula instanceof Formula.Implies implies) {
      return new Formula.Implies(toOutput(implies.left()), toOutput(implies.right()));
    }
    if (formula instanceof Formula.Not not) {
      return new Formula.Not(toOutput(not.formula()));
    }
    if (formula instanceof Formula.Compare c) {
      return new Formula.Compare(toOutput(c.left()), c.relation(), toOutput(c.right()));
    }
    if (formula instanceof Formula.Check check) {
      return new Formula.Check(check.predicate(), toOutput(check.of()));
    }
    return formula instanceof Formula.ArgmaxIs argmax
        ? new Formula.ArgmaxIs(toOutput(argmax.of()), argmax.index())
        : formula;
  }

  private static Subject toOutput(Subject subject) {
    return subject == Subject.SOFTMAX ? Subject.OUTPUT : subject;
  }

  private static Term toOutput(Term term) {
    if (term instanceof Term.Element element) {
      return new Term.Element(toOutput(element.of()), element.index());
    }
    if (term instanceof Term.Reduce reduce) {
      return new Term.Reduce(reduce.reduction(), toOutput(reduce.of()));
    }
    return term instanceof Term.Binary binary
        ? new Term.Binary(binary.operation(), toOutput(binary.left()), toOutput(binary.right()))
        : term;
  }
}
