package dev.axiomml.interop.onnx.rules.recurrent;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Recurrent layers: each direction one core operator, gates put into its order. */
public final class RecurrentRules {
  static final String WEIGHTS = "weights";
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("GRU", RecurrentRules::gru),
          entry("LSTM", RecurrentRules::lstm),
          entry("RNN", RecurrentRules::rnn));

  /**
   * A kind of layer.
   *
   * @param gates where each gate of the core operator is in the file
   * @param states how many kinds of state
   * @param usual the activations of one direction
   * @param op the operator of one direction
   */
  private record Kind(
      List<Integer> gates, int states, List<String> usual, Function<RecurrentForm, Op> op) {}

  private static final int PEEPHOLES = 7;

  private RecurrentRules() {}

  private static List<Value> lstm(OnnxNodeContext at) {
    List<String> usual = List.of("sigmoid", "tanh", "tanh");
    return layer(at, new Kind(List.of(0, 2, 3, 1), 2, usual, Lstm::new));
  }

  private static List<Value> gru(OnnxNodeContext at) {
    boolean after = at.attributes().flag("linear_before_reset", false);
    List<String> usual = List.of("sigmoid", "tanh");
    return layer(at, new Kind(List.of(1, 0, 2), 1, usual, form -> new Gru(form, after)));
  }

  private static List<Value> rnn(OnnxNodeContext at) {
    boolean rectified =
        at.attributes()
            .texts("activations")
            .filter(names -> names.stream().allMatch("Relu"::equals))
            .isPresent();
    List<String> usual = List.of(rectified ? "relu" : "tanh");
    return layer(at, new Kind(List.of(0), 1, usual, form -> new Rnn(form, rectified)));
  }

  private static List<Value> layer(OnnxNodeContext at, Kind kind) {
    boolean batchFirst = at.attributes().flag("layout", false);
    int directions = directions(at);
    require(at, kind, directions);
    Value x = batchFirst ? at.in(0) : at.emit(Permute.of(1, 0, 2), at.in(0));
    List<Value> answers = new ArrayList<>();
    List<List<Value>> last = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      List<Value> out = direction(at, kind, d, x);
      answers.add(beside(at, out.get(0), 2));
      last.add(out.subList(1, out.size()));
    }
    List<Value> all = new ArrayList<>();
    Value y = at.emitAll(new Concat(2), answers).get(0);
    all.add(batchFirst ? y : at.emit(Permute.of(1, 2, 0, 3), y));
    for (int state = 0; state < kind.states(); state++) {
      int which = state;
      int axis = batchFirst ? 1 : 0;
      List<Value> ends = last.stream().map(l -> beside(at, l.get(which), axis)).toList();
      all.add(at.emitAll(new Concat(axis), ends).get(0));
    }
    return all;
  }

  private static int directions(OnnxNodeContext at) {
    String direction = at.attributes().text("direction", "forward");
    if (!List.of("forward", "reverse", "bidirectional").contains(direction)) {
      throw at.refuse("direction " + direction, "forward, reverse and bidirectional are known");
    }
    return direction.equals("bidirectional") ? 2 : 1;
  }

  /** One direction: a layer of the core's where it has such a one, else step by step. */
  private static List<Value> direction(OnnxNodeContext at, Kind kind, int which, Value x) {
    boolean reverse = which == 1 || at.attributes().text("direction", "").equals("reverse");
    List<String> all = repeated(kind.usual(), directions(at));
    List<String> names = RecurrentActivations.names(at, all);
    List<Value> first = first(at, kind, which);
    if (usual(at) && names.equals(all)) {
      at.attributes().pass("activation_alpha", "activation_beta"); // neither function has any
      RecurrentForm form = new RecurrentForm(at.has(3), reverse);
      List<Value> operands = new ArrayList<>(List.of(x));
      operands.addAll(weights(at, kind, which));
      operands.addAll(first);
      return at.emitAll(kind.op().apply(form), operands);
    }
    int each = kind.usual().size();
    var functions = RecurrentActivations.of(at, names).subList(which * each, (which + 1) * each);
    return new RecurrentSteps(at, which, functions).run(x, first, reverse);
  }

  private static List<String> repeated(List<String> names, int times) {
    return Collections.nCopies(times, names).stream().flatMap(List::stream).toList();
  }

  /** Whether the core's own layers say what a node does, but for its functions. */
  private static boolean usual(OnnxNodeContext at) {
    return (!at.has(4) || whole(at))
        && !at.has(PEEPHOLES)
        && !at.attributes().flag("input_forget", false)
        && !at.attributes().has("clip");
  }

  private static void require(OnnxNodeContext at, Kind kind, int directions) {
    if (at.attributes().has("clip") && !(at.attributes().number("clip", 0) > 0)) {
      throw at.refuse("clip " + at.attributes().number("clip", 0), "a limit is above zero");
    }
    Shape state = at.weight(2).type().shape();
    width(at, state.rank() == 3 ? state.size(2) : 0);
    long gates = kind.gates().size();
    if (state.rank() != 3
        || state.size(0) != directions
        || state.size(1) != gates * state.size(2)) {
      throw at.refuse(
          "R of " + state, "it is (%d, %d · hidden, hidden) here".formatted(directions, gates));
    }
    if (at.has(PEEPHOLES) && kind.states() == 2) {
      Shape wanted = Shape.of(directions, 3L * state.size(2));
      if (!at.weight(PEEPHOLES).type().shape().equals(wanted)) {
        throw at.refuse("P of " + at.shape(PEEPHOLES), "it is " + wanted + " here");
      }
    }
  }

  /** A stated width is that of the weights. */
  public static void width(OnnxNodeContext at, int hidden) {
    int stated = at.attributes().integer("hidden_size", hidden);
    if (stated != hidden) {
      throw at.refuse("hidden_size " + stated + " of weights for " + hidden, "both are one number");
    }
  }

  /** Lengths that are all the length of the input say nothing. */
  private static boolean whole(OnnxNodeContext at) {
    Dim steps = at.shape(0).dim(at.attributes().flag("layout", false) ? 1 : 0);
    return steps.isFixed()
        && at.tensor(4)
            .filter(t -> Arrays.stream(t.toLongs()).allMatch(n -> n == steps.value()))
            .isPresent();
  }

  private static Value beside(OnnxNodeContext at, Value value, int axis) {
    List<Dim> dims = new ArrayList<>(value.type().shape().dims());
    dims.add(axis, Dim.ONE);
    return at.emit(new Reshape(new Shape(dims)), value);
  }

  /** The given first states of a direction; none when there are none. */
  private static List<Value> first(OnnxNodeContext at, Kind kind, int direction) {
    List<Value> states = new ArrayList<>();
    for (int i = 5; i < 5 + kind.states() && (at.has(5) || at.has(6)); i++) {
      int axis = at.attributes().flag("layout", false) ? 1 : 0;
      Value all = at.has(i) ? at.in(i) : zeros(at, at.in(i == 5 ? 6 : 5).type());
      Value one = at.emit(Slice.of(axis, direction, 1), all);
      List<Dim> dims = new ArrayList<>(one.type().shape().dims());
      dims.remove(axis);
      states.add(at.emit(new Reshape(new Shape(dims)), one));
    }
    return states;
  }

  private static Value zeros(OnnxNodeContext at, Type like) {
    return at.emit(new Expand(like.shape()), at.scalar(like.dtype(), 0));
  }

  private static List<Value> weights(OnnxNodeContext at, Kind kind, int direction) {
    List<Value> weights = new ArrayList<>();
    for (int operand = 1; operand <= 2; operand++) {
      Value rows = gates(at, row(at, operand, direction), kind);
      weights.add(at.beside(WEIGHTS, Permute.of(1, 0), rows));
    }
    if (at.has(3)) {
      Value both = row(at, 3, direction);
      int half = both.type().shape().size(0) / 2;
      for (int i = 0; i < 2; i++) {
        weights.add(gates(at, at.beside(WEIGHTS, Slice.of(0, (long) i * half, half), both), kind));
      }
    }
    return weights;
  }

  /** A direction's part of weights. */
  static Value row(OnnxNodeContext at, int operand, int direction) {
    Value all = at.weight(operand);
    Shape shape = all.type().shape();
    Value one = at.beside(WEIGHTS, Slice.of(0, direction, 1), all);
    return at.beside(WEIGHTS, new Reshape(shape.sub(1, shape.rank())), one);
  }

  /** Blocks of rows in the core's order of gates. */
  private static Value gates(OnnxNodeContext at, Value rows, Kind kind) {
    int each = rows.type().shape().size(0) / kind.gates().size();
    long[] order =
        kind.gates().stream()
            .flatMapToLong(gate -> LongStream.range((long) gate * each, (gate + 1L) * each))
            .toArray();
    Take take = new Take(0, Tensor.ofLongs(Shape.of(order.length), order));
    return kind.gates().size() == 1 ? rows : at.beside(WEIGHTS, take, rows);
  }
}
