package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code yᵢ = f(xᵢ)} where f may jump or swing without end, so that it has no {@link Profile}; a
 * member states its range on an interval instead.
 */
interface PointOp extends RowOp {
  /** {@code f(x)} in double precision. */
  double value(double x);

  /** {@code f'(x)}; 0 at a jump. */
  double slope(double x);

  /**
   * A sound range of {@code f} on an interval with finite ends; ends that are reached are exact to
   * double rounding.
   */
  RealInterval range(RealInterval x);

  /** How far a float32 execution may be from {@code f}, in units in the last place; 0 = exact. */
  double ulps();

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    return List.of(in.get(0));
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    return List.of(Arrays.stream(x.get(0)).map(this::value).toArray());
  }

  @Override
  default List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    double[] dx = new double[x.get(0).length];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = slope(x.get(0)[i]) * g.get(0)[i];
    }
    return List.of(dx);
  }

  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    for (int i = 0; i < y.size(); i++) {
      range(RealInterval.of(x.get(0), i)).rounded(ulps()).put(y, i);
    }
    return Optional.of(List.of(y.sane()));
  }

  @Override
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }

  @Override
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.beside(axis -> false);
  }
}
