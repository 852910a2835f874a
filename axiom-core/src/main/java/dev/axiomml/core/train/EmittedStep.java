package dev.axiomml.core.train;

import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.gradient.SumToShape;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step whose gradient is put down with an emitter.
 *
 * @param to where operators are put
 * @param in the operands
 * @param out the results
 * @param arrived gradients by the results; empty where none arrived
 */
record EmittedStep<V>(OpEmitter<V> to, List<V> in, List<V> out, List<Optional<V>> arrived)
    implements GradientStep<V> {
  EmittedStep {
    in = List.copyOf(in);
    out = List.copyOf(out);
    arrived = List.copyOf(arrived);
  }

  @Override
  public V g() {
    return arrived.get(0).orElseGet(() -> zeros(out.get(0)));
  }

  private V zeros(V like) {
    Type type = type(like);
    return constant(Tensor.ofDoubles(type.shape(), type.dtype(), new double[type.shape().count()]));
  }

  @Override
  public Type type(V value) {
    return to.type(value);
  }

  @Override
  public V constant(Tensor tensor) {
    return to.constant(tensor);
  }

  @Override
  public V one(Op op, List<V> operands) {
    return to.one(op, operands);
  }

  private V number(V beside, double number) {
    DType dtype = type(beside).dtype();
    return constant(Tensor.ofDoubles(Shape.SCALAR, dtype, number));
  }

  @Override
  public V plus(V a, V b) {
    return one(new Add(), List.of(a, b));
  }

  @Override
  public V plus(V a, double number) {
    return plus(a, number(a, number));
  }

  @Override
  public V minus(V a, V b) {
    return one(new Sub(), List.of(a, b));
  }

  @Override
  public V times(V a, V b) {
    return one(new Mul(), List.of(a, b));
  }

  @Override
  public V times(V a, double number) {
    return times(a, number(a, number));
  }

  @Override
  public V over(V a, V b) {
    return one(new Div(), List.of(a, b));
  }

  @Override
  public V undone(V g, int operand) {
    Shape shape = type(in.get(operand)).shape();
    return type(g).shape().equals(shape) ? g : one(new SumToShape(shape), List.of(g));
  }

  @Override
  public List<Optional<V>> through(OpLowering parts) {
    GradientTape<V> tape = new GradientTape<>(to);
    in.forEach(tape::want);
    List<V> made = parts.emit(tape, in);
    Map<V, V> seeds = new HashMap<>();
    for (int k = 0; k < made.size(); k++) {
      V result = made.get(k);
      arrived.get(k).ifPresent(gradient -> seeds.merge(result, gradient, this::plus));
    }
    Map<V, V> back = tape.back(seeds);
    return in.stream().map(value -> Optional.ofNullable(back.get(value))).toList();
  }
}
