package dev.axiomml.backend.jni;

import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any operator that states its sums as loop nests and has no kernel of its own. */
final class WeightedSumKernels {
  private WeightedSumKernels() {}

  static Optional<MemorySlot> affine(AffineOp op, LoweringContext at) {
    List<Shape> shapes = at.shapes();
    Tensor coefficients = op.coefficients(shapes);
    List<NestWords> operands = new ArrayList<>();
    for (int operand = 0; operand < at.in().size(); operand++) {
      operands.add(NestWords.of(op.nests(operand, shapes)));
    }
    if (operands.stream().anyMatch(NestWords::isTooMuch)) {
      return Optional.empty();
    }
    MemorySlot y = zeros(at);
    for (int operand = 0; operand < operands.size(); operand++) {
      MemorySlot x = at.in().get(operand);
      MemorySlot w = coefficients.size() == 0 ? x : at.weights(coefficients);
      at.emitInto(y, KernelOpcode.NESTS, List.of(x, w), operands.get(operand).attributes());
    }
    Optional<Tensor> offset = op.offset(shapes);
    return offset.isEmpty()
        ? Optional.of(y)
        : PairKernels.shift(new PairKernels.Sized(y, at.out()), offset.get(), at);
  }

  static Optional<MemorySlot> bilinear(BilinearOp op, LoweringContext at) {
    NestWords words = NestWords.of(op.nests(at.shape(0), at.shape(1)));
    if (words.isTooMuch()) {
      return Optional.empty();
    }
    MemorySlot y = zeros(at);
    at.emitInto(y, KernelOpcode.NESTS, at.in(), words.attributes());
    return Optional.of(y);
  }

  private static MemorySlot zeros(LoweringContext at) {
    int n = at.out().count();
    return at.emit(KernelOpcode.FILL, List.of(), n, LoweringContext.longs(n, 0));
  }
}
