package dev.axiomml.verify.check;

import dev.axiomml.core.model.Port;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.verify.check.integer.CheckRefusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the shapes of given tensors say of a model's sizes.
 *
 * @param batch the symbols of the first axes of the free inputs
 * @param known the sizes of other symbols
 * @param given the names of the given inputs
 */
record GivenSizes(Set<String> batch, Map<String, Dim> known, Set<String> given) {
  /** More entries along an axis than any value may have elements that is checked. */
  private static final int LARGEST = 1 << 18;

  /** Ends where a name is no input's, or a size is too large. */
  static GivenSizes of(List<Port> ports, Map<String, Tensor> given) {
    GivenSizes sizes = new GivenSizes(new TreeSet<>(), new TreeMap<>(), given.keySet());
    Set<String> names = new TreeSet<>();
    for (Port port : ports) {
      names.add(port.name());
      if (!given.containsKey(port.name())) {
        leading(port).ifPresent(sizes.batch::add);
      }
    }
    boolean once = given.isEmpty() || names.size() == ports.size();
    if (!names.containsAll(given.keySet()) || !once) {
      throw CheckRefusal.of("the inputs are " + names + ", given are " + given.keySet(), "");
    }
    for (Port port : ports) {
      Optional.ofNullable(given.get(port.name())).ifPresent(t -> sizes.take(port, t.shape()));
    }
    return sizes;
  }

  private static Optional<String> leading(Port port) {
    return port.type().isTensor() && port.type().shape().rank() > 0
        ? port.type().shape().dim(0).asSymbol()
        : Optional.empty();
  }

  private void take(Port port, Shape actual) {
    Shape declared = port.type().isTensor() ? port.type().shape() : Shape.SCALAR;
    for (int axis = 0; axis < Math.min(declared.rank(), actual.rank()); axis++) {
      if (actual.size(axis) > LARGEST) {
        throw CheckRefusal.of("input " + port.name() + " is given as " + actual, "");
      }
      Dim actually = actual.dim(axis);
      declared
          .dim(axis)
          .asSymbol()
          .filter(symbol -> !batch.contains(symbol))
          .ifPresent(symbol -> known.put(symbol, actually));
    }
  }

  /** The size of a symbol in a batch of that many rows. */
  Dim sized(String symbol, int rows) {
    return batch.contains(symbol) ? Dim.of(rows) : known.getOrDefault(symbol, Dim.symbol(symbol));
  }

  /** A type of sizes of which the batch is one. */
  Type single(Type type) {
    return type.isTensor()
        ? Type.of(type.shape().bind(symbol -> sized(symbol, 1)), type.dtype())
        : type;
  }

  /** Whether the first axis of an input is the batch of the free ones. */
  boolean isRow(Port port) {
    return leading(port).filter(batch::contains).isPresent();
  }

  /** Whether an input that is given whole says how many rows there are. */
  boolean settles(Port port) {
    return given.contains(port.name())
        && !isRow(port)
        && port.type().shape().dims().stream()
            .anyMatch(dim -> dim.asSymbol().filter(batch::contains).isPresent());
  }
}
