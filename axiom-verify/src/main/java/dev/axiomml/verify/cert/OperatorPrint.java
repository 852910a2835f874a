package dev.axiomml.verify.cert;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/** An operator in a content hash: its text, its weights, and what it does. */
final class OperatorPrint {
  private OperatorPrint() {}

  static void write(Node at, ContentFingerprint print) {
    Op op = at.op();
    print.text(op.getClass().getName()).text(op.toString());
    op.parameters().forEach(p -> print.text(p.name()).tensor(p.tensor()));
    boolean fixed = at.inTypes().stream().allMatch(type -> type.isTensor() && isFixed(type));
    if (fixed) {
      doing(op, at.inTypes().stream().map(Type::shape).toList(), print);
    }
  }

  private static boolean isFixed(Type type) {
    return type.shape().isFixed();
  }

  private static void doing(Op op, List<Shape> in, ContentFingerprint print) {
    if (op instanceof AffineOp affine) {
      for (int operand = 0; operand < in.size(); operand++) {
        affine.taps(operand, in, new Printed(print.text("operand")));
      }
      print.tensor(affine.coefficients(in)).number(affine.extraRoundings());
      affine.offset(in).ifPresent(print::tensor);
    } else if (op instanceof BilinearOp bilinear) {
      bilinear.taps(in.get(0), in.get(1), new Printed(print));
    } else if (op instanceof WindowOp window) {
      window.windows(in.get(0), (out, inputs, count) -> window(print.number(out), inputs, count));
    }
  }

  private static void window(ContentFingerprint print, int[] inputs, int count) {
    print.number(count);
    for (int i = 0; i < count; i++) {
      print.number(inputs[i]);
    }
  }

  /** Taps as numbers. */
  private record Printed(ContentFingerprint print) implements TapReceiver {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      print.number(out).number(nOut).number(in).number(nIn).number(weight).number(row);
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      print.number(out).number(outStep).number(in).number(inStep);
      print.number(n).number(weight).number(weightStep);
    }
  }
}
