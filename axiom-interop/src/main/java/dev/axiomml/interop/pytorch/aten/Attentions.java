package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.MatMul;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.op.Where;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;

/** Attention: products of queries and keys, softmax, products with values. */
final class Attentions {
  private Attentions() {}

  static Value scaledDotProduct(Call call) {
    Value query = call.tensor("query");
    Value key = call.tensor("key");
    Dim width = query.type().shape().dim(-1);
    double scale =
        call.given("scale") ? call.number("scale") : 1 / Math.sqrt((double) width.value());
    int rank = key.type().shape().rank();
    Value turned = Products.exchanged(call, key, rank - 2, rank - 1);
    Value scores = Arithmetic.scaled(call, call.emit(new MatMul(), query, turned), scale);
    Value masked = masked(call, scores);
    Value shares = call.emit(new Softmax(masked.type().shape().rank() - 1), masked);
    return call.emit(new MatMul(), shares, call.tensor("value"));
  }

  private static Value masked(Call call, Value scores) {
    DType dtype = scores.type().dtype();
    if (call.flag("is_causal")) {
      return call.emit(new Add(), scores, call.constant(causal(scores.type().shape()).to(dtype)));
    }
    if (!call.given("attn_mask")) {
      return scores;
    }
    Value mask = call.tensor("attn_mask");
    if (mask.type().dtype() == DType.BOOL) {
      Value never = call.constant(Double.NEGATIVE_INFINITY, dtype);
      return call.emit(new Where(), mask, scores, never);
    }
    return call.emit(new Add(), scores, mask);
  }

  /** 0 where a query may look, −∞ at what comes after it. */
  private static Tensor causal(Shape scores) {
    int rows = scores.size(-2);
    int columns = scores.size(-1);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % columns > i / columns ? Float.NEGATIVE_INFINITY : 0;
    }
    return Tensor.of(Shape.of(rows, columns), values);
  }
}
