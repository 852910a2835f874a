package dev.axiomml.testing;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Small networks for tests. */
public final class Nets {
  private final GraphBuilder builder = Graph.builder();
  private final Value input;
  private Value at;

  private Nets(long... sizes) {
    Shape one = Shape.of(sizes);
    input = builder.input("x", Type.float32(Shape.of(Dim.symbol("N")).concat(one)));
    at = input;
  }

  /** A network that starts with an input of these sizes, the batch not counted. */
  public static Nets from(long... sizes) {
    return new Nets(sizes);
  }

  /** One more operator, on weights too. */
  public Nets then(String name, Op op, Parameter... weights) {
    List<Value> in = new ArrayList<>(List.of(at));
    Arrays.stream(weights).map(builder::parameter).forEach(in::add);
    at = builder.add(name, op, in).get(0);
    return this;
  }

  /** A dense layer of random weights. */
  public Nets dense(int in, int out, long seed) {
    Tensor w = Tensor.random(Shape.of(in, out), seed, -1, 1);
    return dense(w, Tensor.random(Shape.of(out), seed + 1, -0.5, 0.5));
  }

  /** A dense layer of given weights (in, out) and bias. */
  public Nets dense(Tensor weight, Tensor bias) {
    return then(
        "dense",
        new Dense(),
        new Parameter("w" + at.id(), weight),
        new Parameter("b" + at.id(), bias));
  }

  /** The positive part. */
  public Nets relu() {
    return then("relu", new Relu());
  }

  /** The finished model. */
  public Model<Output> model() {
    return model(Optional.empty());
  }

  /** The finished model with a declared domain. */
  public Model<Output> model(Optional<Region.Range> domain) {
    Graph graph = builder.build(List.of(at));
    Port in = new Port("x", input.type(), List.of(), domain);
    Port out = new Port("y", at.type(), List.of(), Optional.empty());
    return Model.of(new Signature<>("net", List.of(in), List.of(out), OutputKind.OUTPUT), graph);
  }

  /** Three steps of width two that look at themselves and at what came before. */
  public static Model<Output> causal() {
    Nets nets = from(3, 2);
    Value x = nets.at;
    float never = Float.NEGATIVE_INFINITY;
    Value mask =
        nets.builder.constant(Tensor.of(Shape.of(3, 3), 0, never, never, 0, 0, never, 0, 0, 0));
    Value keys = nets.builder.add("keys", Permute.of(0, 2, 1), List.of(x)).get(0);
    nets.at = nets.builder.add("attend", new Attention(1), List.of(x, keys, x, mask)).get(0);
    return nets.model();
  }

  /** Dense layers with ReLU between them. */
  public static Model<Output> relus(long seed, int... widths) {
    Nets nets = from(widths[0]);
    for (int i = 1; i < widths.length; i++) {
      nets.dense(widths[i - 1], widths[i], seed + 10L * i);
      if (i < widths.length - 1) {
        nets.relu();
      }
    }
    return nets.model();
  }

  /** A small image classifier: conv, ReLU, max-pool, dense, softmax on 6×6×1 images in [0, 1]. */
  public static Model<Output> image(long seed) {
    Parameter kernel =
        new Parameter("conv.weight", Tensor.random(Shape.of(3, 3, 1, 2), seed, -0.5, 0.5));
    Parameter bias = new Parameter("conv.bias", Tensor.random(Shape.of(2), seed + 1, -0.1, 0.1));
    WindowGeometry pool = WindowGeometry.of(List.of(2, 2)).stride(List.of(2, 2));
    return from(6, 6, 1)
        .then("conv", new Conv(WindowGeometry.of(List.of(3, 3)), 1), kernel, bias)
        .relu()
        .then("pool", new MaxPool(pool))
        .then("flat", new Reshape(Shape.of(Dim.symbol("N"), Dim.of(8))))
        .dense(8, 3, seed + 2)
        .then("softmax", new Softmax(-1))
        .model(Optional.of(new Region.Range(0, 1)));
  }
}
