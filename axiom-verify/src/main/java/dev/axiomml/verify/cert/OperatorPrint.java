package dev.axiomml.verify.cert;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/** An operator in a content hash: its text, and what it does. */
final class OperatorPrint {
  private OperatorPrint() {}

  static void write(Node at, ContentFingerprint print) {
    Op op = at.op();
    print.text(op.getClass().getName()).text(op.toString());
    boolean fixed = at.inTypes().stream().allMatch(type -> type.isTensor() && isFixed(type));
    if (fixed) {
      doing(op, at.inTypes().stream().map(Type::shape).toList(), print);
    }
  }

  private static boolean isFixed(Type type) {
    return type.shape().isFixed();
  }

  private static void doing(Op op, List<Shape> in, ContentFingerprint print) {
    if (op instanceof SumOp sum) {
      for (SumTerm term : sum.terms(in)) {
        nests(term.nests(), print.number(term.operand()).number(term.factor()));
      }
      print.tensor(sum.table(in)).number(sum.extraRoundings());
      if (sum instanceof MoveOp move) {
        move.fill(in).ifPresent(print::tensor);
      }
    } else if (op instanceof WindowOp window) {
      nests(window.nests(in.get(0)), print);
    }
  }

  private static void nests(List<LoopNest> nests, ContentFingerprint print) {
    print.number(nests.size());
    for (LoopNest nest : nests) {
      LoopNest merged = nest.merged();
      print.number(merged.loops().size());
      for (int role = LoopNest.OUT; role <= LoopNest.SECOND; role++) {
        print.number(merged.start(role));
      }
      merged.loops().forEach(loop -> loop(loop, print));
    }
  }

  private static void loop(Loop loop, ContentFingerprint print) {
    print.number(loop.size()).number(loop.isListed() ? 1 : 0);
    for (int role = LoopNest.OUT; role <= LoopNest.SECOND; role++) {
      print.number(loop.step(role));
      for (int turn = 0; loop.isListed() && turn < loop.size(); turn++) {
        print.number(loop.at(role, turn));
      }
    }
  }
}
