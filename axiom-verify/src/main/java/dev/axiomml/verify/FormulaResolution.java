package dev.axiomml.verify;

import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Formulas made to speak of one sample only. */
final class FormulaResolution {
  private FormulaResolution() {}

  /** "The class stays" becomes the class that it is at the reference. */
  static Formula of(Formula formula, ClaimedGraph model) {
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
        ? winners(model.run(List.of(stays.reference())).get(0))
        : formula;
  }

  /** Every row keeps the class that it has here; what is not finite has none. */
  private static Formula winners(Tensor output) {
    Shape shape = output.shape();
    int width = shape.size(-1);
    Formula all = new Formula.True();
    for (int row = 0; row * width < output.size(); row++) {
      int best = 0;
      boolean finite = true;
      for (int i = 0; i < width; i++) {
        finite &= Double.isFinite(output.doubleAt(row * width + i));
        best = output.doubleAt(row * width + i) > output.doubleAt(row * width + best) ? i : best;
      }
      if (!finite) {
        return new Formula.Not(new Formula.True());
      }
      all = new Formula.And(all, new Formula.ArgmaxIs(Subject.OUTPUT, place(shape, row), best));
    }
    return all;
  }

  /** The first indices of a row, without batch and class. */
  private static List<Integer> place(Shape shape, int row) {
    List<Integer> place = new ArrayList<>();
    int rest = row;
    for (int axis = shape.rank() - 2; axis > 0; axis--) {
      place.add(0, rest % shape.size(axis));
      rest /= shape.size(axis);
    }
    return place;
  }
}
