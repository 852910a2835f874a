package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Any operator that states its sums as loop nests and has no kernel of its own. */
final class WeightedSumKernels {
  private WeightedSumKernels() {}

  static Optional<MemorySlot> of(SumOp op, LoweringContext at) {
    List<Shape> shapes = at.shapes();
    List<SumTerm> terms = op.terms(shapes);
    List<NestWords> words = terms.stream().map(term -> NestWords.of(term.nests())).toList();
    if (words.stream().anyMatch(NestWords::isTooMuch)) {
      return Optional.empty();
    }
    Tensor table = op.table(shapes);
    MemorySlot y = zeros(at);
    for (int i = 0; i < words.size(); i++) {
      MemorySlot x = at.in().get(terms.get(i).operand());
      MemorySlot own = table.size() == 0 ? x : at.weights(table);
      MemorySlot w = terms.get(i).isProduct() ? at.in().get(terms.get(i).factor()) : own;
      at.emitInto(y, KernelOpcode.NESTS, List.of(x, w), words.get(i).attributes());
    }
    return Optional.of(y);
  }

  private static MemorySlot zeros(LoweringContext at) {
    int n = at.out().count();
    return at.emit(KernelOpcode.FILL, List.of(), n, LoweringContext.longs(n, 0));
  }
}
