package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
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
 * its margin. What our own double arithmetic may lose is taken from every number before it is
 * weighed: a share of its magnitude for each addition that it will pass through. One walk, one
 * thread.
 */
final class LinearBoundReading implements ReverseReading<LinearForms> {
  /** More than products that underflow may lose in any walk. */
  private static final double UNDERFLOW = 0x1p-900;

  private static final double[] NONE = {};

  private final BoundState relaxed;
  private final LinearEngine engine;
  private final double[] low;
  private double[] part;

  LinearBoundReading(BoundState relaxed, int columns) {
    this.relaxed = relaxed;
    this.engine = LinearEngine.metered(relaxed.watch()::spend);
    this.low = new double[columns];
    this.part = new double[columns];
  }

  /** What the walk has collected for each column; −∞ where a number on the way was not finite. */
  double[] least() {
    double[] least = new double[low.length];
    for (int k = 0; k < least.length; k++) {
      boolean known = Math.abs(low[k]) <= Double.MAX_VALUE;
      least[k] = known ? low[k] - UNDERFLOW : Double.NEGATIVE_INFINITY;
    }
    return least;
  }

  /** Adds what one node contributed. */
  private void settle() {
    for (int k = 0; k < low.length; k++) {
      low[k] += part[k];
    }
    part = new double[low.length];
  }

  @Override
  public LinearForms sum(LinearForms first, LinearForms second) {
    double[] loss = relaxed.reach(first.of());
    LaneRows rows = new LaneRows(scaled(loss, 0x1p-52), relaxed.lanes());
    second.each(
        (i, row) -> {
          if (first.a().reached(i).isEmpty()) {
            System.arraycopy(row, 0, first.a().row(i), 0, row.length);
          } else if (rows.isFinite(i)) {
            BoundKernels.join(first.a().row(i), row, part, rows.of(i));
          } else {
            unknown(row);
          }
        });
    settle();
    return first;
  }

  private static double[] scaled(double[] numbers, double by) {
    double[] scaled = new double[numbers.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = numbers[i] * by;
    }
    return scaled;
  }

  /** Nothing is known of an element: nor of a column that it reaches. */
  private void unknown(double[] row) {
    for (int k = 0; k < row.length; k++) {
      part[k] += row[k] == 0 ? 0 : Double.NEGATIVE_INFINITY;
    }
  }

  @Override
  public void constant(Value at, Tensor tensor, LinearForms arrived) {
    overBox(arrived);
  }

  @Override
  public List<Optional<LinearForms>> node(Node at, List<Optional<LinearForms>> out) {
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
    out.forEach(forms -> forms.ifPresent(this::overBox));
    return at.in().stream().map(value -> Optional.<LinearForms>empty()).toList();
  }

  /** The least over a value's own boxes. */
  void overBox(LinearForms forms) {
    RangeRows range = relaxed.range(forms.of());
    forms.each(
        (i, row) -> {
          if (range.isFinite(i)) {
            BoundKernels.weigh(part, row, range.low().of(i), range.high().of(i));
          } else {
            unknown(row);
          }
        });
    settle();
  }

  /** The least over the domains of an input that are cut with a ball. */
  void overBalls(LinearPanel a, List<BoundDomain> domains) {
    for (int k = 0; k < low.length; k++) {
      double least = domains.get(k % domains.size()).least(0, a.column(k));
      low[k] += least - relaxed.own() * Math.abs(least);
    }
  }

  private LinearForms start(Node at, int operand) {
    Value value = at.in().get(operand);
    int size = relaxed.size(value);
    return new LinearForms(new LinearPanel(size, low.length, relaxed.closed(value)), value);
  }

  private List<Optional<LinearForms>> sum(Node at, LinearForms out) {
    SumForm form = relaxed.forms().sum(at);
    offset(at, form.offset(), out);
    List<Optional<LinearForms>> back =
        IntStream.range(0, at.in().size())
            .mapToObj(k -> Optional.of(k).filter(form::reads).map(operand -> start(at, operand)))
            .toList();
    for (SumForm.WeightedTerm term : form.weighted()) {
      LinearPanel in = back.get(term.operand()).orElseThrow().a();
      engine.panel(term.transposed(), in, out.a(), term.weights());
    }
    form.products().forEach(term -> planes(at, term, out, back));
    settle();
    return back;
  }

  /** What a sum adds, and what executions and our own sums may lose at it. */
  private void offset(Node at, double[] offset, LinearForms out) {
    LaneRows loss = relaxed.loss(at);
    out.each(
        (o, row) -> {
          if (!loss.isFinite(o)) {
            unknown(row);
          } else if (offset[o] == 0) {
            BoundKernels.lose(part, row, loss.of(o));
          } else {
            BoundKernels.offset(part, row, offset[o], loss.of(o));
          }
        });
  }

  private LinearForms scalar(Node at, LinearForms out) {
    LineRows lines = relaxed.lines(at);
    out.each(
        (i, row) -> {
          if (lines.zeros()[i]) {
            out.a().leave(i);
          } else if (lines.isFinite(i)) {
            BoundKernels.weigh(part, row, lines.low().of(i), lines.high().of(i));
            tilt(lines, i, row);
          } else {
            unknown(row);
          }
        });
    settle();
    return new LinearForms(out.a(), at.in().get(0));
  }

  private static void tilt(LineRows lines, int i, double[] row) {
    if (!lines.passes()[i]) {
      BoundKernels.tilt(row, lines.lowSlope().of(i), lines.highSlope().of(i));
    }
  }

  private LinearForms window(Node at, LinearForms out) {
    WindowMaxima winners = relaxed.winners(at);
    LinearForms in = start(at, 0);
    double[] reach = relaxed.reach(at.in().get(0));
    out.each((o, row) -> window(winners, o, new Pulled(row, in.a(), reach)));
    settle();
    return in;
  }

  /** Coefficients of a window, and where they go. */
  private record Pulled(double[] row, LinearPanel in, double[] reach) {}

  private void window(WindowMaxima winners, int o, Pulled pulled) {
    int lanes = relaxed.lanes();
    double[] row = pulled.row;
    for (int k = 0; k < row.length; k++) {
      int at = o * lanes + k % lanes;
      double flat = winners.constant(at, row[k]);
      part[k] += flat - relaxed.own() * Math.abs(flat);
      if (row[k] != 0 && winners.passes(at, row[k])) {
        int best = winners.best()[at];
        pulled.in.row(best / lanes)[k] += row[k];
        part[k] -= Math.abs(row[k]) * pulled.reach[best] * relaxed.own();
      }
    }
  }

  private void planes(Node at, SumTerm term, LinearForms out, List<Optional<LinearForms>> back) {
    Box a = relaxed.box(at.in().get(term.operand()));
    Box b = relaxed.box(at.in().get(term.factor()));
    LinearPanel first = back.get(term.operand()).orElseThrow().a();
    LinearPanel second = back.get(term.factor()).orElseThrow().a();
    int lanes = relaxed.lanes();
    SumForm.OpenProduct pull =
        (o, i, j) -> {
          double[] row = out.a().reached(o).orElse(NONE);
          for (int l = 0; l < lanes && row.length > 0; l++) {
            int x = i * lanes + l;
            int y = j * lanes + l;
            McCormickPlane below = McCormickPlane.below(a, x, b, y);
            McCormickPlane above = McCormickPlane.above(a, x, b, y);
            plane(below, above, l, new double[][] {row, first.row(i), second.row(j)});
          }
          relaxed.watch().spend(row.length);
        };
    SumForm.each(term, pull, relaxed.watch());
  }

  /** The columns of a lane: of a product's coefficients, to those of both factors. */
  private void plane(McCormickPlane below, McCormickPlane above, int lane, double[][] rows) {
    for (int k = lane; k < part.length; k += relaxed.lanes()) {
      double factor = rows[0][k];
      McCormickPlane plane = factor > 0 ? below : above;
      if (factor != 0) {
        rows[1][k] += factor * plane.first();
        rows[2][k] += factor * plane.second();
        part[k] += factor * plane.constant();
      }
    }
  }
}
