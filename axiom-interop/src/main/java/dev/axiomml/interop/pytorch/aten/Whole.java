package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.tensor.Dim;
import java.util.stream.Stream;

/** Arithmetic of sizes, which is done at import. */
final class Whole {
  private Whole() {}

  static Item size(Call call) {
    var shape = call.tensor("self").type().shape();
    if (!call.given("dim")) {
      return new Item.Many(shape.dims().stream().map(dim -> (Item) new Item.Size(dim)).toList());
    }
    return new Item.Size(shape.dim(call.whole("dim")));
  }

  static Item count(Call call) {
    return new Item.Size(call.tensor("self").type().shape().volume());
  }

  static Item sum(Call call) {
    return new Item.Size(call.size("a").plus(call.size("b")));
  }

  static Item difference(Call call) {
    return new Item.Size(call.size("a").minus(call.size("b")));
  }

  static Item product(Call call) {
    return new Item.Size(call.size("a").times(call.size("b")));
  }

  static Item quotient(Call call) {
    Dim by = call.size("b");
    return new Item.Size(call.size("a").floorDiv(by));
  }

  /** A quotient rounded down, or toward zero where both are known. */
  static Dim quotient(Call call, Dim a, Dim b, String mode) {
    boolean known = a.isFixed() && b.isFixed();
    boolean floor = mode.equals("floor") || (known && a.value() >= 0 == b.value() > 0);
    return known && !floor ? Dim.of(a.value() / b.value()) : a.floorDiv(b);
  }

  static Item element(Call call) {
    return call.items("a").get(call.whole("b"));
  }

  static Item remainder(Call call) {
    return remainder(call.size("a"), call.size("b"));
  }

  /** What Python's modulo leaves. */
  static Item remainder(Dim a, Dim b) {
    return new Item.Size(a.minus(a.floorDiv(b).times(b)));
  }

  static Item opposite(Call call) {
    return new Item.Size(Dim.ZERO.minus(call.size("a")));
  }

  /** A comparison of two numbers. */
  @FunctionalInterface
  interface Test {
    boolean of(double a, double b);
  }

  /** The answer; nothing where a symbol takes part, which only assertions do. */
  static Item compare(Call call, Test test) {
    boolean open =
        Stream.of(call.item("a"), call.item("b"))
            .anyMatch(item -> item instanceof Item.Size size && !size.dim().isFixed());
    return open ? Item.NOTHING : new Item.Flag(test.of(call.number("a"), call.number("b")));
  }
}
