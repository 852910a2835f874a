package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Numbers of values that follow from constants and weights, computed when they are asked for. */
final class KnownNumbers {
  private final Function<Value, Collection<Node>> makers;
  private final Function<Value, Optional<Tensor>> constants;
  private final Map<Value, Tensor> computed = new HashMap<>();

  /**
   * Of a graph.
   *
   * @param makers the nodes that make a value, in the order of running
   */
  KnownNumbers(
      Function<Value, Collection<Node>> makers, Function<Value, Optional<Tensor>> constants) {
    this.makers = makers;
    this.constants = constants;
  }

  /** The tensor of a value that is known. */
  Tensor of(Value value) {
    if (!computed.containsKey(value)) {
      makers.apply(value).forEach(this::compute);
    }
    return ready(value);
  }

  private void compute(Node node) {
    if (computed.containsKey(node.out().get(0))) {
      return;
    }
    List<Tensor> in = node.in().stream().map(this::ready).toList();
    List<Tensor> out = results(node.op(), in).orElseThrow();
    for (int i = 0; i < out.size(); i++) {
      computed.put(node.out().get(i), out.get(i));
    }
  }

  private Tensor ready(Value value) {
    return constants
        .apply(value)
        .orElseGet(() -> Objects.requireNonNull(computed.get(value), value.name()));
  }

  /** What an operator makes of tensors; empty where that is no tensors. */
  static Optional<List<Tensor>> results(Op op, List<Tensor> in) {
    List<Type> types = in.stream().map(Tensor::type).toList();
    Node node = new Node(0, "", op.on(types), List.of(), List.of());
    List<RuntimeValue> out = new Interpreter().node(node, List.copyOf(in));
    return out.stream().allMatch(Tensor.class::isInstance)
        ? Optional.of(out.stream().map(RuntimeValue::tensor).toList())
        : Optional.empty();
  }
}
