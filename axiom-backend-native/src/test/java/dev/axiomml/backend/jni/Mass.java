package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.ByFamily;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The reading that sums magnitudes: {@code |W||x| + |b|}, and how many terms an output sums, node
 * after node. Functions count as they are where they do not stretch (slope at most one).
 */
final class Mass implements ByFamily<Mass.Sum> {
  /**
   * A value's magnitudes.
   *
   * @param mass of each element
   * @param roundings that lie behind it at most
   */
  record Sum(double[] mass, int roundings) {
    static Sum of(Tensor tensor) {
      return new Sum(Arrays.stream(tensor.toDoubles()).map(Math::abs).toArray(), 0);
    }

    /** How far a float32 run may be from the real numbers. */
    double bound(int i) {
      return Graphs.gamma(roundings) * mass[i] * 1.001;
    }
  }

  static Sum of(Graph graph, List<Tensor> in) {
    return graph.read(in.stream().map(Sum::of).toList(), new Mass()).get(0);
  }

  @Override
  public Sum constant(Value at, Tensor tensor) {
    return Sum.of(tensor);
  }

  @Override
  public Sum sum(Node at, SumOp op, List<Sum> x) {
    List<Shape> shapes = at.in().stream().map(v -> v.type().shape()).toList();
    Shape out = at.out().get(0).type().shape();
    Adding adding = new Adding(new double[out.count()], new int[out.count()]);
    double[] own = Sum.of(op.table(shapes)).mass();
    int behind = 0;
    for (SumTerm term : op.terms(shapes)) {
      Sum first = x.get(term.operand());
      Sum second = term.isProduct() ? x.get(term.factor()) : new Sum(own, 0);
      ProductLines from = adding.from(first.mass(), second.mass());
      term.nests().forEach(nest -> nest.lines(from));
      behind = Math.max(behind, first.roundings() + second.roundings());
    }
    if (op instanceof MoveOp move) {
      move.fill(shapes).ifPresent(b -> adding.fill(b, out));
    }
    int most = Arrays.stream(adding.terms).max().orElse(0) + 2 + op.extraRoundings();
    return new Sum(adding.y, behind + most);
  }

  @Override
  public Sum scalar(Node at, ScalarOp op, Sum x) {
    return new Sum(x.mass(), x.roundings() + 2 * (int) Math.ceil(op.accuracy().ulps()));
  }

  @Override
  public Sum window(Node at, WindowOp op, Sum x) {
    Shape in = at.in().get(0).type().shape();
    double[] y = new double[op.out(in).count()];
    op.windows(
        in,
        (out, members, count) -> {
          for (int i = 0; i < count; i++) {
            y[out] = Math.max(y[out], x.mass()[members[i]]);
          }
        });
    return new Sum(y, x.roundings());
  }

  @Override
  public List<Sum> row(Node at, RowOp op, List<Sum> x) {
    throw new IllegalStateException("magnitudes say nothing of " + op.title());
  }

  @Override
  public List<Sum> run(Node at, RunOp op, List<Sum> x) {
    throw new IllegalStateException("magnitudes say nothing of " + op.title());
  }

  /** Adds up magnitudes. */
  private record Adding(double[] y, int[] terms) {
    ProductLines from(double[] x, double[] w) {
      return (out, outStep, in, inStep, weight, weightStep, n) -> {
        for (int j = 0; j < n; j++) {
          double factor = weight < 0 ? 1 : w[weight + j * weightStep];
          y[out + j * outStep] += factor * x[in + j * inStep];
          terms[out + j * outStep]++;
        }
      };
    }

    void fill(Tensor b, Shape out) {
      int[] from = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(b.shape(), out));
      for (int i = 0; i < y.length; i++) {
        y[i] += terms[i] == 0 ? Math.abs(b.doubleAt(from[i])) : 0;
      }
    }
  }

  /** All elements of a run within their bounds. */
  static List<String> violations(Tensor run, Tensor exact, Sum sum) {
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < run.size(); i++) {
      double off = Math.abs(run.doubleAt(i) - exact.doubleAt(i));
      if (!(off <= sum.bound(i))) {
        violations.add(i + ": " + run.doubleAt(i) + " for " + exact.doubleAt(i));
      }
    }
    return violations;
  }
}
