package dev.axiomml.core.run;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.MoveOp;
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
    op.fill(shapes)
        .ifPresent(
            fill ->
                target.copy(
                    fill.to(in.get(0).dtype()),
                    IndexWalk.walk(out.sizes(), IndexWalk.broadcast(fill.shape(), out))));
    for (int operand = 0; operand < in.size(); operand++) {
      Tensor source = in.get(operand);
      for (LoopNest nest : op.nests(operand, shapes)) {
        nest.lines(
            (to, toStep, from, fromStep, one, still, n) ->
                target.line(source, new int[] {to, toStep}, new int[] {from, fromStep}, n));
      }
    }
    return target.done(out);
  }
}
