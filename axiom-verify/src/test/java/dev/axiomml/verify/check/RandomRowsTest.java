package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.SampleCopies;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random graphs that are found to be copies, run on batches and row by row. */
class RandomRowsTest {
  private static final Dim N = Dim.symbol("N");
  private static final int WIDTH = 12;
  private static final double ORDER = 1e-9; // of doubles below 10⁴ that pass a few dozen sums

  /** Mutation: any condition left out of a statement, or one of the checks of the copies. */
  @Test
  void rows_that_are_said_to_stay_apart_do() {
    int apart = 0;
    for (long seed = 0; seed < 4_000; seed++) {
      Optional<Graph> graph = graph(new Random(seed));
      boolean stay = graph.filter(RandomRowsTest::isCopied).isPresent();
      if (stay) {
        assertApart(graph.orElseThrow(), seed);
        apart++;
      }
    }
    assertThat(apart).isGreaterThan(200);
  }

  private static void assertApart(Graph graph, long seed) {
    for (int rows : SampleCopies.SIZES) {
      Tensor in = Tensor.random(Shape.of(rows, WIDTH), seed, -1, 1).to(DType.FLOAT64);
      double[] all = run(graph, in);
      int width = all.length / rows;
      for (int row = 0; row < rows; row++) {
        double[] own = Arrays.copyOfRange(in.toDoubles(), row * WIDTH, (row + 1) * WIDTH);
        Tensor one = Tensor.ofDoubles(Shape.of(1, WIDTH), DType.FLOAT64, own);
        assertThat(Arrays.copyOfRange(all, row * width, (row + 1) * width))
            .as("row %d of %d, seed %d, %s", row, rows, seed, graph)
            .containsExactly(run(graph, one), within(ORDER));
      }
    }
  }

  private static double[] run(Graph graph, Tensor in) {
    return of(graph, in.shape().size(0))
        .read(List.<RuntimeValue>of(in), new Interpreter())
        .get(0)
        .tensor()
        .toDoubles();
  }

  private static boolean isCopied(Graph graph) {
    try {
      return SampleCopies.fault(rows -> of(graph, rows)).isEmpty();
    } catch (ShapeException e) {
      return false; // it does not run on one row
    }
  }

  private static Graph of(Graph graph, int rows) {
    return graph.bind(Map.of("N", (long) rows)).graph();
  }

  /** Two to seven steps, and back to rows where that can be; empty where none fits. */
  private static Optional<Graph> graph(Random random) {
    GraphBuilder builder = Graph.builder();
    Value input = builder.input("x", Type.of(Shape.of(N, Dim.of(WIDTH)), DType.FLOAT64));
    List<Value> made = new ArrayList<>(List.of(input));
    int steps = 2 + random.nextInt(6);
    for (int i = 0; i < steps && made.get(made.size() - 1).type().shape().rank() > 0; i++) {
      Value last = made.get(made.size() - 1);
      Value other =
          random.nextBoolean()
              ? builder.constant(numbers(last.type().shape(), random))
              : made.get(random.nextInt(made.size()));
      Op op = op(last.type().shape(), random);
      boolean pair = op instanceof Add || op instanceof MatMul || op instanceof Concat;
      added(builder, "s" + i, op, pair ? List.of(last, other) : List.of(last)).ifPresent(made::add);
    }
    Value last = made.get(made.size() - 1);
    Dim each = last.type().shape().volume().floorDiv(N);
    Optional<Value> rows =
        each.isFixed()
            ? added(builder, "rows", new Reshape(Shape.of(N, each)), List.of(last))
            : Optional.empty();
    return rows.map(out -> builder.build(List.of(out)));
  }

  private static Optional<Value> added(
      GraphBuilder builder, String name, Op op, List<Value> operands) {
    try {
      op.infer(operands.stream().map(Value::type).toList());
      return Optional.of(builder.add(name, op, operands).get(0));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty(); // it does not fit, so there is one step less
    }
  }

  private static Op op(Shape shape, Random random) {
    int axis = random.nextInt(shape.rank());
    return switch (random.nextInt(14)) {
      case 0, 1 -> Permute.of(order(shape.rank(), random));
      case 2, 3 -> new Reshape(merged(shape, axis));
      case 4, 5 -> new Reshape(split(shape, axis, 2 + random.nextInt(2)));
      case 6 -> new Softmax(axis);
      case 7 -> new ReduceSum(List.of(axis), random.nextBoolean());
      case 8 -> new CumSum(axis, false, false);
      case 9 -> new Roll(List.of(axis), List.of(1 + random.nextInt(6)));
      case 10 -> Slice.flip(axis, shape.dim(axis));
      case 11 -> random.nextBoolean() ? new Concat(axis) : new Trilu(random.nextBoolean(), 0);
      case 12 -> new Add();
      default ->
          random.nextBoolean()
              ? random.nextBoolean() ? new Add() : new MatMul()
              : new LayerNorm(1 + axis, 1);
    };
  }

  private static int[] order(int rank, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Shape merged(Shape shape, int axis) {
    int next = Math.min(axis + 1, shape.rank() - 1);
    Dim both = next == axis ? shape.dim(axis) : shape.dim(axis).times(shape.dim(next));
    return shape.sub(0, axis).concat(Shape.of(both)).concat(shape.sub(next + 1, shape.rank()));
  }

  private static Shape split(Shape shape, int axis, int parts) {
    Dim rest = shape.dim(axis).floorDiv(parts);
    Shape both = parts == 2 ? Shape.of(rest, Dim.of(parts)) : Shape.of(Dim.of(parts), rest);
    return shape.sub(0, axis).concat(both).concat(shape.sub(axis + 1, shape.rank()));
  }

  /** Numbers for some of the last axes, of size 1 along some; as for two rows of a batch. */
  private static Tensor numbers(Shape shape, Random random) {
    int from = random.nextInt(shape.rank());
    long[] sizes =
        shape.sub(from, shape.rank()).dims().stream()
            .mapToLong(dim -> random.nextBoolean() ? 1 : dim.isFixed() ? dim.value() : 2)
            .toArray();
    return Tensor.random(Shape.of(sizes), random.nextLong(), -1, 1).to(DType.FLOAT64);
  }
}
