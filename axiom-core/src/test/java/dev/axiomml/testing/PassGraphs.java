package dev.axiomml.testing;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random graphs of what passes look for: images with their channels last or first, norms and
 * scalings behind layers, operators in the parts that exporters write, masks, constants, values
 * with several readers.
 */
public final class PassGraphs {
  private static final Dim BATCH = Dim.symbol("N");
  private static final Shape IMAGE = Shape.of(4, 4, 2);
  private static final Shape FIRST = Shape.of(2, 4, 4);
  private static final Shape FLAT = Shape.of(32);
  private static final Shape ROW = Shape.of(8);
  private static final Shape STEPS = Shape.of(4, 2);

  private final GraphBuilder to = Graph.builder();
  private final List<Value> pool = new ArrayList<>();
  private final SplittableRandom random;

  private PassGraphs(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A graph of two inputs, an image and a row, for a batch of any size. */
  public static Graph of(long seed) {
    PassGraphs graph = new PassGraphs(seed);
    graph.pool.add(graph.to.input("image", Type.float32(Shape.of(BATCH).concat(IMAGE))));
    graph.pool.add(graph.to.input("row", Type.float32(Shape.of(BATCH).concat(ROW))));
    int steps = 3 + graph.random.nextInt(12);
    for (int i = 0; i < steps; i++) {
      graph.pool.add(graph.step(graph.recent()));
    }
    List<Value> out = new ArrayList<>(List.of(graph.pool.get(graph.pool.size() - 1)));
    for (int i = graph.random.nextInt(3); i > 0; i--) {
      out.add(graph.pool.get(graph.random.nextInt(graph.pool.size())));
    }
    return graph.to.build(out);
  }

  private Value recent() {
    int back = Math.min(pool.size(), random.nextInt(4) == 0 ? 6 : 2);
    return pool.get(pool.size() - 1 - random.nextInt(back));
  }

  private Value op(Op op, Value... in) {
    return to.one(op, List.of(in));
  }

  private Value layer(Op op, Value x, Parameter... weights) {
    return to.weighted(op, x, List.of(weights));
  }

  private Parameter weight(long... sizes) {
    Shape shape = Shape.of(sizes);
    return new Parameter(
        "w" + random.nextInt(1 << 20), Tensor.random(shape, random.nextLong(), -1, 1));
  }

  private Parameter positive(long... sizes) {
    return weight(sizes).with(Tensor.random(Shape.of(sizes), random.nextLong(), 0.5, 2));
  }

  private Value number(double x) {
    return to.constant(Tensor.scalar((float) x));
  }

  private static Shape one(Value x) {
    return x.type().shape().sub(1, x.type().shape().rank());
  }

  private Value shaped(Value x, Shape one) {
    return op(new Reshape(Shape.of(BATCH).concat(one)), x);
  }

  private Value step(Value x) {
    if (random.nextInt(3) == 0) {
      return anywhere(x);
    }
    Shape one = one(x);
    if (one.equals(IMAGE)) {
      return image(x);
    }
    if (one.equals(FIRST)) {
      return random.nextInt(3) == 0 ? op(Permute.of(0, 2, 3, 1), x) : shaped(x, FLAT);
    }
    if (one.equals(FLAT)) {
      Value flat = random.nextBoolean() ? op(new Tanh(), x) : x;
      return layer(new Dense(), flat, weight(32, 8), weight(8));
    }
    return one.equals(ROW) ? row(x) : steps(x);
  }

  private Value anywhere(Value x) {
    return switch (random.nextInt(8)) {
      case 0 -> op(new Relu(), x);
      case 1 -> op(new Tanh(), x);
      case 2 -> op(new Dropout(0.5), x);
      case 3 -> op(new Mul(), x, op(new Sigmoid(), x));
      case 4 -> gelu(x);
      case 5 -> normed(x);
      case 6 -> op(new Add(), x, op(new Relu(), to.constant(weight(1).tensor())));
      default -> op(new Add(), x, alike(x));
    };
  }

  private Value alike(Value x) {
    List<Value> all = pool.stream().filter(v -> v.type().equals(x.type())).toList();
    return all.isEmpty() ? x : all.get(random.nextInt(all.size()));
  }

  private Value gelu(Value x) {
    Value erf = op(new Erf(), op(new Mul(), x, number(Math.sqrt(0.5))));
    return op(new Mul(), op(new Mul(), x, op(new Add(), erf, number(1))), number(0.5));
  }

  private Value normed(Value x) {
    Value centred = op(new Sub(), x, mean(x));
    Value variance = op(new Add(), mean(op(new Square(), centred)), number(0.5));
    Value norm = op(new Mul(), centred, op(new Reciprocal(), op(new Sqrt(), variance)));
    int width = one(x).size(-1);
    Value scaled = layer(new Mul(), norm, weight(width));
    return random.nextBoolean() ? scaled : layer(new Add(), scaled, weight(width));
  }

  private Value mean(Value x) {
    return op(new ReduceMean(List.of(-1), true), x);
  }

  private Value image(Value x) {
    return switch (random.nextInt(5)) {
      case 0 -> norm(x);
      case 1 -> op(Permute.of(0, 3, 1, 2), x);
      case 2 -> norm(conv(x));
      case 3 -> layer(new Add(), layer(new Mul(), conv(x), weight(2)), weight(2));
      default -> conv(x);
    };
  }

  private Value conv(Value x) {
    WindowGeometry geometry =
        WindowGeometry.of(List.of(3, 3)).padding(List.of(1, 1), List.of(1, 1));
    return layer(new Conv(geometry, 1), x, weight(3, 3, 2, 2), weight(2));
  }

  private Value norm(Value x) {
    BatchNorm norm = new BatchNorm(1e-3);
    return random.nextBoolean()
        ? layer(norm, x, weight(2), positive(2))
        : layer(norm, x, weight(2), weight(2), weight(2), positive(2));
  }

  private Value row(Value x) {
    return switch (random.nextInt(5)) {
      case 0 ->
          op(
              new Add(),
              op(new MatMul(), x, to.constant(weight(8, 8).tensor())),
              to.constant(weight(8).tensor()));
      case 1 -> op(new Softmax(-1), op(new Add(), x, mask()));
      case 2 -> op(new Softmax(-1), x);
      case 3 -> layer(new Mul(), layer(new Dense(), x, weight(8, 8)), weight(8));
      default -> shaped(x, STEPS);
    };
  }

  private Value mask() {
    float[] mask = new float[8];
    mask[1 + random.nextInt(7)] = Float.NEGATIVE_INFINITY;
    return to.constant(Tensor.of(Shape.of(8), mask));
  }

  private Value steps(Value x) {
    return switch (random.nextInt(3)) {
      case 0 -> op(new Attention(0.7, 0), x, op(Permute.of(0, 2, 1), x), alike(x));
      case 1 -> parts(x, op(Permute.of(0, 2, 1), x));
      default -> shaped(x, ROW);
    };
  }

  /** Attention as products and softmax. */
  private Value parts(Value x, Value keys) {
    Value scores = op(new Mul(), op(new MatMul(), x, keys), number(0.5));
    return op(new MatMul(), op(new Softmax(-1), scores), x);
  }
}
