package dev.axiomml.core.op.move;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SampleAxis;
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
  public List<LoopNest> nests(int operand, List<Shape> in) {
    return List.of(LoopNest.plain(List.of(Loop.of(to.count(), 1, 1))));
  }

  /** Axes that are merged or split must be stored side by side and in their order. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return ReshapeGroups.of(in.get(0).shape(), to).flatMap(merges -> merges.relaid(order));
  }

  /** The same shape is the value itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return in.get(0).shape().equals(to) ? Optional.of(OpLowering.first()) : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return IntStream.range(0, samples.in(0) ? 1 : 0)
        .mapToObj(k -> new SampleAxis(samples.of(k), Dim.ONE))
        .flatMap(own -> moved(in.get(0).shape(), own, samples.batch()).stream())
        .mapToInt(SampleAxis::axis)
        .filter(axis -> to.dim(axis).equals(samples.batch()))
        .findFirst();
  }

  /**
   * How samples lie after it, for every number of them: elements keep their order, so as many stay
   * before and behind each sample.
   *
   * @param from the shape before, which speaks of the batch along one axis
   * @param own how samples lie there
   * @param batch the number of samples, a symbol
   * @return empty where an axis would hold parts of what belongs to a sample
   */
  public Optional<SampleAxis> moved(Shape from, SampleAxis own, Dim batch) {
    Dim behind = own.inner().times(from.sub(own.axis() + 1, from.rank()).volume());
    Optional<Dim> before =
        quotient(from.dim(own.axis()), batch.times(own.inner()))
            .map(from.sub(0, own.axis()).volume()::times);
    return IntStream.range(0, before.isPresent() ? to.rank() : 0)
        .filter(axis -> !to.dim(axis).isFixed())
        .mapToObj(axis -> along(axis, before.get(), behind, batch))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Samples along an axis where that many elements lie before and behind each. */
  private Optional<SampleAxis> along(int axis, Dim before, Dim behind, Dim batch) {
    Optional<Dim> inner = quotient(behind, to.sub(axis + 1, to.rank()).volume());
    Optional<Dim> outer = quotient(before, to.sub(0, axis).volume()).map(batch::times);
    return inner
        .filter(n -> outer.map(n::times).filter(to.dim(axis)::equals).isPresent())
        .map(n -> new SampleAxis(axis, n));
  }

  private static Optional<Dim> quotient(Dim all, Dim part) {
    Dim quotient = part.equals(Dim.ZERO) ? Dim.ZERO : all.floorDiv(part);
    return Optional.of(quotient).filter(q -> q.times(part).equals(all) && !part.equals(Dim.ZERO));
  }
}
