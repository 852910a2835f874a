package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.gradient.WindowWinners;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.DifferentialPolynomial;
import dev.axiomml.core.op.scalar.PiecewiseCurve;
import dev.axiomml.core.op.scalar.ShiftedSine;
import dev.axiomml.core.op.scalar.TangentPolynomial;
import dev.axiomml.core.op.scalar.WeightedPolynomial;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.tensor.DType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of operators, one line each; {@link ScalarKernels} has those of one number.
 *
 * <p>A sum or window operator without a line still runs: its nests or windows say which instruction
 * does it. Others without a line have no kernel.
 */
public final class KernelLowerings {
  private static final Map<Class<? extends Op>, Row<?>> TABLE =
      Stream.concat(
              ScalarKernels.TABLE.stream().<Row<?>>map(KernelLowerings::function),
              Stream.<Row<?>>of(
                  row(Dense.class, ProductKernels::dense),
                  row(MatMul.class, ProductKernels::matmul),
                  row(Conv.class, WindowKernels::conv),
                  row(AveragePool.class, WindowKernels::averagePool),
                  row(MaxPool.class, WindowKernels::maxPool),
                  row(WindowWinners.class, WindowKernels::winners),
                  row(WeightedPolynomial.class, SlopeKernels::weighted),
                  row(PiecewiseCurve.class, SlopeKernels::piecewise),
                  row(DifferentialPolynomial.class, SlopeKernels::differential),
                  row(TangentPolynomial.class, SlopeKernels::tangent),
                  row(ShiftedSine.class, SlopeKernels::sine),
                  row(Add.class, (op, at) -> PairKernels.fold(KernelOpcode.ADD, at)),
                  row(Mul.class, (op, at) -> PairKernels.fold(KernelOpcode.MUL, at)),
                  row(Reshape.class, KernelLowerings::same),
                  row(Dropout.class, KernelLowerings::same),
                  row(Div.class, (op, at) -> PairKernels.fold(KernelOpcode.DIV, at)),
                  row(Max.class, (op, at) -> PairKernels.fold(KernelOpcode.MAX, at)),
                  row(Min.class, (op, at) -> PairKernels.fold(KernelOpcode.MIN, at)),
                  row(PRelu.class, PairKernels::prelu),
                  row(LayerNorm.class, NormKernels::layer),
                  row(RmsNorm.class, NormKernels::rms),
                  row(GroupNorm.class, NormKernels::group),
                  row(InstanceNorm.class, NormKernels::instance),
                  row(
                      LogSoftmax.class,
                      (op, at) -> AxisKernels.along(op.axis(), KernelOpcode.LOG_SOFTMAX, at)),
                  row(
                      Softmax.class,
                      (op, at) -> AxisKernels.along(op.axis(), KernelOpcode.SOFTMAX, at)),
                  row(Sub.class, (op, at) -> PairKernels.fold(KernelOpcode.SUB, at)),
                  row(
                      ReduceSum.class,
                      (op, at) -> AxisKernels.reduced(op.axes(), KernelOpcode.REDUCE_SUM, at)),
                  row(
                      ReduceMean.class,
                      (op, at) -> AxisKernels.reduced(op.axes(), KernelOpcode.REDUCE_MEAN, at)),
                  row(
                      ReduceMax.class,
                      (op, at) -> AxisKernels.reduced(op.axes(), KernelOpcode.REDUCE_MAX, at)),
                  row(
                      ReduceMin.class,
                      (op, at) -> AxisKernels.reduced(op.axes(), KernelOpcode.REDUCE_MIN, at))))
          .collect(Collectors.toUnmodifiableMap(Row::type, Function.identity()));

  private KernelLowerings() {}

  /** Emits a node's instructions; empty, with nothing emitted, when there is no kernel. */
  static Optional<MemorySlot> lower(LoweringContext at) {
    if (!isFloat32(at.node())) {
      return Optional.empty();
    }
    Op op = at.node().op();
    Row<?> row = TABLE.get(op.getClass());
    Optional<MemorySlot> own = row == null ? Optional.empty() : row.lower(op, at);
    return own.isPresent() ? own : derived(op, at);
  }

  private static Optional<MemorySlot> derived(Op op, LoweringContext at) {
    if (op instanceof MoveOp move) {
      return MoveKernels.lower(move, at);
    }
    if (op instanceof SumOp sum) {
      return WeightedSumKernels.of(sum, at);
    }
    return op instanceof WindowOp window ? WindowKernels.listed(window, at) : Optional.empty();
  }

  /** Whether kernels can hold the node's values: float32 tensors of fixed sizes, none empty. */
  private static boolean isFloat32(Node node) {
    return node.out().size() == 1
        && Stream.concat(node.in().stream(), node.out().stream()).allMatch(KernelLowerings::isHeld);
  }

  public static boolean isHeld(Value value) {
    return value.type().isTensor()
        && value.type().dtype() == DType.FLOAT32
        && value.type().shape().isFixed()
        && value.type().shape().count() > 0;
  }

  private static <O extends Op> Row<O> row(Class<O> type, KernelLowering<O> rule) {
    return new Row<>(type, rule);
  }

  private static <O extends Op> Row<O> function(ScalarKernels.Function<O> function) {
    return row(function.type(), function);
  }

  /** The same elements in the same order: no instruction. */
  private static Optional<MemorySlot> same(Op op, LoweringContext at) {
    return Optional.of(at.in().get(0));
  }

  private record Row<O extends Op>(Class<O> type, KernelLowering<O> rule) {
    Optional<MemorySlot> lower(Op op, LoweringContext at) {
      return rule.lower(type.cast(op), at);
    }
  }
}
