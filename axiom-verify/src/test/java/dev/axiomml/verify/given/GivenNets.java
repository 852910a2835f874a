package dev.axiomml.verify.given;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Models of several inputs, some of which only make sense when they are given. */
final class GivenNets {
  private static final Dim N = Dim.symbol("N");
  private final GraphBuilder builder = Graph.builder();
  private final List<Port> ports = new ArrayList<>();

  private Value input(String name, DType dtype, Dim... sizes) {
    Value value = builder.input(name, Type.of(new Shape(Arrays.asList(sizes)), dtype));
    ports.add(port(name, value));
    return value;
  }

  private static Port port(String name, Value value) {
    List<String> axes = Collections.nCopies(value.type().shape().rank(), "axis");
    return new Port(name, value.type(), axes, Optional.empty());
  }

  private Value one(dev.axiomml.core.op.Op op, Value... in) {
    return builder.emit(op, List.of(in)).get(0);
  }

  private Model<Output> model(Value out) {
    Signature<Output> signature =
        new Signature<>("several", ports, List.of(port("y", out)), OutputKind.OUTPUT);
    return Model.of(signature, builder.build(List.of(out)));
  }

  /**
   * {@code y = (x + memory) · [sr > 8000]}: a row of memory for each row, a whole number for all.
   */
  static Model<Output> gated() {
    GivenNets to = new GivenNets();
    Value x = to.input("x", DType.FLOAT32, N, Dim.of(2));
    Value memory = to.input("memory", DType.FLOAT32, N, Dim.of(2));
    Value rate = to.input("sr", DType.INT64);
    Value limit = to.builder.constant(Tensor.ofLongs(Shape.SCALAR, 8000));
    Value fast = to.one(new Compare(Compare.Kind.LESS), limit, rate);
    Value gate = to.one(new Cast(DType.FLOAT32, true), fast);
    return to.model(to.one(new Mul(), to.one(new Add(), x, memory), gate));
  }

  /** {@code y = x + memory}. */
  static Model<Output> summed() {
    GivenNets to = new GivenNets();
    Value x = to.input("x", DType.FLOAT32, N, Dim.of(2));
    Value memory = to.input("memory", DType.FLOAT32, N, Dim.of(2));
    return to.model(to.one(new Add(), x, memory));
  }

  /** {@code y = x + stateᵀ[0]}: the batch is the second axis of the state. */
  static Model<Output> stateful() {
    GivenNets to = new GivenNets();
    Value x = to.input("x", DType.FLOAT32, N, Dim.of(2));
    Value state = to.input("state", DType.FLOAT32, Dim.of(2), N);
    Value first = to.one(Slice.of(0, 0, 1), state);
    return to.model(to.one(new Add(), x, to.one(new Permute(List.of(1, 0)), first)));
  }

  /** {@code y = x · gain}, the gain in any row. */
  static Model<Output> scaled(Dim rows) {
    GivenNets to = new GivenNets();
    Value x = to.input("x", DType.FLOAT32, N, Dim.of(2));
    Value gain = to.input("gain", DType.FLOAT32, rows, Dim.ONE);
    return to.model(to.one(new Mul(), x, gain));
  }

  /** {@code y = x · gain}, one gain for all rows. */
  static Model<Output> scalar() {
    GivenNets to = new GivenNets();
    Value x = to.input("x", DType.FLOAT32, N, Dim.of(2));
    Value gain = to.input("gain", DType.FLOAT32);
    return to.model(to.one(new Mul(), x, gain));
  }

  /** {@code y = x + table[id]}, the ids of all rows first. */
  static Model<Output> picked() {
    GivenNets to = new GivenNets();
    Value ids = to.input("ids", DType.INT64, N);
    Value x = to.input("x", DType.FLOAT32, N, Dim.of(2));
    Value table = to.builder.constant(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
    return to.model(to.one(new Add(), x, to.one(new Gather(0), table, ids)));
  }

  /** {@code y = x + k} of the first {@code k} of some numbers. */
  static Model<Output> reshaped() {
    GivenNets to = new GivenNets();
    Value x = to.input("x", DType.FLOAT32, N, Dim.symbol("T"));
    Value mask = to.input("mask", DType.FLOAT32, Dim.symbol("T"));
    Value row = to.one(new Reshape(Shape.of(Dim.ONE, Dim.symbol("T"))), mask);
    return to.model(to.one(new Mul(), x, row));
  }
}
