package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.tensor.Dim;

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

  static Item element(Call call) {
    return call.items("a").get(call.whole("b"));
  }
}
