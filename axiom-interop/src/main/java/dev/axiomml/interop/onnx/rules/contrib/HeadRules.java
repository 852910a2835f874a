package dev.axiomml.interop.onnx.rules.contrib;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.BorrowedNode;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.attention.AttentionHeads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime's attention operators, put together from products and softmax. */
final class HeadRules {
  static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Attention", HeadRules::attention),
          entry("GroupQueryAttention", at -> GroupedQueries.of(at).emit()),
          entry("MultiHeadAttention", HeadRules::multiHead),
          entry("RotaryEmbedding", HeadRules::rotary));

  private HeadRules() {}

  private static List<Value> attention(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    Value product = steps.product(at.in(0), at.in(1));
    Value all = at.has(2) ? steps.plus(product, at.in(2)) : product;
    refuse(at, "past_present_share_buffer", "the cache is a value of its own");
    return packed(at, all, new Packed(3, 4, 5));
  }

  /** Where the operands of packed attention are: mask, past, what is added to the scores. */
  record Packed(int mask, int past, int bias) {}

  /** Attention on queries, keys and values beside each other on the last axis. */
  static List<Value> packed(OnnxNodeContext at, Value all, Packed operands) {
    refuse(at, "do_rotary", "turn the queries and keys by a RotaryEmbedding");
    OnnxSteps steps = new OnnxSteps(at);
    int count = at.attributes().integer("num_heads", 0);
    List<Value> parts = new ArrayList<>();
    Dim start = Dim.ZERO;
    for (Dim width : widths(at, OnnxSteps.shape(all).dim(2))) {
      parts.add(AttentionHeads.split(at, steps.slice(all, 2, start, width), count));
      start = start.plus(width);
    }
    Value key = cached(at, operands.past(), 0, parts.get(1));
    Value value = cached(at, operands.past(), 1, parts.get(2));
    AttentionHeads heads = new AttentionHeads(at, parts.get(0), key, value);
    Value scores = new KeyMask(heads, operands.mask()).on(heads.scores());
    if (at.has(operands.bias())) {
      scores = steps.plus(scores, at.in(operands.bias()));
    }
    Value y = heads.answer(sided(heads, scores));
    if (!at.wants(1)) {
      return List.of(y);
    }
    return List.of(y, steps.concat(0, steps.unsqueeze(key, 0), steps.unsqueeze(value, 0)));
  }

  private static Value sided(AttentionHeads heads, Value scores) {
    boolean causal = heads.at().attributes().flag("unidirectional", false);
    return causal ? heads.causal(scores, Optional.empty()) : scores;
  }

  static void refuse(OnnxNodeContext at, String flag, String instead) {
    if (at.attributes().flag(flag, false)) {
      throw at.refuse(at.op() + " with " + flag, instead);
    }
  }

  private static List<Dim> widths(OnnxNodeContext at, Dim all) {
    Dim third = all.floorDiv(3);
    return at.attributes()
        .longs("qkv_hidden_sizes")
        .map(list -> list.stream().map(Dim::of).toList())
        .orElse(List.of(third, third, third));
  }

  /** Keys or values behind those of the past (2, N, heads, steps, width). */
  private static Value cached(OnnxNodeContext at, int past, int which, Value now) {
    if (!at.has(past)) {
      return now;
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value one = steps.slice(at.in(past), 0, Dim.of(which), Dim.ONE);
    return steps.concat(2, steps.reshape(one, at.shape(past).sub(1, 5)), now);
  }

  private static List<Value> multiHead(OnnxNodeContext at) {
    if (at.has(8) || at.has(9)) {
      throw at.refuse(at.op() + " on a shared buffer", "the cache is a value of its own");
    }
    if (!at.has(1) || !at.has(2)) {
      throw at.refuse(at.op() + " of packed operands", "query, key and value are one operand each");
    }
    int count = at.attributes().integer("num_heads", 0);
    List<Optional<Value>> biases = biases(at);
    Value query = AttentionHeads.split(at, biased(at, at.in(0), biases.get(0)), count);
    boolean made = at.rank(1) == 4 && at.rank(2) == 4;
    Value key =
        made ? at.in(1) : AttentionHeads.split(at, biased(at, at.in(1), biases.get(1)), count);
    Value value =
        made ? at.in(2) : AttentionHeads.split(at, biased(at, at.in(2), biases.get(2)), count);
    OnnxSteps steps = new OnnxSteps(at);
    Value keys = at.has(6) ? steps.concat(2, at.in(6), key) : key;
    Value values = at.has(7) ? steps.concat(2, at.in(7), value) : value;
    AttentionHeads heads = new AttentionHeads(at, query, keys, values);
    Value scores = new KeyMask(heads, 4).on(heads.scores());
    if (at.has(5)) {
      scores = steps.plus(scores, at.in(5));
    }
    return List.of(heads.answer(sided(heads, scores)), keys, values);
  }

  private static Value biased(OnnxNodeContext at, Value x, Optional<Value> bias) {
    return bias.map(b -> new OnnxSteps(at).plus(x, b)).orElse(x);
  }

  /** The parts of the bias that belong to queries, keys and values. */
  private static List<Optional<Value>> biases(OnnxNodeContext at) {
    if (!at.has(3)) {
      return List.of(Optional.empty(), Optional.empty(), Optional.empty());
    }
    Dim query = at.shape(0).dim(2);
    Dim rest = at.shape(3).dim(0).minus(query).minus(query);
    List<Optional<Value>> parts = new ArrayList<>();
    Dim start = Dim.ZERO;
    for (Dim width : List.of(query, query, rest)) {
      parts.add(Optional.of(new OnnxSteps(at).slice(at.in(3), 0, start, width)));
      start = start.plus(width);
    }
    return parts;
  }

  /** Like the standard's, with the positions in front of the tables. */
  private static List<Value> rotary(OnnxNodeContext at) {
    refuse(at, "is_packed_batching", "samples of different lengths are padded");
    if (at.attributes().number("scale", 1) != 1) {
      throw at.refuse("RotaryEmbedding with a scale", "the tables have their scale already");
    }
    Dim steps = at.shape(0).dim(at.rank(0) == 4 ? 2 : 1);
    Value positions = at.rank(1) == 2 ? at.in(1) : counted(at, at.in(1), steps);
    List<Optional<Value>> in = List.of(at.any(0), at.any(2), at.any(3), Optional.of(positions));
    boolean untold = at.rank(0) == 3 && at.attributes().integer("num_heads", 0) == 0;
    return new BorrowedNode(at, "RotaryEmbedding")
        .on(in, untold ? List.of(BorrowedNode.setting("num_heads", count(at))) : List.of());
  }

  private static long count(OnnxNodeContext at) {
    Dim hidden = at.shape(0).dim(2);
    Dim half = at.shape(2).dim(1);
    if (!hidden.isFixed() || !half.isFixed()) {
      throw at.later("heads of " + hidden + " features", "their number follows from the table");
    }
    return hidden.value() / (2 * half.value());
  }

  /** Positions (1, steps) from a first one on. */
  static Value counted(OnnxNodeContext at, Value first, Dim count) {
    OnnxSteps steps = new OnnxSteps(at);
    Value rising = steps.cast(steps.rising(DType.FLOAT64, count), first.type().dtype());
    Value base = steps.reshape(first, Shape.of(1));
    return steps.unsqueeze(at.emit(new Arithmetic(Arithmetic.Kind.ADD), base, rising), 0);
  }
}
