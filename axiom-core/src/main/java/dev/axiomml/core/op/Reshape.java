package dev.axiomml.core.op;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

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

  /** Axes that are merged or split must be stored side by side and in their order. */
  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Merges.of(in.get(0).shape(), to).flatMap(merges -> merges.relaid(order));
  }

  /** The same shape is the value itself. */
  @Override
  public Optional<Lowering> given(List<Type> in, List<Known> known) {
    return in.get(0).shape().equals(to) ? Optional.of(Lowering.first()) : Optional.empty();
  }

  /** Where as many elements stay before and behind. */
  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    Shape from = in.get(0).shape();
    int at = samples.of(0);
    return IntStream.range(0, samples.in(0) ? to.rank() : 0)
        .filter(axis -> to.dim(axis).equals(samples.batch()))
        .filter(axis -> from.sub(0, at).volume().equals(to.sub(0, axis).volume()))
        .filter(
            axis ->
                from.sub(at + 1, from.rank()).volume().equals(to.sub(axis + 1, to.rank()).volume()))
        .findFirst();
  }
}
