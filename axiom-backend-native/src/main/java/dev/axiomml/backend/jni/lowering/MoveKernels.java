package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any operator that only moves elements, from its nests: strided copies, or nests as they are. */
final class MoveKernels {
  /** Above so many copies one instruction with all nests is better. */
  private static final int MAX_COPIES = 8;

  private MoveKernels() {}

  static Optional<MemorySlot> lower(MoveOp op, LoweringContext at) {
    List<List<LoopNest>> operands = new ArrayList<>();
    long written = 0;
    for (int operand = 0; operand < at.in().size(); operand++) {
      List<LoopNest> nests =
          op.nests(operand, at.shapes()).stream()
              .map(LoopNest::merged)
              .filter(nest -> nest.products() > 0)
              .toList();
      operands.add(nests);
      written += nests.stream().mapToLong(LoopNest::products).sum();
    }
    if (operands.stream().anyMatch(nests -> NestWords.moving(nests).isTooMuch())) {
      return Optional.empty();
    }
    MemorySlot y = at.listing().intermediate(at.out().count());
    if (written < y.count()) {
      fill(op.fill(at.shapes()), y, at);
    }
    for (int operand = 0; operand < operands.size(); operand++) {
      move(at.in().get(operand), operands.get(operand), y, at);
    }
    return Optional.of(y);
  }

  private static void fill(Optional<Tensor> offset, MemorySlot y, LoweringContext at) {
    if (offset.isEmpty() || offset.get().size() == 1) {
      double value = offset.map(t -> t.doubleAt(0)).orElse(0.0);
      at.emitInto(
          y,
          KernelOpcode.FILL,
          List.of(),
          LoweringContext.longs(y.count(), LoweringContext.bits(value)));
      return;
    }
    int[] from = IndexWalk.broadcast(offset.get().shape(), at.out());
    List<StridedLoop> axes =
        StridedLoop.merged(StridedLoop.all(at.out().sizes(), from, at.out().strides()));
    at.emitInto(
        y, KernelOpcode.COPY, List.of(at.weights(offset.get())), AxisKernels.copy(0, 0, axes));
  }

  private static void move(MemorySlot x, List<LoopNest> nests, MemorySlot y, LoweringContext at) {
    List<LoopNest> copies = nests.stream().flatMap(nest -> nest.unlisted().stream()).toList();
    boolean deep = copies.stream().anyMatch(nest -> nest.loops().size() > StridedLoop.MAX_RANK);
    if (copies.size() > MAX_COPIES || deep) {
      at.emitInto(y, KernelOpcode.NESTS, List.of(x, x), NestWords.moving(nests).attributes());
      return;
    }
    for (LoopNest copy : copies) {
      LoopNest merged = copy.merged();
      List<StridedLoop> loops =
          merged.loops().stream()
              .map(l -> new StridedLoop(l.size(), l.step(LoopNest.FIRST), l.step(LoopNest.OUT)))
              .toList();
      at.emitInto(
          y,
          KernelOpcode.COPY,
          List.of(x),
          AxisKernels.copy(
              merged.start(LoopNest.FIRST), merged.start(LoopNest.OUT), StridedLoop.merged(loops)));
    }
  }
}
