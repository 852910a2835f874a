package dev.axiomml.core.op.norm;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Softmax over those elements along the last axis that are seen; the others are 0.
 *
 * <p>What softmax makes of finite numbers to which −∞ is added where they are hidden, so proofs
 * read masks as this. Shape: any, unchanged. A row in which nothing is seen is refused.
 *
 * @param seen true where an element counts; broadcast from the right
 */
public record MaskedSoftmax(Tensor seen) implements RowOp, Composite {
  private static final Softmax ROW = new Softmax(-1);

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    Shape shape = CommonShapeRules.broadcast("masked softmax", in.get(0).shape(), seen.shape());
    if (!shape.matches(in.get(0).shape())) {
      throw new ShapeException(
          new Diagnosis(
              "a mask of " + seen.shape() + " on " + in.get(0).shape(),
              "",
              "the mask is broadcast to the input, which keeps its shape",
              "use a mask of the last axes"));
    }
    return List.of(in.get(0));
  }

  /** Gives each row and the positions in it that are seen. */
  private void rows(Shape shape, BiConsumer<TensorLanes.Lane, int[]> row) {
    int[] from = IndexWalk.walk(shape.sizes(), IndexWalk.broadcast(seen.shape(), shape));
    TensorLanes.of(shape, -1)
        .each(
            lane -> {
              int[] open = new int[lane.n()];
              int count = 0;
              for (int i = 0; i < lane.n(); i++) {
                if (seen.longAt(from[lane.at(i)]) != 0) {
                  open[count++] = lane.at(i);
                }
              }
              if (count == 0) {
                throw new IllegalArgumentException("a row of which nothing is seen");
              }
              row.accept(lane, Arrays.copyOf(open, count));
            });
  }

  private static double[] of(double[] x, int[] at) {
    return Arrays.stream(at).mapToDouble(i -> x[i]).toArray();
  }

  private static void put(double[] own, int[] at, double[] y) {
    for (int i = 0; i < at.length; i++) {
      y[at[i]] = own[i];
    }
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[x.get(0).length];
    rows(in.get(0).shape(), (lane, at) -> put(ROW.value(of(x.get(0), at)), at, y));
    return List.of(y);
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V sum = at.one(new ReduceSum(List.of(-1), true), at.times(at.y(), at.g()));
    return at.first(at.times(at.y(), at.minus(at.g(), sum)));
  }

  /** Of what is seen as softmax says; what is hidden is 0, or flushed to it. */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box from = x.get(0);
    Box y = new Box(new double[from.size()], new double[from.size()]);
    Arrays.fill(y.hi(), RealInterval.TINY);
    rows(
        in.get(0).shape(),
        (lane, at) -> {
          Box range = ROW.range(new Box(of(from.lo(), at), of(from.hi(), at)));
          put(range.lo(), at, y.lo());
          put(range.hi(), at, y.hi());
        });
    return Optional.of(List.of(y.sane()));
  }

  @Override
  public Optional<OpLowering> parts(List<Type> in) {
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            Tensor never = Tensor.scalar(Float.NEGATIVE_INFINITY).to(in.get(0).dtype());
            V shown = to.one(new Where(), List.of(to.constant(seen), x.get(0), to.constant(never)));
            return to.emit(ROW, List.of(shown));
          }
        });
  }
}
