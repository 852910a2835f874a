package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A network of a seed: convolutions, pools, skips, functions, then dense layers. */
final class RandomNet {
  private final SplittableRandom random;
  private final GraphBuilder builder = Graph.builder();
  private final List<Value> images = new ArrayList<>();

  private RandomNet(long seed) {
    random = new SplittableRandom(seed);
  }

  static Graph of(long seed, int batch) {
    return new RandomNet(seed).graph(batch);
  }

  private Graph graph(int batch) {
    int size = random.nextInt(4, 12);
    Value x =
        builder.input("x", Type.float32(Shape.of(batch, size, size + 1, random.nextInt(1, 7))));
    for (int layer = random.nextInt(2, 8); layer > 0; layer--) {
      images.add(x);
      x = image(x);
    }
    Shape shape = x.type().shape();
    int features = shape.count() / batch;
    x = put(new Reshape(Shape.of(batch, features)), x);
    int outputs = random.nextInt(1, 40);
    x = put(new Dense(), x, biased(weight(features, outputs), outputs));
    return builder.build(List.of(random.nextBoolean() ? put(new Relu(), x) : x));
  }

  private Value image(Value x) {
    Shape shape = x.type().shape();
    int c = shape.size(-1);
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> conv(x, c, random.nextInt(1, 20), 1);
      case 3 -> conv(x, c, c, c);
      case 4 -> put(new Relu(), x);
      case 5 -> put(new Sigmoid(), x);
      case 6 -> skip(x);
      case 7 -> scaled(x, c);
      default -> pool(x);
    };
  }

  /** A padded convolution, perhaps with stride. */
  private Value conv(Value x, int in, int out, int groups) {
    int k = random.nextInt(1, 4);
    int stride = random.nextInt(1, 3);
    WindowGeometry geometry =
        WindowGeometry.of(List.of(k, k))
            .stride(List.of(stride, 1))
            .padding(List.of(k - 1, k / 2), List.of(k / 2, k - 1));
    return put(new Conv(geometry, groups), x, biased(weight(k, k, in / groups, out), out));
  }

  /** Factors, and mostly offsets, of channels or one for all. */
  private Value scaled(Value x, int channels) {
    Value product = put(new Mul(), x, List.of(weight(oneOr(channels))));
    boolean plain = random.nextInt(4) == 0;
    return plain ? product : put(new Add(), product, List.of(weight(oneOr(channels))));
  }

  private int oneOr(int channels) {
    return random.nextInt(3) == 0 ? 1 : channels;
  }

  private Value pool(Value x) {
    WindowGeometry two =
        WindowGeometry.of(List.of(2, 2))
            .stride(List.of(2, 1))
            .padding(List.of(1, 0), List.of(0, 1));
    Op op = random.nextBoolean() ? new MaxPool(two) : new AveragePool(two, random.nextBoolean());
    return put(op, x);
  }

  /** The sum with an earlier image of the same shape, where there is one; else a round trip. */
  private Value skip(Value x) {
    for (Value earlier : images) {
      if (earlier != x && earlier.type().equals(x.type())) {
        return builder.emit(new Add(), List.of(x, earlier)).get(0);
      }
    }
    return put(Permute.of(0, 2, 3, 1), put(Permute.of(0, 3, 1, 2), x));
  }

  private Value put(Op op, Value x) {
    return put(op, x, List.of());
  }

  private Value put(Op op, Value x, List<Parameter> weights) {
    return builder.weighted(op, x, weights);
  }

  /** A weight, and mostly a bias. */
  private List<Parameter> biased(Parameter weight, int size) {
    return random.nextInt(4) == 0 ? List.of(weight) : List.of(weight, weight(size));
  }

  private Parameter weight(int... sizes) {
    return new Parameter(
        "w" + random.nextLong(), Tensor.random(Shape.of(sizes), random.nextLong(), -0.5, 0.5));
  }
}
