package dev.axiomml.verify.fuzz;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.Nets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Models that certificates are forged about: a few that were troublesome, and random ones. */
final class CertificateModels {
  private static final List<Model<Output>> TROUBLESOME =
      List.of(
          Nets.relus(3, 2, 4, 2),
          overflows(2),
          overflows(1),
          Nets.image(4),
          Nets.from(2).then("shrink", new SoftShrink(0.1)).model(),
          pair(Dim.of(2), Dim.of(2)),
          pair(Dim.symbol("N"), Dim.of(2)),
          pair(Dim.ONE, Dim.ONE),
          summed(),
          Nets.causal());

  private CertificateModels() {}

  /** One of the models. */
  static Model<Output> next(Random random) {
    if (random.nextInt(4) == 0) {
      return several(random);
    }
    if (random.nextInt(3) > 0) {
      return TROUBLESOME.get(random.nextInt(TROUBLESOME.size()));
    }
    Model<Output> model = RandomNet.of(random);
    while (!Executed.runs(model)) {
      model = RandomNet.of(random);
    }
    return model;
  }

  /** One of two or three inputs, of which some can only be given. */
  private static Model<Output> several(Random random) {
    Model<Output> model = RandomNet.of(random);
    while (model.signature().inputs().size() > 1 || !Executed.runs(model)) {
      model = RandomNet.of(random);
    }
    return SeveralInputs.before(model, random);
  }

  /** Sums and differences of what grows without end; 0 - 0 at zero, a NaN far out. */
  private static Model<Output> overflows(int outputs) {
    float[] ends = outputs == 1 ? new float[] {1, -1} : new float[] {1, 1, -1, 1};
    return Nets.from(1)
        .dense(Tensor.of(Shape.of(1, 2), 4, 4), Tensor.of(Shape.of(2), 0, 0))
        .dense(Tensor.of(Shape.of(2, outputs), ends), Tensor.zeros(Shape.of(outputs)))
        .model();
  }

  /** Two inputs, added; where several rows are fixed each has another weight. */
  private static Model<Output> pair(Dim first, Dim second) {
    GraphBuilder builder = Graph.builder();
    Value a = builder.input("a", Type.float32(Shape.of(first, Dim.of(2))));
    Value b = builder.input("b", Type.float32(Shape.of(second, Dim.of(2))));
    Value sum = builder.add("sum", new Add(), List.of(a, b)).get(0);
    int rows = second.isFixed() ? (int) second.value() : 1;
    float[] weights = new float[2 * rows];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 + i / 2;
    }
    Value weight = builder.constant(Tensor.of(Shape.of(rows, 2), weights));
    Value out = builder.add("weighted", new Mul(), List.of(sum, weight)).get(0);
    List<Port> ports = List.of(port("a", a), port("b", b));
    Signature<Output> signature =
        new Signature<>("pair", ports, List.of(port("y", out)), OutputKind.OUTPUT);
    return Model.of(signature, builder.build(List.of(out)));
  }

  /** Two inputs, summed from row to row: only of one row is what is shown of one true. */
  private static Model<Output> summed() {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2))));
    Value memory = builder.input("memory", Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2))));
    Value sum = builder.add("sum", new Add(), List.of(x, memory)).get(0);
    Value out = builder.add("rows", new CumSum(0, false, false), List.of(sum)).get(0);
    List<Port> ports = List.of(port("x", x), port("memory", memory));
    Signature<Output> signature =
        new Signature<>("summed", ports, List.of(port("y", out)), OutputKind.OUTPUT);
    return Model.of(signature, builder.build(List.of(out)));
  }

  private static Port port(String name, Value value) {
    return new Port(name, value.type(), List.of(), Optional.empty());
  }
}
