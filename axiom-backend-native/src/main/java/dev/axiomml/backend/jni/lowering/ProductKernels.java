package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Matrix products. */
final class ProductKernels {
  private ProductKernels() {}

  static Optional<MemorySlot> dense(Dense op, LoweringContext at) {
    if (!hasPackedWeight(at)) {
      return Optional.empty();
    }
    int k = at.shape(1).size(0);
    int n = at.shape(1).size(1);
    int m = at.out().count() / n;
    List<Long> attributes = LoweringContext.longs(m, n, k, bias(at), 0, 0, 0);
    return Optional.of(at.emit(KernelOpcode.DENSE, at.in(), m * n, attributes));
  }

  /** Whether the second operand is known and can be packed; a bias lies anywhere. */
  static boolean hasPackedWeight(LoweringContext at) {
    return at.in().get(1).space() == MemorySlot.Space.WEIGHTS;
  }

  /** The attribute of a layer that has a third operand. */
  static long bias(LoweringContext at) {
    return at.in().size() == 3 ? FusedAttributes.BIAS : 0;
  }

  /** Where each operand has one matrix for all products, or one for each. */
  static Optional<MemorySlot> matmul(MatMul op, LoweringContext at) {
    Shape a = at.shape(0);
    Shape b = at.shape(1);
    int m = a.size(-2);
    int k = a.size(-1);
    int n = b.size(-1);
    int batch = at.out().count() / (m * n);
    Optional<Integer> stepA = step(a, batch);
    Optional<Integer> stepB = step(b, batch);
    if (stepA.isEmpty() || stepB.isEmpty()) {
      return Optional.empty();
    }
    List<Long> attributes = LoweringContext.longs(batch, m, n, k, stepA.get(), stepB.get(), n, 1);
    return Optional.of(at.emit(KernelOpcode.MATMUL, at.in(), batch * m * n, attributes));
  }

  private static Optional<Integer> step(Shape operand, int batch) {
    int matrix = operand.size(-1) * operand.size(-2);
    int matrices = operand.count() / matrix;
    return matrices == batch
        ? Optional.of(matrix)
        : matrices == 1 ? Optional.of(0) : Optional.empty();
  }
}
