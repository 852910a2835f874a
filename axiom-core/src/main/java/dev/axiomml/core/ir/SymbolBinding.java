package dev.axiomml.core.ir;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.function.Function;

/** The rewrite that replaces symbols. */
final class SymbolBinding extends GraphRewrite {
  private final Function<String, Dim> sizes;

  SymbolBinding(Function<String, Dim> sizes) {
    this.sizes = sizes;
  }

  @Override
  protected Value input(Value at) {
    Type type = at.type();
    return to().input(
            at.name(), type.isTensor() ? Type.of(type.shape().bind(sizes), type.dtype()) : type);
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    return to().add(at.name(), at.op().bind(sizes), in);
  }
}
