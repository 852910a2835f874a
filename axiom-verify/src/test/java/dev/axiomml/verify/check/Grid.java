package dev.axiomml.verify.check;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Optional;

/** Claims about two inputs, run on a grid that has the corners. */
final class Grid {
  private static final int STEPS = 16;

  private Grid() {}

  /** Why a claim is false at a point of the grid. */
  static Optional<String> fault(Model<?> model, Theorem<?> theorem) {
    Region.Range range = (Region.Range) theorem.region();
    int side = STEPS + 1;
    for (int i = 0; i < side * side; i++) {
      Tensor x = Tensor.of(Shape.of(1, 2), at(range, i / side), at(range, i % side));
      Optional<String> fault = fault(model, theorem.formula(), x);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fault(Model<?> model, Formula formula, Tensor x) {
    return StatementEvaluation.fault(formula, new Sample(x, model.predict(x)));
  }

  private static float at(Region.Range range, int step) {
    double width = range.high() - range.low();
    float x = (float) (range.low() + width * step / STEPS);
    return x < range.low() ? Math.nextUp(x) : x > range.high() ? Math.nextDown(x) : x;
  }
}
