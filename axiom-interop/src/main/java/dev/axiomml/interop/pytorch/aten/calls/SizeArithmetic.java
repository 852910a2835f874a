package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.stream.Stream;

/** Arithmetic of sizes, which is done at import. */
final class SizeArithmetic {
  private SizeArithmetic() {}

  static AtenItem size(AtenCall call) {
    var shape = call.tensor("self").type().shape();
    if (!call.given("dim")) {
      return new AtenItem.Many(
          shape.dims().stream().map(dim -> (AtenItem) new AtenItem.Size(dim)).toList());
    }
    return new AtenItem.Size(shape.dim(call.whole("dim")));
  }

  static AtenItem count(AtenCall call) {
    return new AtenItem.Size(call.tensor("self").type().shape().volume());
  }

  static AtenItem sum(AtenCall call) {
    return new AtenItem.Size(call.size("a").plus(call.size("b")));
  }

  static AtenItem difference(AtenCall call) {
    return new AtenItem.Size(call.size("a").minus(call.size("b")));
  }

  static AtenItem product(AtenCall call) {
    return new AtenItem.Size(call.size("a").times(call.size("b")));
  }

  static AtenItem quotient(AtenCall call) {
    Dim by = call.size("b");
    return new AtenItem.Size(call.size("a").floorDiv(by));
  }

  /** A quotient rounded down, or toward zero where both are known. */
  static Dim quotient(AtenCall call, Dim a, Dim b, String mode) {
    boolean known = a.isFixed() && b.isFixed();
    boolean floor = mode.equals("floor") || (known && a.value() >= 0 == b.value() > 0);
    return known && !floor ? Dim.of(a.value() / b.value()) : a.floorDiv(b);
  }

  static AtenItem element(AtenCall call) {
    return call.items("a").get(call.whole("b"));
  }

  static AtenItem remainder(AtenCall call) {
    return remainder(call.size("a"), call.size("b"));
  }

  /** What Python's modulo leaves. */
  static AtenItem remainder(Dim a, Dim b) {
    return new AtenItem.Size(a.minus(a.floorDiv(b).times(b)));
  }

  static AtenItem opposite(AtenCall call) {
    return new AtenItem.Size(Dim.ZERO.minus(call.size("a")));
  }

  /** A comparison of two numbers. */
  @FunctionalInterface
  interface Test {
    boolean of(double a, double b);
  }

  /** The answer; nothing where a symbol takes part, which only assertions do. */
  static AtenItem compare(AtenCall call, Test test) {
    boolean open =
        Stream.of(call.item("a"), call.item("b"))
            .anyMatch(item -> item instanceof AtenItem.Size size && !size.dim().isFixed());
    return open ? AtenItem.NOTHING : new AtenItem.Flag(test.of(call.number("a"), call.number("b")));
  }
}
