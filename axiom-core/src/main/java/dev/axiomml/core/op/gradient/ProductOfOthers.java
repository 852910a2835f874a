package dev.axiomml.core.op.gradient;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * For each element the product of the others in its window, of which it has one: the slope of a
 * product. It has no gradient of its own.
 *
 * <p>Shape: any, unchanged.
 *
 * @param of the windows
 */
public record ProductOfOthers(WindowOp of) implements RowOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    return in;
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[x.get(0).length];
    of.windows(
        in.get(0).shape(),
        (out, members, count) -> {
          for (int i = 0; i < count; i++) {
            y[members[i]] = 1;
            for (int k = 0; k < count; k++) {
              y[members[i]] *= k == i ? 1 : x.get(0)[members[k]];
            }
          }
        });
    return List.of(y);
  }

  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    return Optional.empty();
  }
}
