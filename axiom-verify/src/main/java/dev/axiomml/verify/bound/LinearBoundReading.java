package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The backward reading of linear bounds from below: what is left of {@code Σ a·value} once every
 * step is replaced by lines that no execution falls below.
 *
 * <p>Zhang et al. 2018 (CROWN), with each execution read as the real map plus a disturbance inside
 * its margin, and our own double arithmetic paid for at every step. One walk, one thread.
 */
final class LinearBoundReading implements ReverseReading<LinearForms> {
  private final BoundState relaxed;
  private final double[] low;
  private final double[] slack;
  private final double[] total;
  private int steps;

  LinearBoundReading(BoundState relaxed, int rows) {
    this.relaxed = relaxed;
    this.low = new double[rows];
    this.slack = new double[rows];
    this.total = new double[rows];
  }

  /** What the walk has collected for a row, less what our own arithmetic may have lost. */
  double collected(int row) {
    double value = low[row] - slack[row] - RoundingModel.own(steps) * total[row];
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  /** Adds an amount to a row, of which so much may be lost. */
  void add(int row, double amount, double loss) {
    low[row] += amount;
    total[row] += Math.abs(amount);
    slack[row] += loss;
  }

  @Override
  public LinearForms sum(LinearForms first, LinearForms second) {
    LinearForms sum = LinearForms.zeros(low.length, first.reach());
    for (int r = 0; r < low.length; r++) {
      for (int i = 0; i < sum.reach().length; i++) {
        double a = first.a()[r][i] + second.a()[r][i];
        sum.a()[r][i] = a;
        slack[r] += a == 0 ? 0 : Math.abs(a) * sum.reach()[i] * 0x1p-52;
      }
    }
    return sum;
  }

  @Override
  public void constant(Value at, Tensor tensor, LinearForms arrived) {
    concretise(relaxed.box(at), arrived);
  }

  @Override
  public List<Optional<LinearForms>> node(Node at, List<Optional<LinearForms>> out) {
    steps++;
    relaxed.watch().ask();
    if (at.op() instanceof AffineOp) {
      return affine(at, out.get(0).orElseThrow());
    }
    if (at.op() instanceof ScalarOp) {
      return List.of(Optional.of(scalar(at, out.get(0).orElseThrow())));
    }
    if (at.op() instanceof WindowOp) {
      return List.of(Optional.of(window(at, out.get(0).orElseThrow())));
    }
    if (at.op() instanceof BilinearOp) {
      return bilinear(at, out.get(0).orElseThrow());
    }
    for (int i = 0; i < out.size(); i++) {
      Box box = relaxed.box(at.out().get(i));
      out.get(i).ifPresent(rows -> concretise(box, rows));
    }
    return at.in().stream().map(value -> Optional.<LinearForms>empty()).toList();
  }

  private void concretise(Box box, LinearForms rows) {
    steps++;
    for (int r = 0; r < low.length; r++) {
      add(r, BoundDomain.overBox(box, rows.a()[r]), 0);
    }
  }

  private LinearForms start(Node at, int operand) {
    return LinearForms.zeros(low.length, relaxed.reach(at.in().get(operand)));
  }

  private List<Optional<LinearForms>> affine(Node at, LinearForms out) {
    AffineForm form = relaxed.forms().affine(at);
    double[] offset = form.offset();
    double[] loss = relaxed.loss(at);
    for (int r = 0; r < low.length; r++) {
      double constant = 0;
      for (int o = 0; o < offset.length; o++) {
        constant += out.a()[r][o] * offset[o];
      }
      add(r, constant, lost(out.a()[r], loss));
    }
    List<Optional<LinearForms>> back = new ArrayList<>();
    for (int operand = 0; operand < at.in().size(); operand++) {
      LinearForms in = start(at, operand);
      form.taps(
          operand,
          relaxed.watch().on(new BackwardPull(out.a(), in.a(), form.weights()), low.length));
      back.add(Optional.of(in));
    }
    return back;
  }

  /** What executions and our own sums may lose at a node. */
  private static double lost(double[] a, double[] loss) {
    double lost = 0;
    for (int o = 0; o < a.length; o++) {
      lost += a[o] == 0 ? 0 : Math.abs(a[o]) * loss[o];
    }
    return lost * (1 + RoundingModel.own(a.length));
  }

  private LinearForms scalar(Node at, LinearForms out) {
    BoundingLines lines = relaxed.lines(at);
    LinearForms in = start(at, 0);
    double own = RoundingModel.own(in.reach().length);
    for (int r = 0; r < low.length; r++) {
      double constant = 0;
      double magnitude = 0;
      for (int i = 0; i < in.reach().length; i++) {
        double a = out.a()[r][i];
        double slope = a == 0 ? 0 : a * (a > 0 ? lines.lowSlope()[i] : lines.highSlope()[i]);
        double term = a == 0 ? 0 : a * (a > 0 ? lines.low()[i] : lines.high()[i]);
        in.a()[r][i] = slope;
        constant += term;
        magnitude += Math.abs(term) + (slope == 0 ? 0 : Math.abs(slope) * in.reach()[i]);
      }
      add(r, constant, own * magnitude);
    }
    return in;
  }

  private LinearForms window(Node at, LinearForms out) {
    WindowMaxima winners = relaxed.winners(at);
    LinearForms in = start(at, 0);
    double own = RoundingModel.own(winners.best().length);
    for (int r = 0; r < low.length; r++) {
      double constant = 0;
      double magnitude = 0;
      for (int o = 0; o < winners.best().length; o++) {
        double a = out.a()[r][o];
        double flat = winners.constant(o, a);
        double passed = winners.passes(o, a) ? a : 0;
        int best = winners.best()[o];
        in.a()[r][best] += passed;
        constant += flat;
        magnitude += Math.abs(flat) + (passed == 0 ? 0 : Math.abs(a) * in.reach()[best]);
      }
      add(r, constant, own * magnitude);
    }
    return in;
  }

  private List<Optional<LinearForms>> bilinear(Node at, LinearForms out) {
    LinearForms first = start(at, 0);
    LinearForms second = start(at, 1);
    Box a = relaxed.box(at.in().get(0));
    Box b = relaxed.box(at.in().get(1));
    double[] constant = new double[low.length];
    BilinearBounds products = relaxed.forms().products(at);
    products.each(
        (o, i, j) -> {
          McCormickPlane below = McCormickPlane.below(a, i, b, j);
          McCormickPlane above = McCormickPlane.above(a, i, b, j);
          for (int r = 0; r < low.length; r++) {
            double factor = out.a()[r][o];
            McCormickPlane plane = factor > 0 ? below : above;
            first.a()[r][i] += factor == 0 ? 0 : factor * plane.first();
            second.a()[r][j] += factor == 0 ? 0 : factor * plane.second();
            constant[r] += factor == 0 ? 0 : factor * plane.constant();
          }
          relaxed.watch().spend(low.length);
        },
        relaxed.watch());
    for (int r = 0; r < low.length; r++) {
      add(r, constant[r], lost(out.a()[r], relaxed.loss(at)));
    }
    return List.of(Optional.of(first), Optional.of(second));
  }
}
