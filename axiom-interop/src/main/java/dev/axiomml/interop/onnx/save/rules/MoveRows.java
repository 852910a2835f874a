package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import java.util.ArrayList;
import java.util.List;

/** Elements in other places. */
final class MoveRows {
  private MoveRows() {}

  static void add(WriteRules to) {
    to.any(Concat.class, MoveRows::concat);
    to.any(Expand.class, (op, at) -> at.answer("Expand", at.in(0), at.sizes(op.to().dims())));
    to.put(Reshape.class, WriteRule.of(WriteRule.Lie.FLAT, MoveRows::reshape));
    to.any(Slice.class, MoveRows::slice);
    to.any(Take.class, MoveRows::take);
    to.any(Tile.class, (op, at) -> at.answer("Tile", at.in(0), at.longs(op.repeats())));
    to.any(Trilu.class, MoveRows::trilu);
  }

  private static List<String> concat(Concat op, WriteContext at) {
    return at.in().size() == 1
        ? at.in()
        : at.answer(OnnxCall.of("Concat", at.in()).whole("axis", op.axis()));
  }

  /** Sizes that stay are 0 and one that follows from the others is −1, as exporters write it. */
  private static List<String> reshape(Reshape op, WriteContext at) {
    List<Dim> to = op.to().dims();
    if (to.contains(Dim.ZERO)) {
      return at.answer(OnnxCall.of("Reshape", at.in(0), at.sizes(to)).flag("allowzero", true));
    }
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 0; axis < to.size(); axis++) {
      Dim dim = to.get(axis);
      boolean stays = axis < at.rank() && dim.equals(at.shape().dim(axis));
      sizes.add(dim.isFixed() ? Math.toIntExact(dim.value()) : stays ? 0 : -1);
    }
    boolean known = sizes.stream().filter(size -> size < 0).count() < 2;
    return at.answer("Reshape", at.in(0), known ? at.longs(sizes) : at.sizes(to));
  }

  private static List<String> slice(Slice op, WriteContext at) {
    Dim end = op.start().plus(op.count().times(op.step()));
    return at.answer(
        "Slice",
        at.in(0),
        position(op, at, op.start()),
        end(op, at, end),
        at.listed(op.axis()),
        at.listed(op.step()));
  }

  /** A place that lies a known way before the end of a free axis is counted from there. */
  private static String position(Slice op, WriteContext at, Dim place) {
    Dim way = place.minus(at.shape().dim(op.axis()));
    boolean fromEnd = !place.isFixed() && way.isFixed() && way.value() < 0;
    return fromEnd ? at.listed(way.value()) : at.sizes(List.of(place));
  }

  /** An end before the first element is far in front, for −1 would be the last. */
  private static String end(Slice op, WriteContext at, Dim end) {
    if (end.isFixed() && end.value() < 0) {
      return at.listed(Integer.MIN_VALUE);
    }
    boolean whole = op.step() > 0 && end.equals(at.shape().dim(op.axis()));
    return whole ? at.listed(Integer.MAX_VALUE) : position(op, at, end);
  }

  private static List<String> take(Take op, WriteContext at) {
    Tensor indices = op.indices().to(DType.INT64);
    return at.answer(
        OnnxCall.of("Gather", at.in(0), at.constant(indices)).whole("axis", op.axis()));
  }

  private static List<String> trilu(Trilu op, WriteContext at) {
    String diagonal = at.constant(Tensor.ofLongs(Shape.SCALAR, op.diagonal()));
    return at.answer(OnnxCall.of("Trilu", at.in(0), diagonal).flag("upper", op.upper()));
  }
}
