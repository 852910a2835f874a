package dev.axiomml.core.op;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.function.Function;

/**
 * The same elements in the same row-major order under another shape.
 *
 * @param to the new shape, of the same volume; it may speak of the graph's symbols
 */
public record Reshape(Shape to) implements MoveOp {
  @Override
  public Shape out(List<Shape> in) {
    if (!in.get(0).volume().matches(to.volume())) {
      throw new ShapeException(
          new Diagnosis(
              "reshape of " + in.get(0) + " to " + to,
              "",
              "both shapes must hold the same number of elements, here "
                  + in.get(0).volume()
                  + " and "
                  + to.volume(),
              "choose sizes whose product is " + in.get(0).volume()));
    }
    return to;
  }

  @Override
  public Reshape bind(Function<String, Dim> sizes) {
    return new Reshape(to.bind(sizes));
  }

  @Override
  public void taps(int operand, List<Shape> in, Taps taps) {
    taps.line(0, 1, 0, 1, to.count(), -1, 0);
  }
}
