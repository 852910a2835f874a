package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The backward reading of linear bounds from below: what is left of {@code Σ a·value} once every
 * step is replaced by lines that no execution falls below.
 *
 * <p>Zhang et al. 2018 (CROWN), with each execution read as the real map plus a disturbance inside
 * its margin, and our own double arithmetic paid for at every step. One walk, one thread.
 */
final class LinearBoundReading implements ReverseReading<LinearForms> {
  private final BoundState relaxed;
  private final LinearEngine engine;
  private final double[] low;
  private final double[] slack;
  private final double[] total;
  private int steps;

  LinearBoundReading(BoundState relaxed, int forms) {
    this.relaxed = relaxed;
    this.engine = LinearEngine.metered(relaxed.watch()::spend);
    this.low = new double[forms];
    this.slack = new double[forms];
    this.total = new double[forms];
  }

  /** What the walk has collected for a form, less what our own arithmetic may have lost. */
  double collected(int form) {
    double value = low[form] - slack[form] - RoundingModel.own(steps) * total[form];
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }

  /** Adds an amount to a form, of which so much may be lost. */
  void add(int form, double amount, double loss) {
    low[form] += amount;
    total[form] += Math.abs(amount);
    slack[form] += loss;
  }

  @Override
  public LinearForms sum(LinearForms first, LinearForms second) {
    LinearForms sum = LinearForms.zeros(low.length, first.reach());
    first.each((i, row) -> System.arraycopy(row, 0, sum.a().row(i), 0, row.length));
    second.each((i, row) -> sum(sum.a().row(i), row, sum.reach()[i]));
    return sum;
  }

  private void sum(double[] sum, double[] more, double reach) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += more[k];
      slack[k] += sum[k] == 0 ? 0 : Math.abs(sum[k]) * reach * 0x1p-52;
    }
  }

  @Override
  public void constant(Value at, Tensor tensor, LinearForms arrived) {
    concretise(relaxed.box(at), arrived);
  }

  @Override
  public List<Optional<LinearForms>> node(Node at, List<Optional<LinearForms>> out) {
    steps++;
    relaxed.watch().ask();
    if (at.op() instanceof SumOp) {
      return sum(at, out.get(0).orElseThrow());
    }
    if (at.op() instanceof ScalarOp) {
      return List.of(Optional.of(scalar(at, out.get(0).orElseThrow())));
    }
    if (at.op() instanceof WindowOp) {
      return List.of(Optional.of(window(at, out.get(0).orElseThrow())));
    }
    for (int i = 0; i < out.size(); i++) {
      Box box = relaxed.box(at.out().get(i));
      out.get(i).ifPresent(rows -> concretise(box, rows));
    }
    return at.in().stream().map(value -> Optional.<LinearForms>empty()).toList();
  }

  private void concretise(Box box, LinearForms forms) {
    steps++;
    for (int k = 0; k < low.length; k++) {
      add(k, BoundDomain.overBox(box, forms.a().column(k)), 0);
    }
  }

  private LinearForms start(Node at, int operand) {
    return LinearForms.zeros(low.length, relaxed.reach(at.in().get(operand)));
  }

  /** Constants and magnitudes that a step adds to each form. */
  private final class Parts {
    private final double[] constant = new double[low.length];
    private final double[] magnitude = new double[low.length];

    /** Adds both, {@code own} being what our sums lose of a magnitude. */
    void settle(double own, double times) {
      for (int k = 0; k < low.length; k++) {
        add(k, constant[k], magnitude[k] * own * times);
      }
    }
  }

  private List<Optional<LinearForms>> sum(Node at, LinearForms out) {
    SumForm form = relaxed.forms().sum(at);
    Parts parts = lost(at, out);
    if (form.offset().length > 0) {
      offset(form.offset(), out, parts);
    }
    List<Optional<LinearForms>> back =
        IntStream.range(0, at.in().size())
            .mapToObj(k -> Optional.of(k).filter(form::reads).map(operand -> start(at, operand)))
            .toList();
    for (SumForm.WeightedTerm term : form.weighted()) {
      LinearPanel in = back.get(term.operand()).orElseThrow().a();
      engine.panel(term.transposed(), in, out.a(), term.weights());
    }
    form.products().forEach(term -> planes(at, term, out, new Planes(back, parts)));
    parts.settle(1, 1 + RoundingModel.own(out.reach().length));
    return back;
  }

  private void offset(double[] offset, LinearForms out, Parts parts) {
    LinearPanel sum = new LinearPanel(1, low.length);
    LoopNest all = LoopNest.of(List.of(Loop.of(offset.length, 0, 1, 1)));
    engine.panel(List.of(all), sum, out.a(), offset);
    System.arraycopy(sum.row(0), 0, parts.constant, 0, low.length);
  }

  /** What executions and our own sums may lose at a node. */
  private Parts lost(Node at, LinearForms out) {
    double[] loss = relaxed.loss(at);
    Parts parts = new Parts();
    out.each(
        (o, row) -> {
          for (int k = 0; k < row.length; k++) {
            parts.magnitude[k] += row[k] == 0 ? 0 : Math.abs(row[k]) * loss[o];
          }
        });
    return parts;
  }

  private LinearForms scalar(Node at, LinearForms out) {
    BoundingLines lines = relaxed.lines(at);
    LinearForms in = start(at, 0);
    Parts parts = new Parts();
    out.each((i, row) -> scalar(lines, i, row, new Pulled(in, parts)));
    parts.settle(RoundingModel.own(in.reach().length), 1);
    return in;
  }

  private record Pulled(LinearForms in, Parts parts) {}

  private static void scalar(BoundingLines lines, int i, double[] row, Pulled to) {
    double[] back = to.in.a().row(i);
    double reach = to.in.reach()[i];
    for (int k = 0; k < row.length; k++) {
      double a = row[k];
      double slope = a == 0 ? 0 : a * (a > 0 ? lines.lowSlope()[i] : lines.highSlope()[i]);
      double term = a == 0 ? 0 : a * (a > 0 ? lines.low()[i] : lines.high()[i]);
      back[k] = slope;
      to.parts.constant[k] += term;
      to.parts.magnitude[k] += Math.abs(term) + (slope == 0 ? 0 : Math.abs(slope) * reach);
    }
  }

  private LinearForms window(Node at, LinearForms out) {
    WindowMaxima winners = relaxed.winners(at);
    LinearForms in = start(at, 0);
    Parts parts = new Parts();
    out.each((o, row) -> window(winners, o, row, new Pulled(in, parts)));
    parts.settle(RoundingModel.own(winners.best().length), 1);
    return in;
  }

  private static void window(WindowMaxima winners, int o, double[] row, Pulled to) {
    int best = winners.best()[o];
    double[] back = to.in.a().row(best);
    double reach = to.in.reach()[best];
    for (int k = 0; k < row.length; k++) {
      double flat = winners.constant(o, row[k]);
      double passed = winners.passes(o, row[k]) ? row[k] : 0;
      back[k] += passed;
      to.parts.constant[k] += flat;
      to.parts.magnitude[k] += Math.abs(flat) + (passed == 0 ? 0 : Math.abs(row[k]) * reach);
    }
  }

  private record Planes(List<Optional<LinearForms>> back, Parts parts) {}

  private void planes(Node at, SumTerm term, LinearForms out, Planes to) {
    Box a = relaxed.box(at.in().get(term.operand()));
    Box b = relaxed.box(at.in().get(term.factor()));
    LinearPanel first = to.back.get(term.operand()).orElseThrow().a();
    LinearPanel second = to.back.get(term.factor()).orElseThrow().a();
    SumForm.each(
        term,
        (o, i, j) ->
            out.a()
                .reached(o)
                .ifPresent(
                    row -> {
                      McCormickPlane below = McCormickPlane.below(a, i, b, j);
                      McCormickPlane above = McCormickPlane.above(a, i, b, j);
                      double[] byFirst = first.row(i);
                      double[] bySecond = second.row(j);
                      for (int k = 0; k < row.length; k++) {
                        double factor = row[k];
                        McCormickPlane plane = factor > 0 ? below : above;
                        byFirst[k] += factor == 0 ? 0 : factor * plane.first();
                        bySecond[k] += factor == 0 ? 0 : factor * plane.second();
                        to.parts.constant[k] += factor == 0 ? 0 : factor * plane.constant();
                      }
                      relaxed.watch().spend(row.length);
                    }),
        relaxed.watch());
  }
}
