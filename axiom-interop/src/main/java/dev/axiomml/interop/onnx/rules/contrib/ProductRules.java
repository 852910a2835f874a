package dev.axiomml.interop.onnx.rules.contrib;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.BorrowedNode;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.ExactSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime's products and embeddings of 8-bit integers; sums are exact. */
final class ProductRules {
  static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("DynamicQuantizeLSTM", QuantizedLstm::emit),
          entry("DynamicQuantizeMatMul", ProductRules::dynamic),
          entry("MatMulIntegerToFloat", ProductRules::toFloat),
          entry("QAttention", ProductRules::attention),
          entry("QEmbedLayerNormalization", ProductRules::embedded),
          entry("QGemm", ProductRules::gemm));

  private ProductRules() {}

  /** An integer matrix less its zero point, as floats. */
  private static Value less(OnnxNodeContext at, Value x, Optional<Value> zero, DType dtype) {
    if (x.type().dtype().bytes() > 1 || !x.type().dtype().isInteger()) {
      throw at.refuse(at.op() + " of " + x.type().dtype(), "it multiplies integers of 8 bits");
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value wide = steps.cast(x, dtype);
    return zero.map(z -> steps.minus(wide, steps.cast(single(at, z), dtype))).orElse(wide);
  }

  /** A list of one number without its axis; other lists are one number a column. */
  private static Value single(OnnxNodeContext at, Value x) {
    Shape shape = OnnxSteps.shape(x);
    return shape.volume().equals(Dim.ONE) ? new OnnxSteps(at).reshape(x, Shape.SCALAR) : x;
  }

  /**
   * Sums times the product of two scales, in single precision as ONNX Runtime has it: exact sums,
   * rounded once, and not by way of weights that were scaled before.
   */
  private static Value scaled(OnnxNodeContext at, Value sums, Value a, Value b) {
    OnnxSteps steps = new OnnxSteps(at);
    Value factor = steps.cast(steps.times(single(at, a), single(at, b)), DType.FLOAT64);
    Value y = steps.times(steps.cast(sums, DType.FLOAT64), factor);
    return steps.cast(y, a.type().dtype());
  }

  /** The left matrix is quantised by its own range. */
  private static List<Value> dynamic(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    List<Value> left = new BorrowedNode(at, "DynamicQuantizeLinear").on(at.in(0));
    DType dtype = new ExactSums(at, 1, 3, 1).dtype();
    Value a = less(at, left.get(0), Optional.of(left.get(2)), dtype);
    Value sums = steps.product(a, less(at, at.in(1), at.any(3), dtype));
    Value y = scaled(at, sums, left.get(1), at.in(2));
    return List.of(at.has(4) ? steps.plus(y, at.in(4)) : y);
  }

  private static List<Value> toFloat(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    DType dtype = new ExactSums(at, 1, 5, 1).dtype();
    Value b = less(at, at.in(1), at.any(5), dtype);
    Value sums = steps.product(less(at, at.in(0), at.any(4), dtype), b);
    Value y = scaled(at, sums, at.in(2), at.in(3));
    return List.of(at.has(6) ? steps.plus(y, at.in(6)) : y);
  }

  private static Value turned(OnnxNodeContext at, int i, String attribute) {
    return at.attributes().flag(attribute, false) ? at.emit(Permute.of(1, 0), at.in(i)) : at.in(i);
  }

  /** The offset has the product of the scales for its own; without a scale the answer is real. */
  private static List<Value> gemm(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    int columns = at.attributes().flag("transB", false) ? 0 : 1;
    DType dtype = new ExactSums(at, 3, 5, columns).dtype();
    Value a = less(at, turned(at, 0, "transA"), at.any(2), dtype);
    Value b = less(at, turned(at, 3, "transB"), at.any(5), dtype);
    Value sums = steps.cast(steps.product(a, b), DType.FLOAT64);
    if (at.has(6)) {
      sums = steps.plus(sums, steps.cast(at.in(6), DType.FLOAT64));
    }
    double alpha = at.attributes().number("alpha", 1);
    Value factor = steps.times(single(at, at.in(1)), single(at, at.in(4)));
    Value real = steps.times(sums, steps.cast(steps.times(factor, alpha), DType.FLOAT64));
    return List.of(
        at.has(7)
            ? QuantizationRange.of(at, 7, at.dtype(0)).divided(real)
            : steps.cast(real, at.dtype(1)));
  }

  private static List<Value> attention(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    DType dtype = new ExactSums(at, 1, 7, 1).dtype();
    Value weights = less(at, at.in(1), at.any(7), dtype);
    Value sums = steps.product(less(at, at.in(0), at.any(6), dtype), weights);
    Value all = steps.plus(scaled(at, sums, at.in(3), at.in(4)), at.in(2));
    HeadRules.refuse(at, "past_present_share_buffer", "the cache is a value of its own");
    return HeadRules.packed(at, all, new HeadRules.Packed(5, 8, at.operands()));
  }

  /** Tables, factors and offsets of 8 bits, then their scales, then their zero points. */
  private static List<Value> embedded(OnnxNodeContext at) {
    List<Optional<Value>> in = new ArrayList<>(List.of(at.any(0), at.any(1)));
    for (int i = 2; i < 7; i++) {
      in.add(at.has(i) ? Optional.of(real(at, i)) : Optional.empty());
    }
    in.add(at.any(7));
    return SkipRules.embedded(at.borrowed(at.node(), in));
  }

  private static Value real(OnnxNodeContext at, int i) {
    return new BorrowedNode(at, "DequantizeLinear")
        .on(at.in(i), at.in(i + 6), at.in(i + 11))
        .get(0);
  }
}
