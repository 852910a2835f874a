package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs parts of an operator in double precision and goes back over them; parts of one output, none
 * of them run-only.
 */
final class GradientTape implements OpEmitter<GradientTape.Cell> {
  private final List<Step> steps = new ArrayList<>();

  /** A value with its gradient, which is empty as long as nothing reached it. */
  static final class Cell {
    private final Type type;
    private final double[] value;
    private double[] gradient = {};

    Cell(Type type, double[] value) {
      this.type = type;
      this.value = value;
    }

    double[] value() {
      return value;
    }

    double[] gradient() {
      return gradient.length == 0 ? new double[value.length] : gradient;
    }

    /** Adds to the gradient; nothing of an empty one. */
    void receive(double[] more) {
      double[] sum = gradient();
      for (int i = 0; i < more.length; i++) {
        sum[i] += more[i];
      }
      gradient = sum;
    }
  }

  private record Step(Op op, List<Cell> in, Cell out) {}

  private static List<Type> types(List<Cell> cells) {
    return cells.stream().map(cell -> cell.type).toList();
  }

  private static List<double[]> values(List<Cell> cells) {
    return cells.stream().map(cell -> cell.value).toList();
  }

  @Override
  public Cell constant(Tensor tensor) {
    return new Cell(tensor.type(), tensor.toDoubles());
  }

  @Override
  public Cell parameter(Parameter weight) {
    return constant(weight.tensor());
  }

  @Override
  public Type type(Cell cell) {
    return cell.type;
  }

  @Override
  public List<Cell> emit(Op op, List<Cell> in) {
    Type type = op.infer(types(in)).get(0);
    Cell out = new Cell(type, DoubleArithmetic.outputs(op, types(in), values(in)).get(0));
    steps.add(new Step(op, List.copyOf(in), out));
    return List.of(out);
  }

  /** Adds to every gradient what the gradients of later values give it. */
  void back() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).out.gradient.length > 0) {
        back(steps.get(i));
      }
    }
  }

  private void back(Step step) {
    List<double[]> g = List.of(step.out.gradient());
    List<double[]> down = DoubleArithmetic.gradients(step.op, types(step.in), values(step.in), g);
    for (int k = 0; k < down.size(); k++) {
      step.in.get(k).receive(down.get(k));
    }
  }
}
