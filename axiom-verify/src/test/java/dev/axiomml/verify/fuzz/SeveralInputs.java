package dev.axiomml.verify.fuzz;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Networks with one or two more inputs in front: a row of memory, a gain, a rate, ids, a state
 * whose batch is its second axis; and what these are given as.
 */
final class SeveralInputs {
  private static final int TABLE = 3;
  private static final List<String> KINDS = List.of("memory", "gain", "rate", "ids", "state");
  private static final long[] RATES = {0, 8000, 8001, 16000, -1, 1};

  private final Random random;
  private final GraphBuilder builder = Graph.builder();
  private final List<Port> ports = new ArrayList<>();

  private SeveralInputs(Random random) {
    this.random = random;
  }

  /** The same network behind more inputs; the first stays the first. */
  static Model<Output> before(Model<Output> model, Random random) {
    return new SeveralInputs(random).around(model);
  }

  private Model<Output> around(Model<Output> model) {
    Port first = model.signature().inputs().get(0);
    Value x = input("x", first.type(), first.domain());
    Value mixed = x;
    for (int count = 1 + random.nextInt(2); count > 0; count--) {
      mixed = mixed(mixed, KINDS.get(random.nextInt(KINDS.size())));
    }
    List<Value> out = model.graph().read(List.of(mixed), new Copy());
    Port end = new Port("y", out.get(0).type(), List.of(), Optional.empty());
    return Model.of(
        new Signature<>("several", ports, List.of(end), OutputKind.OUTPUT),
        builder.build(List.of(out.get(0))));
  }

  private Value input(String name, Type type, Optional<Region.Range> domain) {
    Value value = builder.input(name, type);
    ports.add(new Port(value.name(), type, List.of(), domain));
    return value;
  }

  private Value mixed(Value x, String kind) {
    Shape shape = x.type().shape();
    Dim batch = shape.dim(0);
    return switch (kind) {
      case "memory" -> one(random.nextBoolean() ? new Add() : new Mul(), x, more(kind, shape));
      case "gain" -> one(new Mul(), x, more(kind, Shape.SCALAR));
      case "rate" -> one(new Mul(), x, gate());
      case "ids" -> one(new Add(), x, one(new Gather(0), table(shape), ids(batch)));
      default ->
          shape.rank() != 2
              ? one(new Add(), x, more("memory", shape))
              : one(new Add(), x, first(more(kind, Shape.of(Dim.of(2), batch))));
    };
  }

  private Value more(String name, Shape shape) {
    return input(name, Type.float32(shape), Optional.empty());
  }

  private Value ids(Dim batch) {
    return input("ids", Type.of(Shape.of(batch), DType.INT64), Optional.empty());
  }

  private Value table(Shape shape) {
    Shape rows = shape.with(0, Dim.of(TABLE));
    return builder.constant(Tensor.random(rows, random.nextInt(), -2, 2));
  }

  /** 1 above a rate, else 0; or the rate itself. */
  private Value gate() {
    Value rate = input("rate", Type.of(Shape.SCALAR, DType.INT64), Optional.empty());
    if (random.nextInt(3) == 0) {
      return one(new Cast(DType.FLOAT32, true), rate);
    }
    Value limit = builder.constant(Tensor.ofLongs(Shape.SCALAR, 8000));
    return one(new Cast(DType.FLOAT32, true), one(new Compare(Compare.Kind.LESS), limit, rate));
  }

  private Value first(Value state) {
    return one(Permute.of(1, 0), one(Slice.of(0, 0, 1), state));
  }

  private Value one(Op op, Value... in) {
    return builder.emit(op, List.of(in)).get(0);
  }

  /** The network's own nodes once more. */
  private final class Copy implements GraphReading<Value> {
    @Override
    public Value constant(Value at, Tensor tensor) {
      return builder.constant(at.name(), tensor);
    }

    @Override
    public List<Value> node(Node at, List<Value> in) {
      return builder.add(at.name(), at.op(), in);
    }
  }

  /** What inputs are given as; those of whole numbers, and states, always are. */
  static Map<String, Tensor> given(Model<?> model, Random random) {
    Map<String, Tensor> given = new TreeMap<>();
    for (Port port : model.signature().inputs()) {
      boolean always = port.type().dtype() == DType.INT64 || port.name().startsWith("state");
      boolean more = port != model.signature().inputs().get(0);
      if (more && (always || random.nextInt(3) > 0)) {
        given.put(port.name(), drawn(port, random));
      }
    }
    return given;
  }

  private static Tensor drawn(Port port, Random random) {
    Shape shape = port.type().shape().bind(symbol -> Dim.ONE);
    if (port.type().dtype() == DType.INT64) {
      long rate = RATES[random.nextInt(RATES.length)];
      long id = random.nextInt(2 * TABLE) - TABLE;
      return Tensor.ofLongs(shape, shape.rank() == 0 ? rate : id);
    }
    float[] numbers = new float[shape.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> Float.MIN_VALUE;
            case 2 -> random.nextInt(5) - 2;
            default -> 4 * random.nextFloat() - 2;
          };
    }
    return Tensor.of(shape, numbers);
  }

  /** Whether a batch of a model can only be one row: something is the same for all of them. */
  static boolean isSingle(Model<?> model, Map<String, Tensor> given) {
    boolean single = false;
    for (Port port : model.signature().inputs()) {
      Shape shape = port.type().shape();
      boolean shared = shape.rank() == 0 && !given.containsKey(port.name());
      boolean fixed = shape.rank() > 0 && shape.dim(0).isFixed();
      single |= shared || fixed;
    }
    return single;
  }
}
