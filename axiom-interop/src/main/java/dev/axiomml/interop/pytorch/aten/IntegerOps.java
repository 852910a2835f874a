package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.index.IntegerTopK;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.IntegerCumSum;
import dev.axiomml.core.op.reduce.IntegerReduction;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Sign;
import java.util.List;
import java.util.Map;

/** The operators on whole numbers that PyTorch calls by the names of those on floats. */
final class IntegerOps {
  private static final Map<Op, Arithmetic.Kind> KINDS =
      Map.of(
          new Add(), Arithmetic.Kind.ADD,
          new Sub(), Arithmetic.Kind.SUB,
          new Mul(), Arithmetic.Kind.MUL,
          new Max(), Arithmetic.Kind.MAX,
          new Min(), Arithmetic.Kind.MIN,
          new Neg(), Arithmetic.Kind.NEG,
          new Abs(), Arithmetic.Kind.ABS,
          new Sign(), Arithmetic.Kind.SIGN,
          new Mod(true), Arithmetic.Kind.REM,
          new Mod(false), Arithmetic.Kind.MOD);

  private IntegerOps() {}

  /** The operator itself, or its twin for whole numbers where it is given such. */
  static Op fitting(Op op, List<Value> in) {
    boolean whole =
        !in.isEmpty()
            && in.stream().allMatch(x -> x.type().isTensor() && x.type().dtype().isInteger());
    return whole ? twin(op) : op;
  }

  private static Op twin(Op op) {
    if (op instanceof CumSum sum) {
      return new IntegerCumSum(sum.axis(), sum.exclusive(), sum.reverse());
    }
    if (op instanceof TopK best) {
      return new IntegerTopK(best.k(), best.axis(), best.largest());
    }
    if (KINDS.containsKey(op)) {
      return new Arithmetic(KINDS.get(op));
    }
    return IntegerReduction.twin(op).<Op>map(reduction -> reduction).orElse(op);
  }
}
