package dev.axiomml.interop.onnx.rules.attention;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.scalar.IsInf;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which keys a query may look at, and what is added to the scores.
 *
 * @param at the node
 * @param allowed true where a query may look; empty where it may look everywhere
 * @param bias what is added; empty for nothing
 */
record AttentionMasks(OnnxNodeContext at, Optional<Value> allowed, Optional<Value> bias) {
  private static final int MASK = 3;
  private static final int PAST = 4;
  private static final int VALID = 6;

  static AttentionMasks of(AttentionRule attention) {
    OnnxNodeContext at = attention.at();
    Dim keys = OnnxSteps.shape(attention.key()).dim(2);
    List<Value> conditions = new ArrayList<>();
    Optional<Value> stated = at.has(MASK) ? Optional.of(stated(at, keys)) : Optional.empty();
    stated.filter(m -> m.type().dtype() == DType.BOOL).ifPresent(conditions::add);
    conditions.addAll(near(attention, keys));
    if (at.has(VALID)) {
      Value columns = new OnnxSteps(at).rising(DType.FLOAT32, keys);
      conditions.add(at.emit(new Compare(Compare.Kind.LESS), columns, valid(at)));
    }
    Optional<Value> all =
        conditions.stream().reduce((a, b) -> at.emit(new Logic(Logic.Kind.AND), a, b));
    return new AttentionMasks(at, all, stated.filter(m -> m.type().dtype() != DType.BOOL));
  }

  /** The mask of the file; keys behind its end are out of reach. */
  private static Value stated(OnnxNodeContext at, Dim keys) {
    Value mask = at.in(MASK);
    Dim size = at.shape(MASK).dim(-1);
    boolean shorter = size.isFixed() && keys.isFixed() && size.value() < keys.value();
    if (!shorter) {
      return mask;
    }
    int rank = at.rank(MASK);
    List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
    after.set(rank - 1, (int) (keys.value() - size.value()));
    double fill = at.dtype(MASK) == DType.BOOL ? 0 : Double.NEGATIVE_INFINITY;
    return at.emit(new Pad(Collections.nCopies(rank, 0), after, fill), mask);
  }

  /** How many keys of each sample count, (N, 1, 1, 1). */
  private static Value valid(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    Shape column = Shape.of(at.shape(VALID).dim(0), Dim.ONE, Dim.ONE, Dim.ONE);
    return steps.reshape(steps.cast(at.in(VALID), DType.FLOAT32), column);
  }

  /** Keys that are not too far behind or ahead of the query. */
  private static List<Value> near(AttentionRule attention, Dim keys) {
    OnnxNodeContext at = attention.at();
    int left = at.attributes().integer("left_window_size", -1);
    int right = at.attributes().integer("right_window_size", -1);
    boolean causal = at.attributes().flag("is_causal", false);
    if (left < 0 && right < 0 && !causal) {
      return List.of();
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value rows = rows(attention);
    Value columns = steps.rising(DType.FLOAT32, keys);
    List<Value> all = new ArrayList<>();
    if (causal || right >= 0) {
      Value last = steps.plus(rows, causal ? 0 : right);
      all.add(at.emit(new Compare(Compare.Kind.LESS_OR_EQUAL), columns, last));
    }
    if (left >= 0) {
      Value first = steps.plus(rows, -left);
      all.add(at.emit(new Compare(Compare.Kind.GREATER_OR_EQUAL), columns, first));
    }
    return all;
  }

  /** The position of each query among the keys, (S, 1) or (N, 1, S, 1). */
  private static Value rows(AttentionRule attention) {
    OnnxNodeContext at = attention.at();
    OnnxSteps steps = new OnnxSteps(at);
    Dim queries = OnnxSteps.shape(attention.query()).dim(2);
    if (at.has(PAST)) {
      Dim past = at.shape(PAST).dim(2);
      Value all = steps.rising(DType.FLOAT32, past.plus(queries));
      return steps.unsqueeze(steps.slice(all, 0, past, queries), 1);
    }
    if (!at.has(VALID)) {
      return steps.unsqueeze(steps.rising(DType.FLOAT32, queries), 1);
    }
    Value ones = at.emit(new Expand(Shape.of(queries)), at.scalar(DType.FLOAT32, 1));
    Value fromEnd = at.emit(new CumSum(0, false, true), ones);
    return steps.minus(valid(at), steps.unsqueeze(fromEnd, 1));
  }

  /** Scores with −∞ where no query attends. */
  Value on(Value scores) {
    OnnxSteps steps = new OnnxSteps(at);
    Value sum = bias.map(b -> steps.plus(scores, b)).orElse(scores);
    return allowed.map(a -> steps.where(a, sum, Double.NEGATIVE_INFINITY)).orElse(sum);
  }

  /** Shares of queries that may look nowhere are 0, not NaN. */
  Value guarded(Value shares) {
    if (allowed.isEmpty() && bias.isEmpty()) {
      return shares;
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value open = bias.orElseGet(() -> at.scalar(DType.FLOAT32, 0));
    Value closed = allowed.map(a -> steps.where(a, open, Double.NEGATIVE_INFINITY)).orElse(open);
    Value best = at.emit(new ReduceMax(List.of(-1), true), closed);
    Value blind = at.emit(new IsInf(true, false), best);
    boolean never =
        at.folding()
            .known(blind)
            .tensor()
            .filter(t -> Arrays.stream(t.toLongs()).allMatch(b -> b == 0))
            .isPresent();
    Value zero = at.scalar(shares.type().dtype(), 0);
    return never ? shares : at.emit(new Where(), blind, zero, shares);
  }
}
