package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attention, with its mask as PyTorch states it. */
final class AttentionCalls {
  private AttentionCalls() {}

  static Value scaledDotProduct(AtenCall call) {
    Value query = call.tensor("query");
    Value key = shared(call, query, "key");
    Dim width = query.type().shape().dim(-1);
    double scale =
        call.given("scale") ? call.number("scale") : 1 / Math.sqrt((double) width.value());
    int rank = key.type().shape().rank();
    Value turned = ProductCalls.exchanged(call, key, rank - 2, rank - 1);
    List<Value> in = new ArrayList<>(List.of(query, turned, shared(call, query, "value")));
    mask(call, query, turned).ifPresent(in::add);
    return call.emit(new Attention(scale), in.toArray(Value[]::new));
  }

  /** Keys or values, each as often as it serves a head of the queries. */
  private static Value shared(AtenCall call, Value query, String name) {
    Value x = call.tensor(name);
    if (!call.flag("enable_gqa")) {
      return x;
    }
    Shape shape = x.type().shape();
    int axis = shape.rank() - 3;
    long times = query.type().shape().dim(axis).value() / shape.dim(axis).value();
    return times == 1 ? x : SortingCalls.repeated(call, x, axis, Dim.of(times));
  }

  private static Optional<Value> mask(AtenCall call, Value query, Value turned) {
    if (call.flag("is_causal")) {
      Shape scores = Shape.of(query.type().shape().dim(-2), turned.type().shape().dim(-1));
      return Optional.of(call.constant(causal(call, scores).to(query.type().dtype())));
    }
    return call.given("attn_mask") ? Optional.of(call.tensor("attn_mask")) : Optional.empty();
  }

  /** 0 where a query may look, −∞ at what comes after it. */
  private static Tensor causal(AtenCall call, Shape scores) {
    int rows = scores.size(-2);
    int columns = scores.size(-1);
    float[] values = new float[CreationCalls.room(call, (double) rows * columns)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % columns > i / columns ? Float.NEGATIVE_INFINITY : 0;
    }
    return Tensor.of(Shape.of(rows, columns), values);
  }
}
