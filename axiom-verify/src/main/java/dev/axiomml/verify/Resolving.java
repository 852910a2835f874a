package dev.axiomml.verify;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.tensor.Tensor;

/** Formulas made to speak of one sample only. */
final class Resolving {
  private Resolving() {}

  /** "The class stays" becomes the class that it is at the reference. */
  static Formula of(Formula formula, Model<?> model) {
    if (formula instanceof Formula.And and) {
      return new Formula.And(of(and.left(), model), of(and.right(), model));
    }
    if (formula instanceof Formula.Or or) {
      return new Formula.Or(of(or.left(), model), of(or.right(), model));
    }
    if (formula instanceof Formula.Implies implies) {
      return new Formula.Implies(of(implies.left(), model), of(implies.right(), model));
    }
    if (formula instanceof Formula.Not not) {
      return new Formula.Not(of(not.formula(), model));
    }
    return formula instanceof Formula.ArgmaxStays stays
        ? new Formula.ArgmaxIs(Subject.OUTPUT, winner(model.predict(stays.reference())))
        : formula;
  }

  private static int winner(Tensor output) {
    int best = 0;
    for (int i = 1; i < output.shape().size(-1); i++) {
      best = output.doubleAt(i) > output.doubleAt(best) ? i : best;
    }
    return best;
  }

  static boolean speaksOfSoftmax(Formula formula) {
    return PropertyText.of(formula).contains(Subject.SOFTMAX.toString());
  }

  static boolean speaksOfPairs(Formula formula) {
    return PropertyText.of(formula).contains("local_lipschitz(");
  }
}
