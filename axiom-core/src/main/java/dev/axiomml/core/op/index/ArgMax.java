package dev.axiomml.core.op.index;

/**
 * Where the largest element along an axis is; NaN wins; no gradient.
 *
 * <p>Shape: the axis vanishes, or becomes 1; float in, int64 out.
 *
 * @param axis the axis; negative counts from the end
 * @param keep whether it stays with size 1
 * @param last whether the last of equal ones is meant, else the first
 */
public record ArgMax(int axis, boolean keep, boolean last) implements BestPlaceOp {
  @Override
  public boolean largest() {
    return true;
  }

  @Override
  public ArgMax along(int other) {
    return new ArgMax(other, keep, last);
  }
}
