package dev.axiomml.interop.onnx.rules.attention;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.List;

/**
 * Scaled dot-product attention with masks, a cache of keys and values, and heads that share keys.
 *
 * @param at the node
 * @param query (N, heads, S, width)
 * @param key (N, heads, T, width), the cached ones in front
 * @param value (N, heads, T, width of values), the cached ones in front
 */
record AttentionRule(OnnxNodeContext at, Value query, Value key, Value value) {
  static AttentionRule of(OnnxNodeContext at) {
    return new AttentionRule(
        at,
        heads(at, 0, "q_num_heads"),
        cached(at, 4, heads(at, 1, "kv_num_heads")),
        cached(at, 5, heads(at, 2, "kv_num_heads")));
  }

  private static boolean packed(OnnxNodeContext at) {
    return at.rank(0) == 3;
  }

  /** (N, S, heads · width) as (N, heads, S, width). */
  private static Value heads(OnnxNodeContext at, int i, String attribute) {
    if (!packed(at)) {
      return at.in(i);
    }
    int heads = at.attributes().integer(attribute, 0);
    if (heads <= 0) {
      throw at.refuse("Attention of rank 3 without " + attribute, "it says how to unpack");
    }
    return AttentionHeads.split(at, at.in(i), heads);
  }

  private static Value cached(OnnxNodeContext at, int past, Value now) {
    return at.has(past) ? new OnnxSteps(at).concat(2, at.in(past), now) : now;
  }

  List<Value> emit() {
    OnnxSteps steps = new OnnxSteps(at);
    AttentionMasks masking = AttentionMasks.of(this);
    Value plain = AttentionRules.scores(at, query, AttentionRules.shared(at, query, key));
    Value capped = capped(steps, plain);
    Value masked = masking.on(capped);
    DType own = plain.type().dtype();
    Value wide = steps.cast(masked, AttentionRules.precision(at).orElse(own));
    Value shares = steps.cast(masking.guarded(at.emit(new Softmax(3, true), wide)), own);
    Value y = steps.product(shares, AttentionRules.shared(at, query, value));
    return List.of(
        packed(at) ? AttentionHeads.together(steps, y) : y,
        key,
        value,
        shown(plain, capped, masked, shares));
  }

  private Value capped(OnnxSteps steps, Value scores) {
    double cap = at.attributes().number("softcap", 0);
    return cap == 0 ? scores : steps.times(at.emit(new Tanh(), steps.times(scores, 1 / cap)), cap);
  }

  private Value shown(Value plain, Value capped, Value masked, Value shares) {
    int mode = at.attributes().integer("qk_matmul_output_mode", 0);
    List<Value> all = List.of(plain, capped, masked, shares);
    if (mode < 0 || mode >= all.size()) {
      throw at.refuse("qk_matmul_output_mode " + mode, "modes 0 to 3 are known");
    }
    return all.get(mode);
  }
}
