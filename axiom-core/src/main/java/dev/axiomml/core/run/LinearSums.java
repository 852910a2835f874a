package dev.axiomml.core.run;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.util.List;

/** Runs sums of products in single precision. */
final class LinearSums {
  private static final LinearEngine ENGINE = LinearEngine.plain();

  private LinearSums() {}

  static Tensor of(SumOp op, List<Tensor> in, List<Shape> shapes) {
    Shape out = op.out(shapes);
    float[] y = new float[out.count()];
    float[] own = TensorMemory.borrow(op.table(shapes));
    for (SumTerm term : op.terms(shapes)) {
      float[] factor = term.isProduct() ? TensorMemory.borrow(in.get(term.factor())) : own;
      ENGINE.run(term.nests(), y, TensorMemory.borrow(in.get(term.operand())), factor);
    }
    return TensorMemory.adopt(out, y).to(in.get(0).dtype());
  }
}
