package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.AveragePool;
import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.Conv;
import dev.axiomml.core.op.Dense;
import dev.axiomml.core.op.Div;
import dev.axiomml.core.op.Dropout;
import dev.axiomml.core.op.GroupNorm;
import dev.axiomml.core.op.InstanceNorm;
import dev.axiomml.core.op.LayerNorm;
import dev.axiomml.core.op.LogSoftmax;
import dev.axiomml.core.op.MatMul;
import dev.axiomml.core.op.Max;
import dev.axiomml.core.op.MaxPool;
import dev.axiomml.core.op.Min;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Offset;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.PRelu;
import dev.axiomml.core.op.ReduceMax;
import dev.axiomml.core.op.ReduceMean;
import dev.axiomml.core.op.ReduceMin;
import dev.axiomml.core.op.ReduceSum;
import dev.axiomml.core.op.Reshape;
import dev.axiomml.core.op.RmsNorm;
import dev.axiomml.core.op.Scale;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.op.Sub;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.DType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of operators, one line each; {@link Functions} has those of one number.
 *
 * <p>An affine, bilinear or window operator without a line still runs: its taps or windows say
 * which instruction does it. Others without a line have no kernel.
 */
final class Rules {
  private static final Map<Class<? extends Op>, Row<?>> TABLE =
      Stream.concat(
              Functions.TABLE.stream().<Row<?>>map(Rules::function),
              Stream.<Row<?>>of(
                  row(Dense.class, Products::dense),
                  row(MatMul.class, Products::matmul),
                  row(Conv.class, Windows::conv),
                  row(AveragePool.class, Windows::averagePool),
                  row(MaxPool.class, Windows::maxPool),
                  row(BatchNorm.class, Pairs::batchNorm),
                  row(Scale.class, Pairs::scale),
                  row(Offset.class, Pairs::offset),
                  row(Add.class, (op, at) -> Pairs.fold(Opcode.ADD, at)),
                  row(Mul.class, (op, at) -> Pairs.fold(Opcode.MUL, at)),
                  row(Reshape.class, Rules::same),
                  row(Dropout.class, Rules::same),
                  row(Div.class, (op, at) -> Pairs.fold(Opcode.DIV, at)),
                  row(Max.class, (op, at) -> Pairs.fold(Opcode.MAX, at)),
                  row(Min.class, (op, at) -> Pairs.fold(Opcode.MIN, at)),
                  row(PRelu.class, Pairs::prelu),
                  row(LayerNorm.class, Norms::layer),
                  row(RmsNorm.class, Norms::rms),
                  row(GroupNorm.class, Norms::group),
                  row(InstanceNorm.class, Norms::instance),
                  row(LogSoftmax.class, (op, at) -> Lines.along(op.axis(), Opcode.LOG_SOFTMAX, at)),
                  row(Softmax.class, (op, at) -> Lines.along(op.axis(), Opcode.SOFTMAX, at)),
                  row(Sub.class, (op, at) -> Pairs.fold(Opcode.SUB, at)),
                  row(ReduceSum.class, (op, at) -> Lines.reduced(op.axes(), Opcode.REDUCE_SUM, at)),
                  row(
                      ReduceMean.class,
                      (op, at) -> Lines.reduced(op.axes(), Opcode.REDUCE_MEAN, at)),
                  row(ReduceMax.class, (op, at) -> Lines.reduced(op.axes(), Opcode.REDUCE_MAX, at)),
                  row(
                      ReduceMin.class,
                      (op, at) -> Lines.reduced(op.axes(), Opcode.REDUCE_MIN, at))))
          .collect(Collectors.toUnmodifiableMap(Row::type, Function.identity()));

  private Rules() {}

  /** Puts a node's instructions down; empty, with nothing put down, when there is no kernel. */
  static Optional<Slot> lower(Site at) {
    if (!isFloat32(at.node())) {
      return Optional.empty();
    }
    Op op = at.node().op();
    Row<?> row = TABLE.get(op.getClass());
    Optional<Slot> own = row == null ? Optional.empty() : row.lower(op, at);
    return own.isPresent() ? own : derived(op, at);
  }

  private static Optional<Slot> derived(Op op, Site at) {
    if (op instanceof MoveOp move) {
      return Moving.lower(move, at);
    }
    if (op instanceof AffineOp affine) {
      return Tapped.affine(affine, at);
    }
    if (op instanceof WindowOp window) {
      return Windows.listed(window, at);
    }
    return op instanceof BilinearOp bilinear ? Tapped.bilinear(bilinear, at) : Optional.empty();
  }

  /** Whether kernels can hold the node's values: float32 tensors of fixed sizes, none empty. */
  private static boolean isFloat32(Node node) {
    return node.out().size() == 1
        && Stream.concat(node.in().stream(), node.out().stream()).allMatch(Rules::isHeld);
  }

  static boolean isHeld(Value value) {
    return value.type().isTensor()
        && value.type().dtype() == DType.FLOAT32
        && value.type().shape().isFixed()
        && value.type().shape().count() > 0;
  }

  private static <O extends Op> Row<O> row(Class<O> type, Rule<O> rule) {
    return new Row<>(type, rule);
  }

  private static <O extends Op> Row<O> function(Functions.Function<O> function) {
    return row(function.type(), function);
  }

  /** The same elements in the same order: no instruction. */
  private static Optional<Slot> same(Op op, Site at) {
    return Optional.of(at.in().get(0));
  }

  private record Row<O extends Op>(Class<O> type, Rule<O> rule) {
    Optional<Slot> lower(Op op, Site at) {
      return rule.lower(type.cast(op), at);
    }
  }
}
