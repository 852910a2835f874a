package dev.axiomml.core.op;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs parts of an operator in double precision and goes back over them; parts of one output, none
 * of them run-only.
 */
final class GradientTape implements OpEmitter<GradientTape.Cell> {
  private static final LinearEngine ENGINE = LinearEngine.plain();

  private final List<Step> steps = new ArrayList<>();

  /** A value with its gradient. */
  static final class Cell {
    private final Type type;
    private final double[] value;
    private final double[] gradient;

    Cell(Type type, double[] value) {
      this.type = type;
      this.value = value;
      this.gradient = new double[value.length];
    }

    double[] value() {
      return value;
    }

    double[] gradient() {
      return gradient;
    }

    /** Adds to the gradient; nothing of an empty one. */
    void receive(double[] more) {
      for (int i = 0; i < more.length; i++) {
        gradient[i] += more[i];
      }
    }
  }

  private record Step(Op op, List<Cell> in, Cell out) {
    List<Shape> shapes() {
      return in.stream().map(cell -> cell.type.shape()).toList();
    }

    List<Type> types() {
      return in.stream().map(cell -> cell.type).toList();
    }

    List<double[]> values() {
      return in.stream().map(cell -> cell.value).toList();
    }
  }

  @Override
  public Cell constant(Tensor tensor) {
    return new Cell(tensor.type(), tensor.toDoubles());
  }

  @Override
  public Type type(Cell cell) {
    return cell.type;
  }

  @Override
  public List<Cell> emit(Op op, List<Cell> in) {
    Type type = op.infer(in.stream().map(cell -> cell.type).toList()).get(0);
    Step step = new Step(op, List.copyOf(in), new Cell(type, new double[type.shape().count()]));
    forward(step);
    steps.add(step);
    return List.of(step.out);
  }

  private static void forward(Step step) {
    double[] y = step.out.value;
    if (step.op instanceof ScalarOp scalar) {
      Arrays.setAll(y, i -> scalar.value(step.in.get(0).value[i]));
    } else if (step.op instanceof BilinearOp product) {
      List<Shape> in = step.shapes();
      List<LoopNest> nests = product.nests(in.get(0), in.get(1));
      ENGINE.run(nests, y, step.in.get(0).value, step.in.get(1).value);
    } else if (step.op instanceof RowOp row) {
      double[] made = row.apply(step.types(), step.values()).get(0);
      System.arraycopy(made, 0, y, 0, y.length);
    } else {
      AffineOp affine = affine(step);
      double[] w = affine.coefficients(step.shapes()).toDoubles();
      for (int k = 0; k < step.in.size(); k++) {
        ENGINE.run(affine.nests(k, step.shapes()), y, step.in.get(k).value, w);
      }
      affine.offset(step.shapes()).ifPresent(b -> add(y, b, step.out.type.shape()));
    }
  }

  private static AffineOp affine(Step step) {
    if (step.op instanceof AffineOp affine) {
      return affine;
    }
    throw new IllegalStateException(step.op.title() + " is no part that a tape runs");
  }

  private static void add(double[] y, Tensor offset, Shape out) {
    int[] from = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(offset.shape(), out));
    for (int i = 0; i < y.length; i++) {
      y[i] += offset.doubleAt(from[i]);
    }
  }

  /** Adds to every gradient what the gradients of later values give it. */
  void back() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      back(steps.get(i));
    }
  }

  private static void back(Step step) {
    double[] g = step.out.gradient;
    if (step.op instanceof ScalarOp scalar) {
      Cell x = step.in.get(0);
      ScalarOp slope = scalar.derivative().orElseThrow();
      Arrays.setAll(x.gradient, i -> x.gradient[i] + slope.value(x.value[i]) * g[i]);
    } else if (step.op instanceof BilinearOp product) {
      Cell a = step.in.get(0);
      Cell b = step.in.get(1);
      for (LoopNest nest : product.nests(a.type.shape(), b.type.shape())) {
        ENGINE.run(List.of(nest.transposed()), a.gradient, g, b.value);
        ENGINE.run(List.of(nest.bySecond()), b.gradient, g, a.value);
      }
    } else if (step.op instanceof RowOp row) {
      List<double[]> down = row.vjp(step.types(), step.values(), List.of(g));
      for (int k = 0; k < down.size(); k++) {
        step.in.get(k).receive(down.get(k));
      }
    } else {
      AffineOp affine = affine(step);
      double[] w = affine.coefficients(step.shapes()).toDoubles();
      for (int k = 0; k < step.in.size(); k++) {
        transposed(affine.nests(k, step.shapes()), step.in.get(k).gradient, g, w);
      }
    }
  }

  private static void transposed(List<LoopNest> nests, double[] dx, double[] g, double[] w) {
    nests.forEach(nest -> ENGINE.run(List.of(nest.transposed()), dx, g, w));
  }
}
