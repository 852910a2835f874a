package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.LogSigmoid;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Operators that a descriptor can hold, a row a class. */
final class DescriptorRules {
  private static final Map<Class<? extends Op>, DescriptorRule<Op>> ROWS = rows();

  private DescriptorRules() {}

  private static Map<Class<? extends Op>, DescriptorRule<Op>> rows() {
    Map<Class<? extends Op>, DescriptorRule<Op>> to = new HashMap<>();
    put(to, Dense.class, WeightRows::dense);
    put(to, Conv.class, WeightRows::conv);
    put(to, ConvTranspose.class, WeightRows::transposed);
    put(to, BatchNorm.class, WeightRows::batchNorm);
    put(to, MaxPool.class, ShapeRows::maxPool);
    put(to, AveragePool.class, ShapeRows::averagePool);
    put(to, AdaptiveAveragePool.class, ShapeRows::adaptive);
    put(to, ReduceMean.class, ShapeRows::mean);
    put(to, Reshape.class, ShapeRows::reshape);
    put(to, Permute.class, ShapeRows::permute);
    put(to, Softmax.class, (op, at) -> ShapeRows.along(at, "Softmax", op.axis()));
    put(to, LogSoftmax.class, (op, at) -> ShapeRows.along(at, "LogSoftmax", op.axis()));
    activations(to);
    return Map.copyOf(to);
  }

  private static void activations(Map<Class<? extends Op>, DescriptorRule<Op>> to) {
    put(to, Relu.class, (op, at) -> plain(at, "ReLU"));
    put(to, Sigmoid.class, (op, at) -> plain(at, "Sigmoid"));
    put(to, Tanh.class, (op, at) -> plain(at, "Tanh"));
    put(to, Silu.class, (op, at) -> plain(at, "SiLU"));
    put(to, Selu.class, (op, at) -> plain(at, "SELU"));
    put(to, Mish.class, (op, at) -> plain(at, "Mish"));
    put(to, HardSwish.class, (op, at) -> plain(at, "Hardswish"));
    put(to, Softsign.class, (op, at) -> plain(at, "Softsign"));
    put(to, LogSigmoid.class, (op, at) -> plain(at, "LogSigmoid"));
    put(to, HardSigmoid.class, DescriptorRules::hardSigmoid);
    put(to, Dropout.class, (op, at) -> plain(at, "Dropout", "p", op.rate()));
    put(to, LeakyRelu.class, (op, at) -> plain(at, "LeakyReLU", "negative_slope", op.alpha()));
    put(to, Elu.class, (op, at) -> plain(at, "ELU", "alpha", op.alpha()));
    put(to, Celu.class, (op, at) -> plain(at, "CELU", "alpha", op.alpha()));
    put(to, Gelu.class, (op, at) -> plain(at, "GELU", "approximate", "none"));
    put(to, GeluTanh.class, (op, at) -> plain(at, "GELU", "approximate", "tanh"));
    put(
        to,
        Softplus.class,
        (op, at) -> plain(at, "Softplus", "beta", op.beta(), "threshold", op.threshold()));
    put(
        to,
        Clip.class,
        (op, at) -> plain(at, "Hardtanh", "min_val", op.low(), "max_val", op.high()));
  }

  private static <T extends Op> void put(
      Map<Class<? extends Op>, DescriptorRule<Op>> to, Class<T> type, DescriptorRule<T> row) {
    to.put(type, (op, spot) -> row.write(type.cast(op), spot));
  }

  private static DescribedValue hardSigmoid(HardSigmoid op, DescriptorContext at) {
    if ((float) op.alpha() != (float) (1.0 / 6) || op.beta() != 0.5) {
      throw at.refused(op.toString(), "PyTorch's Hardsigmoid has slope 1/6 and offset 1/2");
    }
    return plain(at, "Hardsigmoid");
  }

  /** A layer that keeps the order of axes, with its fields as names and values. */
  private static DescribedValue plain(DescriptorContext at, String type, Object... fields) {
    Map<String, Object> layer = at.layer(type);
    for (int i = 0; i < fields.length; i += 2) {
      layer.put((String) fields[i], fields[i + 1]);
    }
    return at.held();
  }

  /** Whether a layer of the format holds the known operands of an operator. */
  static boolean holdsWeights(Op op) {
    return op instanceof Dense
        || op instanceof Conv
        || op instanceof ConvTranspose
        || op instanceof BatchNorm;
  }

  static Optional<DescriptorRule<Op>> of(Op op) {
    return Optional.ofNullable(ROWS.get(op.getClass()));
  }
}
