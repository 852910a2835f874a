package dev.axiomml.interop.weights;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How PyTorch stores the weights of each operator, one line a class, in the order of its operands
 * after the first; weights beyond the line, and operators without one, are stored as they are.
 */
final class WeightLayouts {
  private static final Function<Shape, ParameterLayout> SAME = ParameterLayout::same;

  /** Both weights are matrices of gates by features. */
  private static final List<Function<Shape, ParameterLayout>> RECURRENT =
      List.of(ParameterLayout::matrix, ParameterLayout::matrix);

  private static final Map<Class<? extends Op>, List<Function<Shape, ParameterLayout>>> TABLE =
      Map.ofEntries(
          Map.entry(Dense.class, List.of(ParameterLayout::matrix)),
          Map.entry(Conv.class, List.of(ParameterLayout::kernel)),
          Map.entry(ConvTranspose.class, List.of(ParameterLayout::transposedKernel)),
          Map.entry(Lstm.class, RECURRENT),
          Map.entry(Gru.class, RECURRENT),
          Map.entry(Rnn.class, RECURRENT),
          Map.entry(BatchNorm.class, List.of(SAME, SAME, SAME, SAME)));

  private WeightLayouts() {}

  /** The layout of an operator's weight, which is an operand. */
  static ParameterLayout of(Op op, int operand, Parameter weight) {
    List<Function<Shape, ParameterLayout>> line = TABLE.getOrDefault(op.getClass(), List.of());
    boolean stated = operand > 0 && operand <= line.size();
    return (stated ? line.get(operand - 1) : SAME).apply(weight.tensor().shape());
  }
}
