package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.WeightChecks;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What kinds of weights a recurrent layer has and which way it goes.
 *
 * <p>Its operands are x (N, T, in), the input's weight (in, gates · hidden), the state's weight
 * (hidden, gates · hidden), the biases of both (gates · hidden) where it has any, and, if wanted,
 * the first states (N, hidden). Gates lie side by side along the last axis in PyTorch's order;
 * weights lie as those of {@link Dense}, the other way round than PyTorch's.
 *
 * @param biased whether it has the two biases
 * @param reverse whether it goes from the last step to the first
 */
public record RecurrentForm(boolean biased, boolean reverse) {
  /** The operands before the states. */
  int weighted() {
    return biased ? 5 : 3;
  }

  /** The first states among operands. */
  <V> List<V> states(List<V> in) {
    return in.subList(weighted(), in.size());
  }

  /** The shape rules of the operands. */
  void check(RecurrentOp op, List<Shape> in) {
    Shape input = in.get(1);
    Shape state = in.get(2);
    CommonShapeRules.rank(op.title(), in.get(0), 3);
    CommonShapeRules.rank("recurrent input weight", input, 2);
    CommonShapeRules.rank("recurrent state weight", state, 2);
    Dim wide = state.dim(0).times(op.gates());
    if (!state.dim(1).matches(wide)) {
      throw new ShapeException(
          new Diagnosis(
              op.title() + " of state weight " + state,
              "",
              "it holds " + op.gates() + " gates of " + state.dim(0) + " side by side",
              "pass (hidden, " + op.gates() + " · hidden)"));
    }
    WeightChecks.require("recurrent input weight", input, Shape.of(input.dim(0), wide));
    CommonShapeRules.channels(op.title(), in.get(0), input.dim(0));
    for (Shape bias : in.subList(3, weighted())) {
      WeightChecks.require("recurrent bias", bias, Shape.of(wide));
    }
    states(in).forEach(s -> CommonShapeRules.channels(op.title() + " state", s, state.dim(0)));
  }

  /** The state times its weight, with its bias. */
  <V> V recur(OpEmitter<V> to, V value, List<V> in) {
    return to.one(
        new Dense(), biased ? List.of(value, in.get(2), in.get(4)) : List.of(value, in.get(2)));
  }

  /** One gate of values that hold all side by side. */
  <V> V gate(OpEmitter<V> to, V all, int which, List<V> in) {
    int hidden = to.type(in.get(2)).shape().size(0);
    return to.one(Slice.of(-1, (long) which * hidden, hidden), List.of(all));
  }

  /** All steps one after another. */
  <V> List<V> unrolled(RecurrentOp op, OpEmitter<V> to, List<V> x) {
    V all =
        to.one(
            new Dense(),
            biased ? List.of(x.get(0), x.get(1), x.get(3)) : List.of(x.get(0), x.get(1)));
    Shape shape = to.type(all).shape();
    int hidden = to.type(x.get(2)).shape().size(0);
    int steps = shape.size(1);
    List<V> now = first(op, to, x, shape);
    List<V> answers = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      V one = to.one(Slice.of(1, reverse ? steps - 1 - i : i, 1), List.of(all));
      V flat = to.one(new Reshape(Shape.of(shape.dim(0), shape.dim(2))), List.of(one));
      now = op.step(to, flat, now, x);
      answers.add(
          to.one(new Reshape(Shape.of(shape.dim(0), Dim.ONE, Dim.of(hidden))), now.subList(0, 1)));
    }
    if (reverse) {
      Collections.reverse(answers);
    }
    List<V> out = new ArrayList<>(List.of(to.one(new Concat(1), answers)));
    out.addAll(now);
    return out;
  }

  /** The given first states, or zeros. */
  private <V> List<V> first(RecurrentOp op, OpEmitter<V> to, List<V> x, Shape all) {
    List<V> given = states(x);
    if (!given.isEmpty()) {
      return given;
    }
    Dim hidden = to.type(x.get(2)).shape().dim(0);
    Tensor zero = Tensor.zeros(Shape.of(Dim.ONE, hidden)).to(to.type(x.get(0)).dtype());
    V wide = to.one(new Expand(Shape.of(all.dim(0), hidden)), List.of(to.constant(zero)));
    return Collections.nCopies(op.states(), wide);
  }
}
