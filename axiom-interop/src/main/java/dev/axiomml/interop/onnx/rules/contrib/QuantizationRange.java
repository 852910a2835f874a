package dev.axiomml.interop.onnx.rules.contrib;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.QuantRules;
import java.util.Optional;

/**
 * The integers that a quantised answer is rounded to.
 *
 * @param at the node
 * @param scale where the scale is among the operands; the zero point, if any, follows
 * @param dtype what the answer has without a zero point
 */
record QuantizationRange(OnnxNodeContext at, int scale, DType dtype) {
  static QuantizationRange of(OnnxNodeContext at, int scale, DType dtype) {
    return new QuantizationRange(at, scale, dtype);
  }

  private Optional<Value> zero() {
    return at.any(scale + 1).map(z -> new OnnxSteps(at).reshape(z, Shape.SCALAR));
  }

  private DType to() {
    return at.has(scale + 1) ? at.dtype(scale + 1) : dtype;
  }

  /** Real numbers in steps of the scale. */
  Value divided(Value real) {
    Value step = LinearRules.number(at, scale, real.type().dtype());
    return rounded(QuantRules.quotient(at, real, step));
  }

  /** Numbers of steps, rounded and then moved by the zero point. */
  Value rounded(Value count) {
    return QuantRules.integers(at, count, zero(), to());
  }

  /** Numbers of steps, moved by the zero point and then rounded. */
  Value moved(Value count) {
    OnnxSteps steps = new OnnxSteps(at);
    Value sum =
        zero().map(z -> steps.plus(count, steps.cast(z, count.type().dtype()))).orElse(count);
    return QuantRules.integers(at, sum, Optional.empty(), to());
  }
}
