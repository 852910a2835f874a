package dev.axiomml.verify.fuzz;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** A random network of a few steps; now and then one in which the samples of a batch meet. */
public final class RandomNet {
  private static final Dim BATCH = Dim.symbol("N");
  private static final long[][] STARTS = {
    {1}, {2}, {2}, {3}, {4}, {5}, {6}, {2, 3}, {3, 2}, {1, 4}, {2, 2}, {1, 1}, {2, 1, 3}, {24}, {30}
  };

  private final Random random;
  private final GraphBuilder builder = Graph.builder();
  private final List<Value> pool = new ArrayList<>();
  private final List<Value> inputs = new ArrayList<>();
  private final boolean single;

  private RandomNet(Random random) {
    this.random = random;
    this.single = random.nextInt(20) == 0;
  }

  /** A random model. */
  public static Model<Output> of(Random random) {
    RandomNet net = new RandomNet(random);
    Shape start = Shape.of(STARTS[random.nextInt(STARTS.length)]);
    int count = random.nextInt(12) == 0 ? 2 : 1;
    for (int i = 0; i < count; i++) {
      Dim batch = net.single ? Dim.ONE : BATCH;
      net.inputs.add(net.builder.input("x", Type.float32(Shape.of(batch).concat(start))));
    }
    net.pool.addAll(net.inputs);
    boolean layered = start.count() > 20 && random.nextInt(4) > 0;
    for (int i = 0; layered && i <= 1 + random.nextInt(2); i++) {
      net.attempt(net::layer);
    }
    return net.grown(1 + random.nextInt(layered ? 2 : 5));
  }

  private Model<Output> grown(int steps) {
    boolean across = random.nextInt(6) == 0;
    boolean set = random.nextInt(6) == 0;
    int special = random.nextInt(steps);
    for (int i = 0; i < steps; i++) {
      boolean here = i == special;
      attempt(here && across ? this::across : here && set ? this::set : this::step);
    }
    Value out = pool.get(pool.size() - 1);
    Optional<Region.Range> domain =
        random.nextInt(3) == 0 ? Optional.of(new Region.Range(-1, 1)) : Optional.empty();
    List<Port> ports =
        inputs.stream().map(v -> new Port(v.name(), v.type(), List.of(), domain)).toList();
    Port end = new Port("y", out.type(), List.of(), Optional.empty());
    return Model.of(
        new Signature<>("net", ports, List.of(end), OutputKind.OUTPUT),
        builder.build(List.of(out)));
  }

  /**
   * One more step; what is refused, or has another size than the batch in its rows, is left out.
   */
  private void attempt(Supplier<Value> step) {
    try {
      Value made = step.get();
      Shape shape = made.type().shape();
      int rank = shape.rank();
      boolean rows = rank > 1 && shape.dim(0).equals(inputs.get(0).type().shape().dim(0));
      if (rows && shape.sub(1, rank).isFixed() && shape.sub(1, rank).count() > 0) {
        pool.add(made);
      }
    } catch (IllegalArgumentException refused) {
      random.nextInt();
    }
  }

  private Value last() {
    return pool.get(pool.size() - 1);
  }

  private Value step() {
    Shape shape = one(last());
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> Steps.dense(random, shape.size(-1)).on(builder, last());
      case 3, 4, 5 -> add(Steps.scalar(random), last());
      case 6, 7 -> Steps.inside(random, shape).on(builder, last());
      case 8 -> joined();
      default -> moved(shape);
    };
  }

  /** A dense layer with a function of two straight pieces, as proofs split them. */
  private Value layer() {
    Value sum = Steps.dense(random, one(last()).size(-1)).on(builder, last());
    return add(Steps.pick(random, new Relu(), new Relu(), new LeakyRelu(0.25), new Abs()), sum);
  }

  private Value set() {
    return add(Steps.set(random), last());
  }

  private static Shape one(Value value) {
    return value.type().shape().with(0, Dim.ONE);
  }

  private Value joined() {
    Value other = pool.get(random.nextInt(pool.size()));
    Op op =
        Steps.pick(random, new Add(), new Sub(), new Mul(), new Div(), new Max(), new Concat(-1));
    return add(op, last(), other);
  }

  private Value moved(Shape shape) {
    int size = shape.count();
    Dim batch = last().type().shape().dim(0);
    if (shape.rank() == 2) {
      int rows = size % 2 == 0 ? 2 : size % 3 == 0 ? 3 : 1;
      return add(new Reshape(Shape.of(batch, Dim.of(rows), Dim.of(size / rows))), last());
    }
    return shape.rank() == 3 && random.nextBoolean()
        ? add(Permute.of(0, 2, 1), last())
        : add(new Reshape(Shape.of(batch, Dim.of(size))), last());
  }

  /** A step along the batch, or a reshape that carries elements from row to row. */
  private Value across() {
    Value at = last();
    if (random.nextInt(3) > 0 || at.type().shape().rank() != 2) {
      return add(Steps.across(random, one(at)), at);
    }
    Dim width = at.type().shape().dim(1);
    Value turned = add(new Reshape(Shape.of(width, at.type().shape().dim(0))), at);
    return add(Permute.of(1, 0), turned);
  }

  private Value add(Op op, Value... in) {
    return builder.add("step", op, List.of(in)).get(0);
  }
}
