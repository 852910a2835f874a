package dev.axiomml.backend.jni;

import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any operator that states its sums as taps and has no kernel of its own. */
final class WeightedSumKernels {
  private static final int BLOCK = 0;
  private static final int LINE = 1;
  private static final int PLAIN = 2;
  private static final int MOVE = 3;

  private WeightedSumKernels() {}

  static Optional<MemorySlot> affine(AffineOp op, LoweringContext at) {
    List<Shape> shapes = at.shapes();
    Tensor coefficients = op.coefficients(shapes);
    List<Entries> operands = new ArrayList<>();
    for (int operand = 0; operand < at.in().size(); operand++) {
      Entries entries = new Entries();
      op.taps(operand, shapes, entries);
      operands.add(entries);
    }
    if (operands.stream().anyMatch(Entries::isTooMuch)) {
      return Optional.empty();
    }
    MemorySlot y = zeros(at);
    for (int operand = 0; operand < operands.size(); operand++) {
      MemorySlot x = at.in().get(operand);
      MemorySlot w = coefficients.size() == 0 ? x : at.weights(coefficients);
      at.emitInto(y, KernelOpcode.TAPS, List.of(x, w), operands.get(operand).attributes());
    }
    Optional<Tensor> offset = op.offset(shapes);
    return offset.isEmpty()
        ? Optional.of(y)
        : PairKernels.shift(new PairKernels.Sized(y, at.out()), offset.get(), at);
  }

  static Optional<MemorySlot> bilinear(BilinearOp op, LoweringContext at) {
    Entries entries = new Entries();
    op.taps(at.shape(0), at.shape(1), entries);
    if (entries.isTooMuch()) {
      return Optional.empty();
    }
    MemorySlot y = zeros(at);
    at.emitInto(y, KernelOpcode.TAPS, at.in(), entries.attributes());
    return Optional.of(y);
  }

  private static MemorySlot zeros(LoweringContext at) {
    int n = at.out().count();
    return at.emit(KernelOpcode.FILL, List.of(), n, LoweringContext.longs(n, 0));
  }

  /** Whether lines can be moved by one instruction. */
  static boolean canMove(List<CopyLoops> lines) {
    return !entries(lines).isTooMuch();
  }

  /** Attributes that move elements along lines. */
  static List<Long> moves(List<CopyLoops> lines) {
    return entries(lines).attributes();
  }

  private static Entries entries(List<CopyLoops> lines) {
    Entries entries = new Entries();
    for (CopyLoops line : lines) {
      StridedLoop axis = line.axes().get(0);
      entries.add(MOVE, line.to(), line.from(), 0);
      entries.add(axis.size(), axis.second(), axis.first(), 0);
    }
    return entries;
  }

  /** Entries of the {@code taps} kernel: eight numbers each. */
  private static final class Entries implements TapReceiver {
    private static final int WIDTH = 8;
    private static final int MAX_WORDS = 1 << 22;

    private final List<Long> words = new ArrayList<>(List.of(0L));
    private boolean tooMuch;

    boolean isTooMuch() {
      return tooMuch;
    }

    List<Long> attributes() {
      words.set(0, (long) (words.size() / WIDTH));
      return words;
    }

    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      add(BLOCK, out, in, weight);
      add(nOut, nIn, row, 0);
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      add(weight < 0 ? PLAIN : LINE, out, in, Math.max(weight, 0));
      add(n, outStep, inStep, weight < 0 ? 0 : weightStep);
    }

    private void add(int a, int b, int c, int d) {
      tooMuch |= words.size() > MAX_WORDS;
      if (!tooMuch) {
        words.addAll(LoweringContext.longs(a, b, c, d));
      }
    }
  }
}
