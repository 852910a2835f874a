package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Least values of weighted sums of a graph's values, by one walk backward through lines: every row
 * of weights is moved toward the inputs, and what is lost on the way is taken off a constant.
 */
final class IntegerBackward implements ReverseReading<IntegerRows> {
  private final IntegerForms forms;
  private final CellKnowledge known;
  private final Dyadic[] least;
  private final boolean[] lost;

  private IntegerBackward(IntegerForms forms, CellKnowledge known, int rows) {
    this.forms = forms;
    this.known = known;
    this.least = new Dyadic[rows];
    this.lost = new boolean[rows];
    Arrays.fill(least, Dyadic.ZERO);
  }

  /** For each row a number that no execution falls below; empty where nothing is known. */
  static List<Optional<Dyadic>> least(
      IntegerForms forms, CellKnowledge known, Map<Value, IntegerRows> seeds) {
    Graph graph = forms.graph();
    int rows = seeds.values().iterator().next().count();
    IntegerBackward walk = new IntegerBackward(forms, known, rows);
    Map<Value, IntegerRows> arrived = graph.reverse(seeds, walk);
    for (Value input : graph.inputs()) {
      boolean first = input.equals(graph.inputs().get(0));
      Optional<NormBall> sphere = first ? known.sphere() : Optional.empty();
      Optional.ofNullable(arrived.get(input)).ifPresent(all -> walk.end(input, all, sphere));
    }
    List<Optional<Dyadic>> answers = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      answers.add(walk.lost[r] ? Optional.empty() : Optional.of(walk.least[r]));
    }
    return answers;
  }

  @Override
  public IntegerRows sum(IntegerRows first, IntegerRows second) {
    return first.plus(second);
  }

  private void end(Value at, IntegerRows rows) {
    end(at, rows, Optional.empty());
  }

  /** The rows end at a value of a known range, perhaps cut with a ball. */
  private void end(Value at, IntegerRows rows, Optional<NormBall> sphere) {
    IntegerRange range = known.range(at);
    for (int r = 0; r < rows.count(); r++) {
      ScaledIntegers row = rows.blocks()[r];
      if (settle(at, rows, r)) {
        Dyadic inBox = range.least(row.mantissas(), row.exponent());
        add(r, sphere.map(ball -> ball.least(row).max(inBox)).orElse(inBox));
      }
    }
  }

  /** Takes off what a row's doubt may cost at a value; answers whether the row goes on. */
  private boolean settle(Value at, IntegerRows rows, int r) {
    if (lost[r] || rows.isZero(r)) {
      return false;
    }
    IntegerRange range = known.range(at);
    lost[r] = !range.isBounded();
    if (!lost[r] && rows.doubts()[r].sign() > 0) {
      least[r] = least[r].minus(rows.doubts()[r].times(range.total()));
    }
    return !lost[r];
  }

  @Override
  public void constant(Value at, Tensor tensor, IntegerRows arrived) {
    end(at, arrived);
  }

  @Override
  public List<Optional<IntegerRows>> node(Node at, List<Optional<IntegerRows>> out) {
    forms.meter().ask();
    boolean passes =
        at.op() instanceof SumOp || at.op() instanceof ScalarOp || at.op() instanceof WindowOp;
    if (!passes) {
      for (int i = 0; i < out.size(); i++) {
        Value value = at.out().get(i);
        out.get(i).ifPresent(rows -> end(value, rows));
      }
      return at.in().stream().map(value -> Optional.<IntegerRows>empty()).toList();
    }
    IntegerRows rows = out.get(0).orElseThrow();
    boolean[] goes = new boolean[rows.count()];
    for (int r = 0; r < goes.length; r++) {
      goes[r] = settle(at.out().get(0), rows, r);
    }
    for (int r = 0; at.op() instanceof SumOp && r < goes.length; r++) {
      if (goes[r]) {
        shift(at, r, rows.blocks()[r]);
      }
    }
    return operands(at, rows, goes);
  }

  private List<Optional<IntegerRows>> operands(Node at, IntegerRows rows, boolean[] goes) {
    List<Optional<IntegerRows>> answers = new ArrayList<>();
    for (int operand = 0; operand < at.in().size(); operand++) {
      int from = operand;
      if (at.op() instanceof SumOp && !forms.sum(at).reads(operand)) {
        answers.add(Optional.empty());
        continue;
      }
      IntegerRows back = IntegerRows.empty(rows.count());
      int size = at.in().get(operand).type().shape().count();
      for (int r = 0; r < goes.length; r++) {
        back.blocks()[r] = new ScaledIntegers(new long[size], 0);
        back.doubts()[r] = Dyadic.ZERO;
      }
      IntStream.range(0, goes.length)
          .filter(r -> goes[r])
          .forEach(r -> row(at, from, new Move(rows.blocks()[r], back, r)));
      answers.add(Optional.of(back));
    }
    return answers;
  }

  /** A row on its way over a node. */
  private record Move(ScaledIntegers from, IntegerRows to, int row) {}

  private void row(Node at, int operand, Move move) {
    if (at.op() instanceof SumOp) {
      sum(at, operand, move);
    } else if (at.op() instanceof ScalarOp) {
      scalar(at, move);
    } else {
      window(at, (WindowOp) at.op(), move);
    }
  }

  private void sum(Node at, int operand, Move move) {
    IntegerSumForm form = forms.sum(at);
    long[] row = move.from().mantissas();
    if (form.isWeighted(operand)) {
      int exponent = move.from().exponent() + form.exponent(operand);
      IntegerRows.put(move.to(), move.row(), form.back(operand, row, forms.meter()), exponent);
    }
    planes(at).filter(p -> p.reads(operand)).forEach(p -> plane(operand, p, move));
  }

  private Stream<ProductPlanes> planes(Node at) {
    return forms.sum(at).products().stream()
        .map(term -> ProductPlanes.of(term, known, at, forms.meter()));
  }

  /** What a sum and its margin add to a row, whichever operands it then goes to. */
  private void shift(Node at, int row, ScaledIntegers weights) {
    add(row, known.shift(at).orElseThrow().least(weights.mantissas(), weights.exponent()));
    planes(at).forEach(p -> add(row, p.constant(weights.mantissas()).shifted(weights.exponent())));
  }

  private static void plane(int operand, ProductPlanes planes, Move move) {
    int exponent = move.from().exponent() + planes.exponent(operand);
    WideSums back = planes.back(operand, move.from().mantissas());
    IntegerRows.put(move.to(), move.row(), back, exponent);
  }

  private void scalar(Node at, Move move) {
    IntegerLines lines = known.lines(at).orElseThrow();
    long[] row = move.from().mantissas();
    add(move.row(), lines.offsets().least(row, move.from().exponent()));
    WideSums sums = new WideSums(row.length);
    for (int i = 0; i < row.length; i++) {
      sums.add(i, row[i], lines.slopes()[row[i] >= 0 ? 0 : 1][i]);
    }
    IntegerRows.put(move.to(), move.row(), sums, move.from().exponent() + lines.exponent());
  }

  /** The largest is at least the one of the highest lower end, and at most the highest end. */
  private void window(Node at, WindowOp op, Move move) {
    IntegerRange x = known.range(at.in().get(0));
    WideSums sums = new WideSums(x.size());
    WideSums ends = new WideSums(1);
    op.windows(
        at.in().get(0).type().shape(),
        (out, members, count) -> {
          long weight = move.from().mantissas()[out];
          int winner = highest(x.lows(), members, count);
          int top = highest(x.highs(), members, count);
          if (weight >= 0 || alone(x, winner, members, count)) {
            sums.add(winner, weight, 1);
          } else {
            ends.add(0, weight, x.highs()[top]);
          }
        });
    add(move.row(), ends.at(0, move.from().exponent() + x.exponent()));
    IntegerRows.put(move.to(), move.row(), sums, move.from().exponent());
  }

  private static int highest(long[] ends, int[] members, int count) {
    int best = members[0];
    for (int i = 1; i < count; i++) {
      best = ends[members[i]] > ends[best] ? members[i] : best;
    }
    return best;
  }

  private static boolean alone(IntegerRange x, int winner, int[] members, int count) {
    for (int i = 0; i < count; i++) {
      if (members[i] != winner && x.highs()[members[i]] > x.lows()[winner]) {
        return false;
      }
    }
    return true;
  }

  private void add(int row, Dyadic amount) {
    least[row] = least[row].plus(amount);
  }
}
