package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AxisPatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A view that a call made by moving elements: which moves lead from the whole to each part.
 *
 * @param again answers the call's result for another whole
 * @param moves for each result, the operators from the whole on
 */
record MovedView(UnaryOperator<AtenItem> again, List<List<Op>> moves) implements MemoryView {
  /** An operator that was emitted. */
  record Put(Op op, List<Value> in, List<Value> out) {}

  /** The view of a call from what it emitted; empty when elements were not only moved. */
  static Optional<MovedView> traced(
      AtenItem whole, AtenItem result, List<Put> trail, UnaryOperator<AtenItem> again) {
    List<List<Op>> moves = new ArrayList<>();
    for (AtenItem part : parts(result)) {
      Optional<List<Op>> path =
          whole instanceof AtenItem.Flow from && part instanceof AtenItem.Flow to
              ? path(from.value(), to.value(), trail)
              : Optional.empty();
      if (path.isEmpty()) {
        return Optional.empty();
      }
      moves.add(path.get());
    }
    return Optional.of(new MovedView(again, moves));
  }

  private static List<AtenItem> parts(AtenItem result) {
    return result instanceof AtenItem.Many many ? many.items() : List.of(result);
  }

  private static Optional<List<Op>> path(Value from, Value to, List<Put> trail) {
    Deque<Op> path = new ArrayDeque<>();
    Value at = to;
    for (int i = trail.size() - 1; i >= 0 && !at.equals(from); i--) {
      Put put = trail.get(i);
      if (put.out().contains(at) && put.in().size() == 1) {
        path.addFirst(put.op());
        at = put.in().get(0);
      }
    }
    return at.equals(from) ? Optional.of(List.copyOf(path)) : Optional.empty();
  }

  @Override
  public AtenItem of(AtenItem whole) {
    return again.apply(whole);
  }

  @Override
  public AtenItem into(AtenItem whole, AtenItem part, AtenCall by) {
    List<AtenItem> parts = parts(part);
    Value at = by.value(whole, "the whole");
    for (int i = 0; i < parts.size(); i++) {
      at = into(at, moves.get(i), by.value(parts.get(i), "the part"), by);
    }
    return new AtenItem.Flow(at);
  }

  private static Value into(Value whole, List<Op> moves, Value part, AtenCall by) {
    if (moves.isEmpty()) {
      return part;
    }
    Op first = moves.get(0);
    Value inner = by.emit(first, whole);
    return undone(first, whole, into(inner, moves.subList(1, moves.size()), part, by), by);
  }

  /** The whole whose move of it gives the part. */
  private static Value undone(Op move, Value whole, Value part, AtenCall by) {
    if (move instanceof Reshape) {
      return by.reshaped(part, whole.type().shape().dims());
    }
    if (move instanceof Permute permute) {
      List<Integer> order = permute.order();
      return by.permuted(
          part, IntStream.range(0, order.size()).map(order::indexOf).boxed().toList());
    }
    if (move instanceof Slice slice) {
      return AxisPatch.into(by, whole, slice, part);
    }
    throw by.refused(
        "memory is overwritten through " + move.title(),
        "several places of such a view are one place of its memory",
        "write .clone() before it and export again");
  }
}
