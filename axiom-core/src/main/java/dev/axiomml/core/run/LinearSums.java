package dev.axiomml.core.run;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.util.List;

/** Runs sums of products in single precision. */
final class LinearSums {
  private static final LinearEngine ENGINE = LinearEngine.plain();

  private LinearSums() {}

  static Tensor affine(AffineOp op, List<Tensor> in, List<Shape> shapes) {
    Shape out = op.out(shapes);
    float[] y = new float[out.count()];
    float[] w = TensorMemory.borrow(op.coefficients(shapes));
    for (int k = 0; k < in.size(); k++) {
      ENGINE.run(op.nests(k, shapes), y, TensorMemory.borrow(in.get(k)), w);
    }
    op.offset(shapes)
        .ifPresent(b -> ENGINE.run(spread(b, out), y, TensorMemory.borrow(b), new float[0]));
    return TensorMemory.adopt(out, y).to(in.get(0).dtype());
  }

  private static List<LoopNest> spread(Tensor offset, Shape out) {
    return List.of(BroadcastNests.plain(offset.shape(), out));
  }

  static Tensor bilinear(BilinearOp op, Tensor a, Tensor b) {
    Shape out = op.out(a.shape(), b.shape());
    List<LoopNest> nests = op.nests(a.shape(), b.shape());
    float[] y = new float[out.count()];
    ENGINE.run(nests, y, TensorMemory.borrow(a), TensorMemory.borrow(b));
    return TensorMemory.adopt(out, y).to(a.dtype());
  }
}
