package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.ArrayList;
import java.util.List;

/** Borders around values, and what wraps around. */
final class BorderRows {
  private BorderRows() {}

  static void add(WriteRules to) {
    to.any(Pad.class, BorderRows::pad);
    to.any(PadBy.class, BorderRows::padBy);
    to.any(Roll.class, BorderRows::roll);
  }

  private static List<String> pad(Pad op, WriteContext at) {
    String wide =
        positive(op.before(), op.after())
            ? at.one("Pad", at.in(0), pads(at, op.before(), op.after()), value(op, at))
            : at.in(0);
    return List.of(cut(at, wide, op.before(), op.after()));
  }

  private static String value(Pad op, WriteContext at) {
    return at.constant(
        Tensor.ofDoubles(Shape.SCALAR, dev.axiomml.core.tensor.DType.FLOAT64, op.value())
            .to(at.dtype()));
  }

  private static List<String> padBy(PadBy op, WriteContext at) {
    if (op.mode() == PadBy.Mode.CIRCULAR) {
      return List.of(cut(at, wrapped(op, at), op.before(), op.after()));
    }
    String mode = op.mode() == PadBy.Mode.EDGE ? "edge" : "reflect";
    String wide =
        positive(op.before(), op.after())
            ? at.one(
                OnnxCall.of("Pad", at.in(0), pads(at, op.before(), op.after())).text("mode", mode))
            : at.in(0);
    return List.of(cut(at, wide, op.before(), op.after()));
  }

  private static boolean positive(List<Integer> before, List<Integer> after) {
    return before.stream().anyMatch(n -> n > 0) || after.stream().anyMatch(n -> n > 0);
  }

  private static String pads(WriteContext at, List<Integer> before, List<Integer> after) {
    List<Integer> all = new ArrayList<>(before);
    all.addAll(after);
    return at.longs(all.stream().map(n -> Math.max(0, n)).toList());
  }

  /** Without what negative borders cut off. */
  private static String cut(WriteContext at, String x, List<Integer> before, List<Integer> after) {
    List<Integer> axes = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int axis = 0; axis < before.size(); axis++) {
      if (before.get(axis) < 0 || after.get(axis) < 0) {
        axes.add(axis);
        starts.add(Math.max(0, -before.get(axis)));
        ends.add(after.get(axis) < 0 ? after.get(axis) : Integer.MAX_VALUE);
      }
    }
    return axes.isEmpty()
        ? x
        : at.one("Slice", x, at.longs(starts), at.longs(ends), at.longs(axes));
  }

  /** The end before the value, the value, its beginning behind it. */
  private static String wrapped(PadBy op, WriteContext at) {
    String x = at.in(0);
    for (int axis = 0; axis < op.before().size(); axis++) {
      int before = Math.max(0, op.before().get(axis));
      int after = Math.max(0, op.after().get(axis));
      Dim size = at.shape().dim(axis);
      if (size.isFixed() && Math.max(before, after) > size.value()) {
        throw at.refuse("a border wider than " + size + " that wraps", "it wraps once only");
      }
      List<String> parts = new ArrayList<>();
      if (before > 0) {
        parts.add(at.part(x, axis, -before, Integer.MAX_VALUE));
      }
      parts.add(x);
      if (after > 0) {
        parts.add(at.part(x, axis, 0, after));
      }
      x = parts.size() == 1 ? x : at.one(OnnxCall.of("Concat", parts).whole("axis", axis));
    }
    return x;
  }

  private static List<String> roll(Roll op, WriteContext at) {
    String x = at.in(0);
    for (int i = 0; i < op.axes().size(); i++) {
      int axis = at.shape().axis(op.axes().get(i));
      Dim size = at.shape().dim(axis);
      int shift = op.shifts().get(i);
      boolean known = size.isFixed() && size.value() > 0;
      int turn = known ? Math.floorMod(shift, (int) size.value()) : shift;
      x = turn == 0 ? x : rolled(at, x, axis, turn);
    }
    return List.of(x);
  }

  private static String rolled(WriteContext at, String x, int axis, int turn) {
    String end = at.part(x, axis, -turn, Integer.MAX_VALUE);
    String beginning = at.part(x, axis, 0, -turn);
    return at.one(OnnxCall.of("Concat", end, beginning).whole("axis", axis));
  }
}
