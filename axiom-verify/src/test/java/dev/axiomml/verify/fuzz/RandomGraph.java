package dev.axiomml.verify.fuzz;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random graph of two to eight operators of the whole catalogue.
 *
 * <p>Between operators a sample is a row of numbers: it is cut or repeated to the size that the
 * next operator's sample has, and given its shape. Operands that have no batch become constants.
 */
final class RandomGraph {
  private static final List<OpSample> CATALOGUE = OpSamples.all();
  private static final Dim BATCH = Dim.symbol("N");
  private static final int WIDEST = 160;

  private final Random random;
  private final GraphBuilder builder = Graph.builder();
  private final List<Value> rows = new ArrayList<>();

  private RandomGraph(Random random) {
    this.random = random;
  }

  /** A random model of at most eight outputs. */
  static Model<Output> of(Random random) {
    RandomGraph graph = new RandomGraph(random);
    Shape shape = Shape.of(BATCH, Dim.of(1 + random.nextInt(8)));
    Value input = graph.builder.input("x", Type.float32(shape));
    graph.rows.add(input);
    int steps = 2 + random.nextInt(7);
    for (int i = 0; i < steps; i++) {
      graph.attempt();
    }
    Value out = graph.narrow(graph.last());
    Port in = new Port("x", input.type(), List.of(), Optional.empty());
    Port end = new Port("y", out.type(), List.of(), Optional.empty());
    return Model.of(
        new Signature<>("graph", List.of(in), List.of(end), OutputKind.OUTPUT),
        graph.builder.build(List.of(out)));
  }

  private Value last() {
    return rows.get(rows.size() - 1);
  }

  private static int width(Value row) {
    return row.type().shape().size(1);
  }

  private Value narrow(Value row) {
    return width(row) <= 8 ? row : Steps.dense(random, width(row)).on(builder, row);
  }

  /** One more operator; what does not fit is left out. */
  private void attempt() {
    try {
      List<Value> made =
          switch (random.nextInt(12)) {
            case 0 -> List.of(joined());
            case 1 -> List.of(Steps.dense(random, width(last())).on(builder, last()));
            case 2 -> List.of(add(Steps.scalar(random), last()));
            case 3 -> List.of(window());
            case 4 -> List.of(Steps.inside(random, Shape.of(1, width(last()))).on(builder, last()));
            default -> sampled(CATALOGUE.get(random.nextInt(CATALOGUE.size())));
          };
      made.forEach(this::keep);
    } catch (IllegalArgumentException refused) {
      random.nextInt();
    }
  }

  private void keep(Value value) {
    Shape shape = value.type().shape();
    boolean batched = shape.rank() > 0 && shape.dim(0).equals(BATCH);
    boolean fixed = batched && shape.sub(1, shape.rank()).isFixed();
    if (!fixed || value.type().dtype() != DType.FLOAT32) {
      return;
    }
    int size = shape.sub(1, shape.rank()).count();
    if (size > 0 && size <= WIDEST) {
      rows.add(shape.rank() == 2 ? value : add(new Reshape(flat(size)), value));
    }
  }

  private static Shape flat(int size) {
    return Shape.of(BATCH, Dim.of(size));
  }

  private Value add(Op op, Value... in) {
    return builder.add("step", op, List.of(in)).get(0);
  }

  private Value joined() {
    Value other = rows.get(random.nextInt(rows.size()));
    return random.nextBoolean()
        ? add(new Concat(1), last(), other)
        : add(new Add(), last(), sized(other, width(last())));
  }

  /** The row cut or repeated to a size. */
  private Value sized(Value row, int size) {
    int width = width(row);
    Value wide = width >= size ? row : add(new Tile(List.of(1, (size + width - 1) / width)), row);
    return width(wide) == size ? wide : add(Slice.of(1, 0, size), wide);
  }

  private List<Value> sampled(OpSample sample) {
    List<Value> operands =
        IntStream.range(0, sample.in().size()).mapToObj(k -> operand(sample, k)).toList();
    return builder.add("step", sample.op(), operands);
  }

  /** A weight, mostly the sample's own, or what has a batch in the sample and what has not. */
  private Value operand(OpSample sample, int k) {
    Shape shape = sample.in().get(k);
    Parameter weight = sample.weights().get(k);
    if (weight != null && random.nextInt(4) > 0) {
      return builder.parameter(weight);
    }
    return weight == null && isRow(sample, shape) ? row(sample, shape) : constant(sample, shape);
  }

  /** Whether an operand has the batch of the first that is no weight. */
  private static boolean isRow(OpSample sample, Shape shape) {
    Shape first = sample.in().get(sample.weights().containsKey(0) ? 1 : 0);
    return shape.rank() > 1
        && shape.dim(0).equals(first.dim(0))
        && shape.rank() >= first.rank() - 1;
  }

  private Value constant(OpSample sample, Shape shape) {
    return builder.constant(Tensor.random(shape, random.nextLong(), sample.low(), sample.high()));
  }

  /** A row as the operator's operand, mostly brought into the range that its sample names. */
  private Value row(OpSample sample, Shape shape) {
    Shape one = shape.sub(1, shape.rank());
    Value row = random.nextInt(4) == 0 ? rows.get(random.nextInt(rows.size())) : last();
    Value fit = sized(row, one.count());
    boolean usual = sample.low() == -2 && sample.high() == 2;
    if (random.nextInt(4) > 0 && (!usual || random.nextInt(3) == 0)) {
      float low = (float) sample.low();
      float span = (float) (sample.high() - sample.low());
      fit = add(new Sigmoid(), fit);
      fit = add(new Add(), add(new Mul(), fit, filled(span)), filled(low));
    }
    return add(new Reshape(Shape.of(BATCH).concat(one)), fit);
  }

  private Value filled(float value) {
    return builder.parameter(new Parameter("all " + value, Tensor.of(Shape.of(1), value)));
  }

  /** A convolution or pooling with a random geometry. */
  private Value window() {
    int side = 3 + random.nextInt(3);
    int channels = 1 + random.nextInt(2);
    Value image =
        add(
            new Reshape(Shape.of(BATCH, Dim.of(side), Dim.of(side), Dim.of(channels))),
            sized(last(), side * side * channels));
    WindowGeometry geometry =
        WindowGeometry.of(List.of(1 + random.nextInt(3), 1 + random.nextInt(3)))
            .stride(List.of(1 + random.nextInt(2), 1 + random.nextInt(2)))
            .padding(List.of(random.nextInt(2), 0), List.of(0, random.nextInt(2)))
            .dilation(List.of(1, 1 + random.nextInt(2)))
            .ceil(random.nextInt(4) == 0);
    List<Integer> kernel = geometry.kernel();
    return switch (random.nextInt(3)) {
      case 0 -> add(new MaxPool(geometry), image);
      case 1 -> add(new AveragePool(geometry, random.nextBoolean()), image);
      default -> {
        Parameter weight = Steps.weight(random, kernel.get(0), kernel.get(1), channels, 2);
        List<Parameter> weights = List.of(weight, Steps.weight(random, 2));
        yield builder.weighted(new Conv(geometry, 1), image, weights);
      }
    };
  }
}
