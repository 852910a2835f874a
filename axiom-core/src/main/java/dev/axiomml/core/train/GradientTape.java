package dev.axiomml.core.train;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Remembers what is put down and goes back over it: reverse-mode differentiation for any emitter.
 *
 * <p>Operators that are stated by parts are put down in their parts. Values are told apart by
 * {@code equals}.
 */
final class GradientTape<V> implements OpEmitter<V> {
  private final OpEmitter<V> to;
  private final List<Step<V>> steps = new ArrayList<>();
  private final Set<V> wanted = new HashSet<>();
  private final Set<String> missing = new TreeSet<>();

  private record Step<V>(Op op, List<V> in, List<V> out) {}

  GradientTape(OpEmitter<V> to) {
    this.to = to;
  }

  /** Asks for the gradient by a value, and so by all that is made of it from now on. */
  void want(V value) {
    wanted.add(value);
  }

  /** Whether a gradient by one of some values is asked for. */
  boolean isWanted(List<V> values) {
    return values.stream().anyMatch(wanted::contains);
  }

  /** The operators without a gradient that one arrived at. */
  Set<String> missing() {
    return missing;
  }

  @Override
  public V constant(Tensor tensor) {
    return to.constant(tensor);
  }

  @Override
  public V parameter(Parameter weight) {
    return to.parameter(weight);
  }

  @Override
  public Type type(V value) {
    return to.type(value);
  }

  @Override
  public List<V> emit(Op op, List<V> in) {
    if (op instanceof PartsOp parts && parts.isDifferentiatedByParts()) {
      return parts.parts(in.stream().map(this::type).toList()).orElseThrow().emit(this, in);
    }
    return recorded(op, in, to.emit(op, in));
  }

  /** Remembers what an operator, put down elsewhere, made. */
  List<V> recorded(Op op, List<V> in, List<V> out) {
    if (isWanted(in)) {
      steps.add(new Step<>(op, List.copyOf(in), List.copyOf(out)));
      out.stream().filter(value -> to.type(value).dtype().isFloat()).forEach(wanted::add);
    }
    return out;
  }

  /** Puts the gradients down from those of some values, and answers all that arrive. */
  Map<V, V> back(Map<V, V> seeds) {
    Map<V, V> arrived = new HashMap<>(seeds);
    EmittedStep<V> sums = new EmittedStep<>(to, List.of(), List.of(), List.of());
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step<V> step = steps.get(i);
      List<Optional<V>> g =
          step.out().stream().map(value -> Optional.ofNullable(arrived.get(value))).toList();
      if (g.stream().anyMatch(Optional::isPresent)) {
        back(step, g).forEach((value, more) -> arrived.merge(value, more, sums::plus));
      }
    }
    return arrived;
  }

  /** What a step gives its operands, those that are one value added up. */
  private Map<V, V> back(Step<V> step, List<Optional<V>> g) {
    EmittedStep<V> at = new EmittedStep<>(to, step.in(), step.out(), g);
    if (!OpGradients.has(step.op())) {
      missing.add(step.op().title());
    }
    List<Optional<V>> back =
        OpGradients.emit(step.op(), at, k -> wanted.contains(step.in().get(k)));
    Map<V, V> given = new LinkedHashMap<>();
    for (int k = 0; k < back.size(); k++) {
      V operand = step.in().get(k);
      if (wanted.contains(operand)) {
        back.get(k).ifPresent(gradient -> given.merge(operand, gradient, at::plus));
      }
    }
    return given;
  }
}
