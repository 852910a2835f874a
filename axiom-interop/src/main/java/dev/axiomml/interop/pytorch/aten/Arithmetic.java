package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Sub;
import dev.axiomml.core.tensor.DType;
import java.util.List;

/** Element by element arithmetic of tensors and numbers. */
final class Arithmetic {
  private Arithmetic() {}

  /** A value times a number; the value itself where that is one. */
  static Value scaled(Call call, Value x, double factor) {
    return factor == 1 ? x : call.emit(new Mul(), x, call.constant(factor, x.type().dtype()));
  }

  /** {@code self + alpha · other}. */
  static Item add(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").plus(call.size("other")));
    }
    List<Value> pair = pair(call);
    double alpha = call.number("alpha");
    return flow(call.emit(new Add(), pair.get(0), scaled(call, pair.get(1), alpha)));
  }

  /** {@code self − alpha · other}. */
  static Item sub(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").minus(call.size("other")));
    }
    List<Value> pair = pair(call);
    double alpha = call.number("alpha");
    return flow(call.emit(new Sub(), pair.get(0), scaled(call, pair.get(1), alpha)));
  }

  /** {@code other − alpha · self}. */
  static Item rsub(Call call) {
    List<Value> pair = pair(call);
    double alpha = call.number("alpha");
    return flow(call.emit(new Sub(), pair.get(1), scaled(call, pair.get(0), alpha)));
  }

  /** {@code self · other}. */
  static Item mul(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").times(call.size("other")));
    }
    return flow(binary(call, new Mul()));
  }

  static Value binary(Call call, Op op) {
    List<Value> pair = pair(call);
    return call.emit(op, pair.get(0), pair.get(1));
  }

  private static boolean isSizes(Call call) {
    return call.item("self") instanceof Item.Size && call.item("other") instanceof Item.Size;
  }

  static Item flow(Value value) {
    return new Item.Flow(value);
  }

  /** Both operands as tensors of one element type; a number takes the type of the tensor. */
  static List<Value> pair(Call call) {
    DType dtype = Promotion.of(call.item("self"), call.item("other"));
    return List.of(operand(call, "self", dtype), operand(call, "other", dtype));
  }

  private static Value operand(Call call, String name, DType dtype) {
    Item item = call.item(name);
    boolean tensor = item instanceof Item.Flow || item instanceof Item.Weight;
    return tensor
        ? Promotion.cast(call, call.tensor(name), dtype)
        : call.constant(call.number(name), dtype);
  }
}
