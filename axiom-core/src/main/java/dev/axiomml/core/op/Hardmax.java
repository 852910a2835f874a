package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * 1 at the first largest element along an axis, 0 elsewhere; gradient 0.
 *
 * <p>Shape: any, unchanged.
 *
 * @param axis the axis; negative counts from the end
 */
public record Hardmax(int axis) implements RowOp {
  @Override
  public List<Type> infer(List<Type> in) {
    Families.arity(this, in, 1);
    Families.floats(this, in);
    Shapes.axis("hardmax", in.get(0).shape(), axis);
    return List.of(in.get(0));
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[x.get(0).length];
    Lanes.of(in.get(0).shape(), axis).each(lane -> y[lane.at(Winners.first(x.get(0), lane))] = 1);
    return List.of(y);
  }

  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    return List.of(new double[x.get(0).length]);
  }

  /** 1 where nothing can reach it, 0 where it cannot reach all. */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    Lanes.of(in.get(0).shape(), axis)
        .each(
            lane -> {
              boolean[] may = Winners.possible(x.get(0), lane);
              int count = Winners.count(may);
              for (int i = 0; i < lane.n(); i++) {
                y.lo()[lane.at(i)] = may[i] && count == 1 ? 1 : 0;
                y.hi()[lane.at(i)] = may[i] ? 1 : 0;
              }
            });
    return Optional.of(List.of(y));
  }

  @Override
  public boolean perSample(List<Type> in) {
    return in.get(0).shape().axis(axis) != 0;
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new Relaid(new Hardmax(Orders.stored(order, in.get(0).shape().axis(axis))), order));
  }
}
