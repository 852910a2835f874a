package dev.axiomml.interop.onnx.rules.contrib;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.attention.AttentionHeads;
import java.util.List;

/**
 * ONNX Runtime's masks of keys: one number for every key, or where the keys of a sample end.
 *
 * @param heads what is masked
 * @param operand where the mask is among the node's operands
 */
record KeyMask(AttentionHeads heads, int operand) {
  private static final float USUAL = -10000f;

  /** The scores with a large negative number added where the mask hides a key. */
  Value on(Value scores) {
    OnnxNodeContext at = heads.at();
    if (!at.has(operand) || isDummy()) {
      return scores;
    }
    return switch (at.rank(operand)) {
      case 1 -> ends(scores);
      case 2 -> added(scores, kept(List.of(1, 2)));
      case 3 -> added(scores, kept(List.of(1)));
      default -> throw at.refuse("a mask of shape " + at.shape(operand), "masks have rank 1 to 3");
    };
  }

  /** A single column says nothing. */
  private boolean isDummy() {
    return heads.at().rank(operand) == 2 && heads.at().shape(operand).dim(1).equals(Dim.ONE);
  }

  /** True where a number is above zero, with new axes. */
  private Value kept(List<Integer> axes) {
    OnnxSteps steps = new OnnxSteps(heads.at());
    Value mask = heads.at().in(operand);
    for (int axis : axes) {
      mask = steps.unsqueeze(mask, axis);
    }
    Value nothing = heads.at().scalar(mask.type().dtype(), 0);
    return heads.at().emit(new Compare(Compare.Kind.GREATER), mask, nothing);
  }

  private Value added(Value scores, Value kept) {
    OnnxNodeContext at = heads.at();
    DType dtype = scores.type().dtype();
    double hidden = at.attributes().number("mask_filter_value", USUAL);
    Value bias = at.emit(new Where(), kept, at.scalar(dtype, 0), at.scalar(dtype, hidden));
    return new OnnxSteps(at).plus(scores, bias);
  }

  /** Ends of every sample, then their starts where keys are padded in front. */
  private Value ends(Value scores) {
    OnnxNodeContext at = heads.at();
    Dim samples = OnnxSteps.shape(heads.query()).dim(0);
    Dim stated = at.shape(operand).dim(0);
    boolean both = stated.equals(samples.times(2));
    if (!both && !stated.equals(samples)) {
      throw at.refuse(
          "a mask of " + stated + " numbers for " + samples + " samples",
          "a list is one end of each sample, or all ends and then all starts");
    }
    Value columns = new OnnxSteps(at).rising(DType.FLOAT32, OnnxSteps.shape(heads.key()).dim(2));
    Value before = at.emit(new Compare(Compare.Kind.LESS), columns, part(Dim.ZERO, samples));
    Value y = added(scores, before);
    if (!both) {
      return y;
    }
    Value from = part(samples, samples);
    return added(y, at.emit(new Compare(Compare.Kind.GREATER_OR_EQUAL), columns, from));
  }

  private Value part(Dim start, Dim count) {
    OnnxSteps steps = new OnnxSteps(heads.at());
    Value part = steps.slice(heads.at().in(operand), 0, start, count);
    Shape column = Shape.of(count, Dim.ONE, Dim.ONE, Dim.ONE);
    return steps.reshape(steps.cast(part, DType.FLOAT32), column);
  }
}
