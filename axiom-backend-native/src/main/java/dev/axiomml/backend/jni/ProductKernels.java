package dev.axiomml.backend.jni;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Matrix products. */
final class ProductKernels {
  private ProductKernels() {}

  static Optional<MemorySlot> dense(Dense op, LoweringContext at) {
    int n = op.outputs();
    int m = at.out().count() / n;
    List<MemorySlot> reads = weighted(op.weightMatrix(), op.bias(), at);
    List<Long> attributes =
        LoweringContext.longs(
            m, n, op.inputs(), op.bias().isPresent() ? FusedAttributes.BIAS : 0, 0, 0, 0);
    return Optional.of(at.emit(KernelOpcode.DENSE, reads, m * n, attributes));
  }

  /** The first operand, the weight, and the bias where there is one. */
  static List<MemorySlot> weighted(Parameter weight, Optional<Parameter> bias, LoweringContext at) {
    List<MemorySlot> reads = new ArrayList<>(List.of(at.in().get(0), at.weights(weight.tensor())));
    bias.ifPresent(b -> reads.add(at.weights(b.tensor())));
    return reads;
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
