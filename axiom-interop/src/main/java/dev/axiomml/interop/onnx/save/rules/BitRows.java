package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import java.util.List;

/** Bits of integers; ONNX shifts numbers without a sign only, others go there and back. */
final class BitRows {
  private static final int BITWISE = 18;
  private static final int WIDTH = 64;

  private BitRows() {}

  static void add(WriteRules to) {
    to.put(Bits.class, new WriteRule<>(WriteRule.Lie.ANY, (op, in) -> since(op), BitRows::bits));
  }

  private static int since(Bits op) {
    boolean shift = op.kind() == Bits.Kind.SHIFT_LEFT || op.kind() == Bits.Kind.SHIFT_RIGHT;
    return shift ? WriteRule.OPSET : BITWISE;
  }

  private static List<String> bits(Bits op, WriteContext at) {
    return switch (op.kind()) {
      case AND -> at.answer("BitwiseAnd", at.in(0), at.in(1));
      case OR -> at.answer("BitwiseOr", at.in(0), at.in(1));
      case XOR -> at.answer("BitwiseXor", at.in(0), at.in(1));
      case NOT -> at.answer("BitwiseNot", at.in(0));
      case SHIFT_LEFT -> at.dtype().isUnsigned() ? plain(at, "LEFT") : left(at);
      case SHIFT_RIGHT -> at.dtype().isUnsigned() ? plain(at, "RIGHT") : right(at);
    };
  }

  private static List<String> plain(WriteContext at, String direction) {
    return at.answer(OnnxCall.of("BitShift", at.in(0), at.in(1)).text("direction", direction));
  }

  private static List<String> left(WriteContext at) {
    return List.of(at.cast(shifted(at, at.int64(0), "LEFT"), at.dtype()));
  }

  /** Of a number below zero all bits are turned before and after, so that its sign comes down. */
  private static List<String> right(WriteContext at) {
    String x = at.int64(0);
    String below = at.one("Less", x, number(at, 0));
    String down = shifted(at, turned(at, below, x), "RIGHT");
    return List.of(at.cast(turned(at, below, down), at.dtype()));
  }

  private static String turned(WriteContext at, String below, String x) {
    return at.one("Where", below, at.one("Sub", number(at, -1), x), x);
  }

  /** Numbers of 64 bits shifted as if they had no sign; 0 beyond the width. */
  private static String shifted(WriteContext at, String x, String direction) {
    String by = at.int64(1);
    String zero = number(at, 0);
    String from = at.one("GreaterOrEqual", by, zero);
    String inside = at.one("And", from, at.one("Less", by, number(at, WIDTH)));
    String places = at.cast(at.one("Where", inside, by, zero), DType.UINT64);
    OnnxCall shift = OnnxCall.of("BitShift", at.cast(x, DType.UINT64), places);
    String moved = at.cast(at.one(shift.text("direction", direction)), DType.INT64);
    return at.one("Where", inside, moved, zero);
  }

  private static String number(WriteContext at, long value) {
    return at.constant(Tensor.ofLongs(Shape.SCALAR, value));
  }
}
