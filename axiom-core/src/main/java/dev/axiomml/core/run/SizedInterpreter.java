package dev.axiomml.core.run;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reading that computes, telling each node the sizes that earlier results turned out to have:
 * symbols that only data determines. Made anew for each run.
 */
public final class SizedInterpreter implements GraphReading<RuntimeValue> {
  private final Interpreter interpreter = new Interpreter();
  private final Map<String, Dim> sizes = new HashMap<>();
  private final Set<String> several = new HashSet<>();

  /** Nothing is known yet. */
  public SizedInterpreter() {}

  @Override
  public RuntimeValue constant(Value at, Tensor tensor) {
    return interpreter.constant(at, tensor);
  }

  @Override
  public List<RuntimeValue> node(Node at, List<RuntimeValue> in) {
    Op op = sizes.isEmpty() ? at.op() : at.op().bind(this::size);
    List<RuntimeValue> out = run(new Node(at.id(), at.name(), op, at.in(), at.out()), in);
    for (int i = 0; i < at.out().size(); i++) {
      if (at.out().get(i).type().isTensor() && out.get(i) instanceof Tensor tensor) {
        learn(at.out().get(i).type().shape(), tensor.shape());
      }
    }
    return out;
  }

  private Dim size(String symbol) {
    return Optional.ofNullable(sizes.get(symbol)).orElseGet(() -> Dim.symbol(symbol));
  }

  private List<RuntimeValue> run(Node at, List<RuntimeValue> in) {
    try {
      return interpreter.node(at, in);
    } catch (IllegalStateException e) {
      throw new ShapeException(
          new Diagnosis(
              at.op().title() + ": " + e.getMessage(),
              at.name(),
              "the sizes that a node speaks of must be known when it runs",
              "bind the graph's symbols, or export the model with fixed sizes"),
          e);
    }
  }

  /** A symbol of several sizes, as a step that is repeated may bring, tells nothing. */
  private void learn(Shape declared, Shape actual) {
    for (int axis = 0; axis < Math.min(declared.rank(), actual.rank()); axis++) {
      Dim size = declared.dim(axis);
      String symbol = size.toString();
      boolean plain = !size.isFixed() && symbol.matches("[A-Za-z_][A-Za-z0-9_.]*");
      if (plain && !several.contains(symbol)) {
        learn(symbol, actual.dim(axis));
      }
    }
  }

  private void learn(String symbol, Dim size) {
    Dim before = sizes.putIfAbsent(symbol, size);
    if (before != null && !before.equals(size)) {
      several.add(symbol);
      sizes.remove(symbol);
    }
  }
}
