package dev.axiomml.core.train;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The backward reading that computes gradients: seed any values with the gradient of a number by
 * them, and the gradient by every value before them arrives.
 *
 * <p>Computes in double precision from values that ran before. At a kink either one-sided slope is
 * taken, of equal largest elements the first gets all; through run-only operators and functions
 * without a derivative nothing flows.
 *
 * <pre>{@code
 * Map<Value, RuntimeValue> values = graph.readAll(List.of(x), new Interpreter());
 * double[] dx = graph.reverse(Map.of(output, seed), new GradientReading(values)).get(input);
 * }</pre>
 */
public final class GradientReading implements ReverseReading<double[]> {
  private static final LinearEngine ENGINE = LinearEngine.plain();

  private final Map<Value, ? extends RuntimeValue> values;

  /** For the values that one run of the graph made. */
  public GradientReading(Map<Value, ? extends RuntimeValue> values) {
    this.values = values;
  }

  @Override
  public double[] sum(double[] first, double[] second) {
    double[] sum = first.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += second[i];
    }
    return sum;
  }

  @Override
  public List<Optional<double[]>> node(Node at, List<Optional<double[]>> out) {
    List<Tensor> x = at.in().stream().map(this::tensor).toList();
    if (at.op() instanceof RowOp row) {
      return row(row, at, x, out);
    }
    double[] g = out.get(0).orElseThrow();
    if (at.op() instanceof AffineOp affine) {
      return affine(affine, x, g);
    }
    if (at.op() instanceof ScalarOp scalar) {
      return List.of(scalar.derivative().map(slope -> scalar(slope, x.get(0), g)));
    }
    if (at.op() instanceof WindowOp window) {
      return List.of(Optional.of(window(window, x.get(0), g)));
    }
    return at.op() instanceof BilinearOp bilinear
        ? bilinear(bilinear, x, g)
        : at.in().stream().map(value -> Optional.<double[]>empty()).toList();
  }

  private Tensor tensor(Value value) {
    return Objects.requireNonNull(values.get(value), value.name()).tensor();
  }

  private static List<Optional<double[]>> affine(AffineOp op, List<Tensor> x, double[] g) {
    List<Shape> shapes = x.stream().map(Tensor::shape).toList();
    double[] weights = op.coefficients(shapes).toDoubles();
    List<Optional<double[]>> back = new ArrayList<>();
    for (int operand = 0; operand < x.size(); operand++) {
      double[] dx = new double[x.get(operand).size()];
      ENGINE.run(transposed(op.nests(operand, shapes)), dx, g, weights);
      back.add(Optional.of(dx));
    }
    return back;
  }

  private static double[] scalar(ScalarOp slope, Tensor x, double[] g) {
    double[] dx = x.toDoubles();
    for (int i = 0; i < dx.length; i++) {
      dx[i] = g[i] == 0 ? 0 : g[i] * slope.value(dx[i]);
    }
    return dx;
  }

  private static double[] window(WindowOp op, Tensor x, double[] g) {
    double[] from = x.toDoubles();
    double[] dx = new double[from.length];
    op.windows(
        x.shape(), (out, members, count) -> toWinner(from, dx, g[out], first(members, count)));
    return dx;
  }

  private static int[] first(int[] members, int count) {
    return java.util.Arrays.copyOf(members, count);
  }

  private static void toWinner(double[] x, double[] dx, double g, int[] members) {
    int winner = members.length > 0 ? members[0] : -1;
    for (int member : members) {
      winner = x[member] > x[winner] ? member : winner;
    }
    if (winner >= 0) {
      dx[winner] += g;
    }
  }

  private static List<Optional<double[]>> bilinear(BilinearOp op, List<Tensor> x, double[] g) {
    double[] first = x.get(0).toDoubles();
    double[] second = x.get(1).toDoubles();
    double[] toFirst = new double[first.length];
    double[] toSecond = new double[second.length];
    List<LoopNest> nests = op.nests(x.get(0).shape(), x.get(1).shape());
    ENGINE.run(transposed(nests), toFirst, g, second);
    ENGINE.run(bySecond(nests), toSecond, g, first);
    return List.of(Optional.of(toFirst), Optional.of(toSecond));
  }

  private List<Optional<double[]>> row(
      RowOp op, Node at, List<Tensor> x, List<Optional<double[]>> out) {
    List<double[]> g = new ArrayList<>();
    for (int i = 0; i < out.size(); i++) {
      Value result = at.out().get(i);
      g.add(out.get(i).orElse(new double[tensor(result).size()]));
    }
    List<Type> types = x.stream().map(Tensor::type).toList();
    return op.vjp(types, x.stream().map(Tensor::toDoubles).toList(), g).stream()
        .map(dx -> Optional.of(dx).filter(d -> d.length > 0))
        .toList();
  }

  private static List<LoopNest> transposed(List<LoopNest> nests) {
    return nests.stream().map(LoopNest::transposed).toList();
  }

  private static List<LoopNest> bySecond(List<LoopNest> nests) {
    return nests.stream().map(LoopNest::bySecond).toList();
  }
}
