package dev.axiomml.core.op.index;

/**
 * Where the smallest element along an axis is; NaN wins; no gradient.
 *
 * <p>Shape: the axis vanishes, or becomes 1; float in, int64 out.
 *
 * @param axis the axis; negative counts from the end
 * @param keep whether it stays with size 1
 * @param last whether the last of equal ones is meant, else the first
 */
public record ArgMin(int axis, boolean keep, boolean last) implements BestPlaceOp {
  @Override
  public boolean largest() {
    return false;
  }

  @Override
  public ArgMin along(int other) {
    return new ArgMin(other, keep, last);
  }
}
