package dev.axiomml.core.run;

import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.ElementGather;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** Runs steps that only move elements, of any type. */
final class MoveExecution {
  private MoveExecution() {}

  static Tensor run(MoveOp op, List<Tensor> in, List<Shape> shapes) {
    Shape out = op.out(shapes);
    ElementGather target = new ElementGather(in.get(0).dtype(), out.count());
    op.offset(shapes)
        .ifPresent(
            fill ->
                target.copy(
                    fill.to(in.get(0).dtype()),
                    IndexWalk.walk(out.sizes(), IndexWalk.broadcast(fill.shape(), out))));
    for (int operand = 0; operand < in.size(); operand++) {
      op.taps(operand, shapes, new Lines(in.get(operand), target));
    }
    return target.done(out);
  }

  private record Lines(Tensor source, ElementGather target) implements TapReceiver {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      throw new IllegalStateException("a step that moves elements has no weights");
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      target.line(source, new int[] {out, outStep}, new int[] {in, inStep}, n);
    }
  }
}
