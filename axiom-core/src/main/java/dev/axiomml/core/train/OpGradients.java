package dev.axiomml.core.train;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SelectionOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.gradient.SelectionGradient;
import dev.axiomml.core.op.gradient.SumGradient;
import dev.axiomml.core.op.gradient.WindowWinners;
import dev.axiomml.core.op.gradient.WinnerRoute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Gradients of operators, as their families state them.
 *
 * <p>At a kink the slope is the one that the function's derivative has there; of equal largest
 * members of a window the first gets all.
 */
final class OpGradients {
  private OpGradients() {}

  /** Whether an operator has gradients by its float operands. */
  static boolean has(Op op) {
    if (op instanceof RowOp row) {
      return row.isDifferentiable();
    }
    if (op instanceof ScalarOp scalar) {
      return scalar.derivative().isPresent();
    }
    return !(op instanceof RunOp) || op instanceof SelectionOp || op instanceof SelectionGradient;
  }

  /**
   * Gradients of the operands, one entry each; empty where none flows.
   *
   * @param wanted by which operands gradients are wanted
   */
  static <V> List<Optional<V>> emit(Op op, EmittedStep<V> at, IntPredicate wanted) {
    if (!has(op)) {
      return at.none();
    } else if (op instanceof RowOp row) {
      return row.gradient(at);
    } else if (op instanceof ScalarOp scalar) {
      V slope = at.one(scalar.derivative().orElseThrow(), at.x(0));
      return at.first(at.times(at.g(), slope));
    } else if (op instanceof SumOp sum) {
      return IntStream.range(0, at.in().size())
          .mapToObj(k -> wanted.test(k) ? Optional.of(ofSum(sum, at, k)) : Optional.<V>empty())
          .toList();
    } else if (op instanceof WindowOp window) {
      WindowWinners winners = new WindowWinners(window);
      V first = at.one(winners, List.of(at.x(0), at.y()));
      Shape in = at.type(at.x(0)).shape();
      return at.first(at.one(new WinnerRoute(winners, in), List.of(at.g(), first)));
    }
    return op instanceof SelectionOp selection
        ? ofSelection(selection, at)
        : ofGradient((SelectionGradient) op, at);
  }

  private static <V> V ofSum(SumOp op, EmittedStep<V> at, int by) {
    List<Shape> shapes = at.in().stream().map(x -> at.type(x).shape()).toList();
    SumGradient gradient = SumGradient.of(op, shapes, by);
    if (gradient.kept().isEmpty() && isSame(gradient, op.out(shapes))) {
      Shape shape = shapes.get(by);
      return shape.equals(op.out(shapes)) ? at.g() : at.one(new Reshape(shape), at.g());
    }
    List<V> operands = new ArrayList<>(List.of(at.g()));
    gradient.kept().forEach(k -> operands.add(at.x(k)));
    return at.one(gradient, operands);
  }

  /** Whether the elements come back as they are, in their order. */
  private static boolean isSame(SumGradient gradient, Shape from) {
    List<LoopNest> nests = gradient.nests(0, List.of(from));
    return nests.size() == 1
        && nests.get(0).merged().equals(whole(from))
        && gradient.in().get(gradient.by()).count() == from.count();
  }

  private static LoopNest whole(Shape shape) {
    int[] one = {1};
    return LoopNest.plain(new int[] {shape.count()}, one, one).merged();
  }

  private static <V> List<Optional<V>> ofSelection(SelectionOp op, EmittedStep<V> at) {
    List<V> operands = new ArrayList<>(List.of(at.g()));
    operands.addAll(at.in());
    return placed(at, op.data(), at.one(new SelectionGradient(op), operands));
  }

  /** By the gradient that it takes, which it moves as the selection moves data. */
  private static <V> List<Optional<V>> ofGradient(SelectionGradient op, EmittedStep<V> at) {
    List<V> operands = new ArrayList<>(at.in().subList(1, at.in().size()));
    operands.set(op.of().data(), at.g());
    return placed(at, 0, at.one(op.of(), operands));
  }

  private static <V> List<Optional<V>> placed(EmittedStep<V> at, int operand, V gradient) {
    List<Optional<V>> all = new ArrayList<>(at.none());
    all.set(operand, Optional.of(gradient));
    return all;
  }
}
