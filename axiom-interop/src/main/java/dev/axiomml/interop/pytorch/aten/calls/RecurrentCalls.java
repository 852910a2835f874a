package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Recurrent networks of several layers and directions, a core operator each. */
final class RecurrentCalls {
  private final AtenCall call;
  private final List<Value> first;
  private final Function<RecurrentForm, Op> cell;
  private final List<Value> weights;
  private final int directions;
  private final boolean biases;
  private final List<List<Value>> last = new ArrayList<>();
  private boolean projected;

  private RecurrentCalls(AtenCall call, List<Value> first, Function<RecurrentForm, Op> cell) {
    this.call = call;
    this.first = first;
    this.cell = cell;
    this.weights = call.tensors("params");
    this.directions = call.flag("bidirectional") ? 2 : 1;
    this.biases = call.flag("has_biases");
  }

  static List<Value> lstm(AtenCall call) {
    return new RecurrentCalls(call, call.tensors("hx"), Lstm::new).run();
  }

  static List<Value> gru(AtenCall call) {
    return new RecurrentCalls(call, call.tensors("hx"), w -> new Gru(w, true)).run();
  }

  static List<Value> rnn(AtenCall call, boolean rectified) {
    return new RecurrentCalls(call, call.tensors("hx"), w -> new Rnn(w, rectified)).run();
  }

  /** One step of an LSTM: the next h and c. */
  static List<Value> lstmCell(AtenCall call) {
    return cell(call, Lstm::new, call.tensors("hx"));
  }

  static Value gruCell(AtenCall call) {
    return cell(call, form -> new Gru(form, true), call.tensors("hx")).get(0);
  }

  static Value rnnCell(AtenCall call, boolean rectified) {
    return cell(call, form -> new Rnn(form, rectified), call.tensors("hx")).get(0);
  }

  /** A sequence of one step; the states that follow it. */
  private static List<Value> cell(
      AtenCall call, Function<RecurrentForm, Op> kind, List<Value> states) {
    List<Value> in = new ArrayList<>(List.of(call.inserted(call.tensor("input"), 1)));
    in.add(turned(call, call.tensor("w_ih")));
    in.add(turned(call, call.tensor("w_hh")));
    boolean biased = call.given("b_ih") && call.given("b_hh");
    if (biased) {
      in.addAll(List.of(call.tensor("b_ih"), call.tensor("b_hh")));
    }
    in.addAll(states);
    List<Value> out = call.emitAll(kind.apply(new RecurrentForm(biased, false)), in);
    return out.subList(1, out.size());
  }

  /** The answer and the last states. */
  private List<Value> run() {
    Value input = call.tensor("input");
    boolean single = input.type().shape().rank() == 2;
    boolean turned = !single && !call.flag("batch_first");
    Value x = single ? call.inserted(input, 0) : turned ? swapped(input) : input;
    int layers = call.whole("num_layers");
    double rate = call.number("dropout");
    boolean drops = call.flag("train") && rate > 0 && layers > 1;
    call.requireSure(!drops, "a recurrent layer that drops between its layers");
    requireCount(layers);
    for (int layer = 0; layer < layers; layer++) {
      x = layer(x, layer * directions, single);
    }
    List<Value> results = new ArrayList<>();
    results.add(single ? call.removed(x, 0) : turned ? swapped(x) : x);
    for (int kind = 0; kind < first.size(); kind++) {
      results.add(joined(kind, single));
    }
    return results;
  }

  private void requireCount(int layers) {
    int plain = layers * directions * perCell();
    projected = first.size() == 2 && weights.size() == plain + layers * directions;
    if (!projected && weights.size() != plain) {
      throw call.refused(
          weights.size() + " weights for " + layers * directions + " layers and directions",
          "each has " + perCell() + ", an LSTM with a projection one more",
          "export the model again");
    }
  }

  private int perCell() {
    return (biases ? 4 : 2) + (projected ? 1 : 0);
  }

  private Value swapped(Value x) {
    return call.permuted(x, List.of(1, 0, 2));
  }

  private Value layer(Value x, int from, boolean single) {
    List<Value> sides = new ArrayList<>();
    for (int side = 0; side < directions; side++) {
      List<Value> in = new ArrayList<>(List.of(x));
      in.addAll(states(from + side, single));
      List<Value> out = projected ? projected(from + side, in) : plain(from + side, in);
      sides.add(out.get(0));
      last.add(out.subList(1, out.size()));
    }
    return directions == 1 ? sides.get(0) : call.emitAll(new Concat(2), sides).get(0);
  }

  private List<Value> plain(int index, List<Value> in) {
    int at = index * perCell();
    List<Value> all = new ArrayList<>(in.subList(0, 1));
    all.add(turned(call, weights.get(at)));
    all.add(turned(call, weights.get(at + 1)));
    all.addAll(biases ? weights.subList(at + 2, at + 4) : List.of());
    all.addAll(in.subList(1, in.size()));
    return call.emitAll(cell.apply(new RecurrentForm(biases, index % directions == 1)), all);
  }

  private List<Value> projected(int index, List<Value> in) {
    List<Value> held = weights.subList(index * perCell(), (index + 1) * perCell());
    ProjectedLstm layer = new ProjectedLstm(call, held, index % directions == 1);
    return layer.run(in.get(0), in.subList(1, in.size()));
  }

  /** The first states of one layer and direction; none where they are zeros. */
  private List<Value> states(int index, boolean single) {
    boolean zeros = first.stream().allMatch(call::isZero);
    return zeros ? List.of() : first.stream().map(all -> state(all, index, single)).toList();
  }

  private static Value turned(AtenCall call, Value weight) {
    return call.permuted(weight, List.of(1, 0));
  }

  /** The first state of one layer and direction, (N, hidden). */
  private Value state(Value all, int index, boolean single) {
    Value one = call.emit(Slice.of(0, index, 1), all);
    return single ? one : call.removed(one, 0);
  }

  /** Last states of all layers and directions, one after another. */
  private Value joined(int kind, boolean single) {
    List<Value> all =
        last.stream()
            .map(states -> single ? states.get(kind) : call.inserted(states.get(kind), 0))
            .toList();
    return all.size() == 1 ? all.get(0) : call.emitAll(new Concat(0), all).get(0);
  }
}
