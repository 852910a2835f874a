package dev.axiomml.interop.onnx.rules.attention;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.Optional;

/**
 * Queries, keys and values of ONNX Runtime's attention operators.
 *
 * @param at the node
 * @param query (N, heads, S, width)
 * @param key (N, heads, T, width), the past in front
 * @param value (N, heads, T, width of values), the past in front
 */
public record AttentionHeads(OnnxNodeContext at, Value query, Value key, Value value) {
  /** (N, S, heads · width) as (N, heads, S, width). */
  public static Value split(OnnxNodeContext at, Value x, int heads) {
    if (heads <= 0) {
      throw at.refuse(at.op() + " of " + heads + " heads", "it says how to unpack");
    }
    Shape shape = OnnxSteps.shape(x);
    if (shape.rank() != 3) {
      throw at.refuse(
          at.op() + " of queries, keys or values packed as " + shape,
          "they are batch × steps × features, one operand each");
    }
    Shape apart = Shape.of(shape.dim(0), shape.dim(1), Dim.of(heads), shape.dim(2).floorDiv(heads));
    OnnxSteps steps = new OnnxSteps(at);
    return steps.permute(steps.reshape(x, apart), 0, 2, 1, 3);
  }

  /** The number of keys that stand in front of the first query's own. */
  Dim past() {
    return OnnxSteps.shape(key).dim(2).minus(OnnxSteps.shape(query).dim(2));
  }

  /** Products of queries and keys, scaled. */
  public Value scores() {
    OnnxSteps steps = new OnnxSteps(at);
    Value turned = steps.permute(AttentionRules.shared(at, query, key), 0, 1, 3, 2);
    return steps.times(steps.product(query, turned), scale());
  }

  private double scale() {
    double stated = at.attributes().number("scale", 0);
    Dim width = OnnxSteps.shape(query).dim(-1);
    if (stated == 0 && !width.isFixed()) {
      throw at.later("heads of the free size " + width, "the scale follows from it");
    }
    return stated == 0 ? 1 / Math.sqrt((double) width.value()) : stated;
  }

  /** Scores of keys behind the query, or further in front of it than a window is, are −∞. */
  public Value causal(Value scores, Optional<Integer> window) {
    OnnxSteps steps = new OnnxSteps(at);
    Dim keys = OnnxSteps.shape(key).dim(2);
    Dim queries = OnnxSteps.shape(query).dim(2);
    if (queries.equals(Dim.ONE) && window.isEmpty()) {
      return scores;
    }
    Value columns = steps.rising(DType.FLOAT32, keys);
    Value rows = steps.unsqueeze(steps.slice(columns, 0, past(), queries), 1);
    Value seen = at.emit(new Compare(Compare.Kind.LESS_OR_EQUAL), columns, rows);
    Value y = steps.where(seen, scores, Double.NEGATIVE_INFINITY);
    if (window.isEmpty()) {
      return y;
    }
    Value first = steps.plus(rows, -window.get());
    Value near = at.emit(new Compare(Compare.Kind.GREATER), columns, first);
    return steps.where(near, y, Double.NEGATIVE_INFINITY);
  }

  /** The answer (N, S, heads · width of values) for scores that are masked. */
  public Value answer(Value masked) {
    return joined(at.emit(new Softmax(3, true), masked));
  }

  /** The answer for shares. */
  public Value joined(Value shares) {
    OnnxSteps steps = new OnnxSteps(at);
    return together(steps, steps.product(shares, AttentionRules.shared(at, query, value)));
  }

  /** (N, heads, S, width) as (N, S, heads · width). */
  static Value together(OnnxSteps steps, Value y) {
    Shape shape = OnnxSteps.shape(y);
    Shape flat = Shape.of(shape.dim(0), shape.dim(2), shape.dim(1).times(shape.dim(3)));
    return steps.reshape(steps.permute(y, 0, 2, 1, 3), flat);
  }
}
