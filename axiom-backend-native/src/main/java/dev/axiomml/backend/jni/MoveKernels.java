package dev.axiomml.backend.jni;

import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any operator that only moves elements, from its taps: strided copies, or a list of lines. */
final class MoveKernels {
  /** Above so many copies one instruction with all lines is better. */
  private static final int MAX_COPIES = 8;

  private MoveKernels() {}

  static Optional<MemorySlot> lower(MoveOp op, LoweringContext at) {
    List<List<CopyLoops>> operands = new ArrayList<>();
    for (int operand = 0; operand < at.in().size(); operand++) {
      Collected lines = new Collected(new ArrayList<>());
      op.taps(operand, at.shapes(), lines);
      operands.add(lines.nests());
    }
    if (operands.stream().anyMatch(lines -> !fits(lines))) {
      return Optional.empty();
    }
    int written =
        operands.stream().flatMap(List::stream).mapToInt(line -> line.axes().get(0).size()).sum();
    MemorySlot y = at.listing().intermediate(at.out().count());
    if (written < y.count()) {
      fill(op.offset(at.shapes()), y, at);
    }
    for (int operand = 0; operand < operands.size(); operand++) {
      move(at.in().get(operand), operands.get(operand), y, at);
    }
    return Optional.of(y);
  }

  private static boolean fits(List<CopyLoops> lines) {
    return CopyLoops.joined(lines).size() <= MAX_COPIES || WeightedSumKernels.canMove(lines);
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

  private static void move(MemorySlot x, List<CopyLoops> lines, MemorySlot y, LoweringContext at) {
    List<CopyLoops> nests = CopyLoops.joined(lines);
    if (nests.size() > MAX_COPIES) {
      at.emitInto(y, KernelOpcode.TAPS, List.of(x, x), WeightedSumKernels.moves(lines));
      return;
    }
    for (CopyLoops nest : nests) {
      at.emitInto(
          y, KernelOpcode.COPY, List.of(x), AxisKernels.copy(nest.from(), nest.to(), nest.axes()));
    }
  }

  private record Collected(List<CopyLoops> nests) implements TapReceiver {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      throw new IllegalStateException("a step that moves elements has no weights");
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      if (n > 0) {
        nests.add(new CopyLoops(in, out, List.of(new StridedLoop(n, inStep, outStep))));
      }
    }
  }
}
