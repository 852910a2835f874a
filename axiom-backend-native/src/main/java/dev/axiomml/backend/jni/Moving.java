package dev.axiomml.backend.jni;

import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Taps;
import dev.axiomml.core.tensor.Indices;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any operator that only moves elements, from its taps: strided copies, or a list of lines. */
final class Moving {
  /** Above so many copies one instruction with all lines is better. */
  private static final int MAX_COPIES = 8;

  private Moving() {}

  static Optional<Slot> lower(MoveOp op, Site at) {
    List<List<Nest>> operands = new ArrayList<>();
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
    Slot y = at.listing().intermediate(at.out().count());
    if (written < y.count()) {
      fill(op.offset(at.shapes()), y, at);
    }
    for (int operand = 0; operand < operands.size(); operand++) {
      move(at.in().get(operand), operands.get(operand), y, at);
    }
    return Optional.of(y);
  }

  private static boolean fits(List<Nest> lines) {
    return Nest.joined(lines).size() <= MAX_COPIES || Tapped.canMove(lines);
  }

  private static void fill(Optional<Tensor> offset, Slot y, Site at) {
    if (offset.isEmpty() || offset.get().size() == 1) {
      double value = offset.map(t -> t.doubleAt(0)).orElse(0.0);
      at.emitInto(y, Opcode.FILL, List.of(), Site.longs(y.count(), Site.bits(value)));
      return;
    }
    int[] from = Indices.broadcast(offset.get().shape(), at.out());
    List<Axis> axes = Axis.merged(Axis.all(at.out().sizes(), from, at.out().strides()));
    at.emitInto(y, Opcode.COPY, List.of(at.weights(offset.get())), Lines.copy(0, 0, axes));
  }

  private static void move(Slot x, List<Nest> lines, Slot y, Site at) {
    List<Nest> nests = Nest.joined(lines);
    if (nests.size() > MAX_COPIES) {
      at.emitInto(y, Opcode.TAPS, List.of(x, x), Tapped.moves(lines));
      return;
    }
    for (Nest nest : nests) {
      at.emitInto(y, Opcode.COPY, List.of(x), Lines.copy(nest.from(), nest.to(), nest.axes()));
    }
  }

  private record Collected(List<Nest> nests) implements Taps {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      throw new IllegalStateException("a step that moves elements has no weights");
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      if (n > 0) {
        nests.add(new Nest(in, out, List.of(new Axis(n, inStep, outStep))));
      }
    }
  }
}
