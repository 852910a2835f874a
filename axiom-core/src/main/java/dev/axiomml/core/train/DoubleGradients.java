package dev.axiomml.core.train;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.parts.DoubleEmitter;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gradients of single operators in double precision.
 *
 * @param op the operator
 * @param in the types of its operands, of fixed shapes
 * @param x their elements
 */
public record DoubleGradients(Op op, List<Type> in, List<double[]> x) {
  private static final double[] NONE = {};

  /** Copies the lists, not the elements. */
  public DoubleGradients {
    in = List.copyOf(in);
    x = List.copyOf(x);
  }

  /**
   * Gradients of the operands from those of the results. Shapes are fixed.
   *
   * @return one array an operand; empty arrays for operands that have no gradient
   */
  public static List<double[]> of(Op op, List<Type> in, List<double[]> x, List<double[]> g) {
    List<Optional<double[]>> arrived = g.stream().map(Optional::of).toList();
    DoubleEmitter to = new DoubleEmitter();
    Supplier<List<double[]>> y =
        () -> to.emit(op, to.values(in, x)).stream().map(DoubleEmitter.Numbers::elements).toList();
    return new DoubleGradients(op, in, x).of(y, arrived);
  }

  /** The same where the results are known; they are asked for where a rule may need them. */
  List<double[]> of(Supplier<List<double[]>> y, List<Optional<double[]>> g) {
    if (!OpGradients.has(op)) {
      return x.stream().map(elements -> NONE).toList();
    }
    DoubleEmitter to = new DoubleEmitter();
    List<DoubleEmitter.Numbers> operands = to.values(in, x);
    List<Type> types = op.infer(operands.stream().map(to::type).toList());
    List<Optional<DoubleEmitter.Numbers>> arrived = new ArrayList<>();
    for (int i = 0; i < g.size(); i++) {
      Type type = types.get(i);
      arrived.add(g.get(i).map(elements -> to.value(type, elements)));
    }
    boolean reads = op instanceof RowOp || op instanceof WindowOp;
    List<DoubleEmitter.Numbers> out = reads ? to.values(types, y.get()) : List.of();
    EmittedStep<DoubleEmitter.Numbers> step = new EmittedStep<>(to, operands, out, arrived);
    return OpGradients.emit(op, step, k -> in.get(k).dtype().isFloat()).stream()
        .map(back -> back.map(DoubleEmitter.Numbers::elements).orElse(NONE))
        .toList();
  }
}
