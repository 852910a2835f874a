package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.WeightChecks;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The weights of one layer and direction, gates side by side along the last axis in PyTorch's
 * order.
 *
 * <p>They lie as those of {@link Dense}, the other way round than PyTorch's; the names are
 * PyTorch's, such as {@code weight_ih_l0}, with {@code _reverse} behind for the second direction.
 *
 * @param input (in, gates · hidden)
 * @param state (hidden, gates · hidden)
 * @param biases none, or the input's and the state's, each (gates · hidden)
 * @param reverse whether it goes from the last step to the first
 */
public record RecurrentWeights(
    Parameter input, Parameter state, List<Parameter> biases, boolean reverse) {
  /** Refuses weights that do not fit each other. */
  public RecurrentWeights {
    biases = List.copyOf(biases);
    CommonShapeRules.rank("recurrent input weight", input.tensor().shape(), 2);
    CommonShapeRules.rank("recurrent state weight", state.tensor().shape(), 2);
    Shape wide = state.tensor().shape().sub(1, 2);
    WeightChecks.require(
        "recurrent input weight", input, Shape.of(input.tensor().shape().dim(0)).concat(wide));
    biases.forEach(b -> WeightChecks.require("recurrent bias", b, wide));
    if (biases.size() != 0 && biases.size() != 2) {
      throw new IllegalArgumentException("a recurrent layer has no bias or two, got " + biases);
    }
  }

  /** The size of a state. */
  public int hidden() {
    return state.tensor().shape().size(0);
  }

  List<Parameter> parameters() {
    return Stream.concat(Stream.of(input, state), biases.stream()).toList();
  }

  RecurrentWeights with(UnaryOperator<Parameter> change) {
    return new RecurrentWeights(
        change.apply(input), change.apply(state), biases.stream().map(change).toList(), reverse);
  }

  void check(Op op, List<Type> in, int gates) {
    CommonShapeRules.rank(op.title(), in.get(0).shape(), 3);
    CommonShapeRules.channels(op.title(), in.get(0).shape(), input.tensor().shape().size(0));
    if (state.tensor().shape().size(1) != gates * hidden()) {
      throw new ShapeException(
          new Diagnosis(
              op.title() + " of state weight " + state.tensor().shape(),
              "",
              "it holds " + gates + " gates of " + hidden() + " side by side",
              "pass (hidden, " + gates + " · hidden)"));
    }
    in.subList(1, in.size())
        .forEach(s -> CommonShapeRules.channels(op.title() + " state", s.shape(), hidden()));
  }

  private Optional<Parameter> bias(int which) {
    return biases.isEmpty() ? Optional.empty() : Optional.of(biases.get(which));
  }

  /** The state times its weight, with its bias. */
  <V> V recur(OpEmitter<V> to, V value) {
    return to.one(new Dense(state, bias(1)), List.of(value));
  }

  /** One gate of values that hold all side by side. */
  <V> V gate(OpEmitter<V> to, V all, int which) {
    return to.one(Slice.of(-1, (long) which * hidden(), hidden()), List.of(all));
  }

  /** All steps one after another. */
  <V> List<V> unrolled(RecurrentOp op, OpEmitter<V> to, List<V> x) {
    V all = to.one(new Dense(input, bias(0)), x.subList(0, 1));
    Shape shape = to.type(all).shape();
    int steps = shape.size(1);
    List<V> now = first(op, to, x, shape);
    List<V> answers = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      V one = to.one(Slice.of(1, reverse ? steps - 1 - i : i, 1), List.of(all));
      now =
          op.step(to, to.one(new Reshape(Shape.of(shape.dim(0), shape.dim(2))), List.of(one)), now);
      answers.add(
          to.one(
              new Reshape(Shape.of(shape.dim(0), Dim.ONE, Dim.of(hidden()))), now.subList(0, 1)));
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
    if (x.size() > 1) {
      return x.subList(1, x.size());
    }
    Tensor zero = Tensor.zeros(Shape.of(1, hidden())).to(to.type(x.get(0)).dtype());
    V wide = to.one(new Expand(Shape.of(all.dim(0), Dim.of(hidden()))), List.of(to.constant(zero)));
    return Collections.nCopies(op.states(), wide);
  }
}
