package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.Arrays;
import java.util.List;

/** Whole numbers that are computed by way of doubles, where those are exact. */
final class ExactIntegers {
  private static final double EXACT = 0x1p53;

  private ExactIntegers() {}

  /** A float type that holds every number of an operand's type; int64 waits for its numbers. */
  static DType wide(OnnxNodeContext at) {
    DType dtype = at.dtype(0);
    if (dtype.bytes() == 8) {
      Tensor x = at.require(0);
      if (Arrays.stream(x.toLongs()).anyMatch(n -> n < 0 ? n < -(1L << 53) : n > 1L << 53)) {
        throw at.refuse(
            at.op() + " of numbers beyond 2⁵³", "they are computed in doubles, exact up to there");
      }
    }
    return DType.FLOAT64;
  }

  /** A reduction of whole numbers; refused where doubles would round. */
  static List<RuntimeValue> reduced(Op reduction, Tensor x) {
    if (reduction instanceof ReduceMean mean) {
      return mean(reduced(new ReduceSum(mean.axes(), mean.keep()), x).get(0).tensor(), x);
    }
    double[] magnitudes = Arrays.stream(x.toDoubles()).map(Math::abs).toArray();
    Tensor wide = Tensor.ofDoubles(x.shape(), DType.FLOAT64, x.toDoubles());
    Node node = new Node(0, "", reduction, List.of(), List.of());
    Tensor y = new Interpreter().node(node, List.of(wide)).get(0).tensor();
    boolean exact =
        Arrays.stream(y.toDoubles()).allMatch(v -> Math.abs(v) < EXACT || Double.isInfinite(v))
            && Arrays.stream(magnitudes).sum() < EXACT;
    if (!exact) {
      throw refused(
          reduction.title() + " of " + x.dtype() + " beyond 2⁵³", "doubles round from there on");
    }
    long[] whole = Arrays.stream(y.toDoubles()).mapToLong(v -> whole(v, x.dtype())).toArray();
    return List.of(Tensor.ofIntegers(y.shape(), x.dtype(), whole));
  }

  /** Sums divided as integers are, toward zero. */
  private static List<RuntimeValue> mean(Tensor sums, Tensor x) {
    if (x.size() == 0 && sums.size() > 0) {
      throw refused("ReduceMean of no " + x.dtype(), "nothing has no mean that is a whole number");
    }
    long count = sums.size() == 0 ? 1 : x.size() / sums.size();
    long[] means = Arrays.stream(sums.toLongs()).map(sum -> sum / count).toArray();
    return List.of(Tensor.ofIntegers(sums.shape(), x.dtype(), means));
  }

  private static AxiomException refused(String what, String why) {
    return new AxiomException(new Diagnosis(what, "", why, "cast to float before it"));
  }

  /** Toward zero; the largest or the smallest of nothing is an end of the type. */
  private static long whole(double value, DType dtype) {
    if (!Double.isInfinite(value)) {
      return (long) value;
    }
    boolean signed = dtype != DType.BOOL && !dtype.isUnsigned();
    int bits = dtype == DType.BOOL ? 1 : dtype.bits();
    long least = signed ? -1L << (bits - 1) : 0;
    long most = signed ? ~least : -1L >>> (Long.SIZE - bits);
    return value > 0 ? most : least;
  }
}
