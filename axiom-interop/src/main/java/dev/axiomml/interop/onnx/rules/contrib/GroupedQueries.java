package dev.axiomml.interop.onnx.rules.contrib;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.BorrowedNode;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.attention.AttentionHeads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ONNX Runtime's attention of many heads of queries on few of keys.
 *
 * <p>Without a past, lengths of samples only tell which rows are padding: those before them do not
 * see it. With a past they must say that all of it counts, which is checked on each run.
 *
 * @param at the node
 * @param heads queries and keys turned by their positions where the node says so
 */
record GroupedQueries(OnnxNodeContext at, AttentionHeads heads) {
  private static final int PAST = 3;
  private static final int LENGTHS = 5;
  private static final int COSINES = 7;
  private static final int SINES = 8;
  private static final int POSITIONS = 9;
  private static final int BIAS = 10;
  private static final int SINK = 11;

  static GroupedQueries of(OnnxNodeContext at) {
    known(at);
    int many = at.attributes().integer("num_heads", 0);
    int few = at.attributes().integer("kv_num_heads", 0);
    List<Value> parts = at.has(1) ? List.of(at.in(0), at.in(1), at.in(2)) : apart(at, many, few);
    Value query = turned(at, AttentionHeads.split(at, parts.get(0), many));
    Value key = turned(at, AttentionHeads.split(at, parts.get(1), few));
    Value value = AttentionHeads.split(at, parts.get(2), few);
    return new GroupedQueries(
        at, new AttentionHeads(at, query, cached(at, PAST, key), cached(at, PAST + 1, value)));
  }

  private static boolean hasPast(OnnxNodeContext at) {
    return at.has(PAST) && !past(at).equals(Dim.ZERO);
  }

  private static Dim past(OnnxNodeContext at) {
    return at.has(PAST) ? at.shape(PAST).dim(2) : Dim.ZERO;
  }

  private static Value cached(OnnxNodeContext at, int past, Value now) {
    return hasPast(at) ? new OnnxSteps(at).concat(2, at.in(past), now) : now;
  }

  private Value counted() {
    Value past = at.in(PAST);
    return at.emit(new CountedKeys(), at.in(LENGTHS), at.in(LENGTHS + 1), heads.key(), past);
  }

  private static void known(OnnxNodeContext at) {
    if (hasPast(at) && at.has(POSITIONS)) {
      throw at.refuse(
          "GroupQueryAttention with a past and positions", "positions follow those of the past");
    }
    for (int i = 12; i < at.operands(); i++) {
      if (at.has(i)) {
        throw at.refuse(
            "GroupQueryAttention with operand " + i, "caches are floats, heads have no norm");
      }
    }
    HeadRules.refuse(at, "qk_output", "scores are not answered");
    HeadRules.refuse(at, "sliding_window_cache", "the cache holds all steps");
  }

  private static List<Value> apart(OnnxNodeContext at, int many, int few) {
    Dim width = at.shape(0).dim(2).floorDiv(many + 2 * few);
    List<Value> parts = new ArrayList<>();
    Dim start = Dim.ZERO;
    for (int count : new int[] {many, few, few}) {
      parts.add(new OnnxSteps(at).slice(at.in(0), 2, start, width.times(count)));
      start = start.plus(width.times(count));
    }
    return parts;
  }

  /** Heads turned by their positions, which count from the first given one, else from the past. */
  private static Value turned(OnnxNodeContext at, Value x) {
    if (!at.attributes().flag("do_rotary", false)) {
      return x;
    }
    List<Optional<Value>> in = new ArrayList<>(List.of(Optional.of(x)));
    for (int table : new int[] {COSINES, SINES}) {
      in.add(Optional.of(rows(at, table, OnnxSteps.shape(x).dim(2))));
    }
    boolean pairs = at.attributes().flag("rotary_interleaved", false);
    Dim half = at.shape(COSINES).dim(1);
    if (!half.isFixed()) {
      throw at.later("tables of the free size " + half, "they say how much of a head turns");
    }
    return new BorrowedNode(at, "RotaryEmbedding")
        .on(
            in,
            List.of(
                BorrowedNode.setting("interleaved", pairs ? 1 : 0),
                BorrowedNode.setting("rotary_embedding_dim", 2 * half.value())))
        .get(0);
  }

  private static Value rows(OnnxNodeContext at, int table, Dim count) {
    OnnxSteps steps = new OnnxSteps(at);
    if (!at.has(POSITIONS)) {
      return steps.unsqueeze(steps.slice(at.in(table), 0, past(at), count), 0);
    }
    Value first =
        steps.slice(steps.slice(at.in(POSITIONS), 0, Dim.ZERO, Dim.ONE), 1, Dim.ZERO, Dim.ONE);
    Value positions = HeadRules.counted(at, first, count);
    return new BorrowedNode(at, "Gather").on(at.in(table), positions).get(0);
  }

  List<Value> emit() {
    OnnxSteps steps = new OnnxSteps(at);
    Value scores = heads.scores();
    double cap = at.attributes().number("softcap", 0);
    if (cap != 0) {
      scores = steps.times(at.emit(new Tanh(), steps.times(scores, 1 / cap)), cap);
    }
    if (at.has(BIAS)) {
      scores = steps.plus(scores, at.in(BIAS));
    }
    if (hasPast(at)) {
      Value columns = steps.rising(DType.FLOAT32, OnnxSteps.shape(heads.key()).dim(2));
      Value count = steps.cast(counted(), DType.FLOAT32);
      Value there = at.emit(new Compare(Compare.Kind.LESS), columns, count);
      scores = steps.where(there, scores, Double.NEGATIVE_INFINITY);
    }
    int window = at.attributes().integer("local_window_size", -1);
    if (at.attributes().flag("causal", true)) {
      scores = heads.causal(scores, window < 0 ? Optional.empty() : Optional.of(window));
    }
    return List.of(heads.joined(shares(scores)), heads.key(), heads.value());
  }

  /** Shares of the keys; a sink takes one too, which then is left out. */
  private Value shares(Value scores) {
    boolean smooth = at.attributes().flag("smooth_softmax", false);
    if (!smooth && !at.has(SINK)) {
      return at.emit(new Softmax(3, true), scores);
    }
    OnnxSteps steps = new OnnxSteps(at);
    Shape shape = OnnxSteps.shape(scores);
    Value sink =
        at.has(SINK)
            ? steps.reshape(at.in(SINK), Shape.of(Dim.ONE, shape.dim(1), Dim.ONE, Dim.ONE))
            : at.scalar(scores.type().dtype(), 0);
    Value column = at.emit(new Expand(shape.with(3, Dim.ONE)), sink);
    Value shares = at.emit(new Softmax(3, true), steps.concat(3, scores, column));
    return steps.slice(shares, 3, Dim.ZERO, shape.dim(3));
  }
}
