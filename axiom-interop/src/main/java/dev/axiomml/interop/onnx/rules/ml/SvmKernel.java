package dev.axiomml.interop.onnx.rules.ml;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What rows of features have in common with vectors, as a support vector machine measures it.
 *
 * @param kind how
 * @param gamma a factor
 * @param start what is added
 * @param degree a power
 */
record SvmKernel(Kind kind, double gamma, double start, double degree) {
  /** The kernels there are. */
  enum Kind {
    LINEAR,
    POLY,
    RBF,
    SIGMOID
  }

  private static final int PARAMETERS = 3;

  /** For each row; more are taken block by block, which bounds the memory. */
  private static final int MOST_DIFFERENCES = 1 << 18;

  /** The kernel that a node states. */
  static SvmKernel stated(OnnxNodeContext at) {
    String name = at.attributes().text("kernel_type", Kind.LINEAR.name());
    Kind kind =
        Stream.of(Kind.values())
            .filter(k -> k.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> at.refuse("kernel_type " + name, "LINEAR, POLY, RBF and SIGMOID are known"));
    List<Float> stated = at.attributes().numbers("kernel_params").orElse(List.of());
    if (kind == Kind.LINEAR) {
      return new SvmKernel(kind, 1, 0, 1);
    }
    if (stated.size() != PARAMETERS) {
      throw at.refuse(
          "kernel_params of " + stated.size(), "they are gamma, a first term and a degree");
    }
    return new SvmKernel(kind, stated.get(0), stated.get(1), stated.get(2));
  }

  /** Of rows (N, features) with vectors (count, features): (N, count). */
  Value of(OnnxNodeContext at, Value x, Tensor vectors) {
    if (kind == Kind.RBF) {
      return near(at, x, vectors);
    }
    Parameter weight = MlRules.parameter(at, "support_vectors", vectors.permute(1, 0));
    Value products = at.beside("products", new Dense(), x, at.folding().parameter(weight));
    OnnxSteps steps = new OnnxSteps(at);
    return switch (kind) {
      case POLY ->
          at.emit(new PowConstant(degree), steps.plus(steps.times(products, gamma), start));
      case SIGMOID -> at.emit(new Tanh(), steps.plus(steps.times(products, gamma), start));
      default -> products;
    };
  }

  /** {@code exp(−gamma·|x − v|²)}, from the differences: their squares lose no digits. */
  private Value near(OnnxNodeContext at, Value x, Tensor vectors) {
    OnnxSteps steps = new OnnxSteps(at);
    int count = vectors.shape().size(0);
    int features = vectors.shape().size(1);
    int block = Math.max(1, MOST_DIFFERENCES / count);
    Tensor columns = vectors.permute(1, 0);
    List<Value> distances = new ArrayList<>();
    for (int from = 0; from < features; from += block) {
      int to = Math.min(features, from + block);
      Value some = steps.slice(x, 1, Dim.of(from), Dim.of(to - from));
      distances.add(distances(at, some, columns.slice(from, to).permute(1, 0)));
    }
    Value all = distances.stream().reduce(steps::plus).orElseThrow();
    return at.emit(new Exp(), steps.times(all, -gamma));
  }

  /** Squared ones of rows (N, features) from vectors (count, features): (N, count). */
  private static Value distances(OnnxNodeContext at, Value x, Tensor vectors) {
    Value all = at.folding().constant(at.name() + ".support_vectors", vectors);
    Value apart = at.emit(new Sub(), new OnnxSteps(at).unsqueeze(x, 1), all);
    return at.emit(new ReduceSum(List.of(2), false), at.emit(new Square(), apart));
  }
}
