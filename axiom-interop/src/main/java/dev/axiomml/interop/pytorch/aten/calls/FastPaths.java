package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.List;

/** The fused calls that traces of transformers in eval mode hold, said in their parts. */
final class FastPaths {
  private FastPaths() {}

  /** Self-attention on (N, T, E) with queries, keys and values in one weight. */
  static AtenItem attention(AtenCall call) {
    if (!call.item("query").equals(call.item("key"))
        || !call.item("key").equals(call.item("value"))) {
      throw call.refused(
          "fused attention of different queries, keys and values",
          "the fused call is known for self-attention",
          "trace with torch.backends.mha.set_fastpath_enabled(False)");
    }
    Attended y = attended(call, call.tensor("query"), call.whole("num_head"));
    if (!call.flag("need_weights")) {
      call.skip("average_attn_weights");
      return new AtenItem.Many(List.of(new AtenItem.Flow(y.result()), AtenItem.NOTHING));
    }
    Op mean = new ReduceMean(List.of(1), false);
    boolean each = !call.flag("average_attn_weights");
    return AtenItem.tensors(List.of(y.result(), each ? y.shares() : call.emit(mean, y.shares())));
  }

  /** What attention answers, and how much each place looked at each other. */
  private record Attended(Value result, Value shares) {}

  private static Attended attended(AtenCall call, Value x, int heads) {
    if (call.given("mask")) {
      throw call.refused(
          "fused attention with a mask",
          "the fused call is known without one",
          "trace with torch.backends.mha.set_fastpath_enabled(False)");
    }
    Value all = dense(call, x, "qkv_weight", "qkv_bias");
    Value query = head(call, all, 0, heads);
    Value key = ProductCalls.exchanged(call, head(call, all, 1, heads), 2, 3);
    double scale = 1 / Math.sqrt((double) query.type().shape().dim(-1).value());
    Value scores = ArithmeticCalls.scaled(call, call.emit(new MatMul(), query, key), scale);
    Value shares = call.emit(new Softmax(3), scores);
    Value mixed = call.emit(new MatMul(), shares, head(call, all, 2, heads));
    Value joined =
        call.reshaped(ProductCalls.exchanged(call, mixed, 1, 2), x.type().shape().dims());
    return new Attended(dense(call, joined, "proj_weight", "proj_bias"), shares);
  }

  /** One of queries, keys and values as (N, heads, T, width). */
  private static Value head(AtenCall call, Value all, int which, int heads) {
    Shape shape = all.type().shape();
    Dim width = shape.dim(2).floorDiv(3);
    Value part = call.emit(new Slice(2, width.times(which), width, 1), all);
    List<Dim> dims = List.of(shape.dim(0), shape.dim(1), Dim.of(heads), width.floorDiv(heads));
    return ProductCalls.exchanged(call, call.reshaped(part, dims), 1, 2);
  }

  static Value encoderLayer(AtenCall call) {
    Value x = call.tensor("src");
    boolean before = call.flag("norm_first");
    int heads = call.whole("num_heads");
    Value attended = attended(call, before ? norm(call, x, 1) : x, heads).result();
    Value first = call.emit(new Add(), x, attended);
    Value middle = before ? first : norm(call, first, 1);
    Value fed = fed(call, before ? norm(call, middle, 2) : middle);
    Value second = call.emit(new Add(), middle, fed);
    return before ? second : norm(call, second, 2);
  }

  private static Value fed(AtenCall call, Value x) {
    Op activation = call.flag("use_gelu") ? new Gelu() : new Relu();
    Value wide = call.emit(activation, dense(call, x, "ffn_weight_1", "ffn_bias_1"));
    return dense(call, wide, "ffn_weight_2", "ffn_bias_2");
  }

  private static Value norm(AtenCall call, Value x, int which) {
    Op norm = new LayerNorm(1, call.number("eps"));
    return call.weighted(norm, x, "norm_weight_" + which, "norm_bias_" + which);
  }

  private static Value dense(AtenCall call, Value x, String weight, String bias) {
    Value matrix = call.permuted(call.tensor(weight), List.of(1, 0));
    return call.given(bias)
        ? call.emit(new Dense(), x, matrix, call.tensor(bias))
        : call.emit(new Dense(), x, matrix);
  }
}
