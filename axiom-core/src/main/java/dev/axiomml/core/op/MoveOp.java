package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * An affine step that only moves elements: every output is one input element, or a fill.
 *
 * <p>All nests are plain and no output is drawn twice, so it runs on elements of any type, bit for
 * bit.
 */
public interface MoveOp extends AffineOp {
  @Override
  default List<Type> infer(List<Type> in) {
    return List.of(Type.of(out(FamilyTypes.shapes(in)), FamilyTypes.same(this, in)));
  }
}
