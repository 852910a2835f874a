package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Least values of weighted sums of a graph's values, by one walk backward through lines: every row
 * of weights is moved toward the inputs, and what is lost on the way is taken off a constant.
 */
public final class IntegerBackward implements ReverseReading<IntegerRows> {
  private final IntegerForms forms;
  private final CellKnowledge known;
  private final Dyadic[] scales;
  private final FloorSums least;
  private final boolean[] lost;

  /**
   * @param scales the largest weight of each row
   */
  private IntegerBackward(IntegerForms forms, CellKnowledge known, Dyadic[] scales) {
    this.forms = forms;
    this.known = known;
    this.scales = scales;
    this.least = new FloorSums(scales.length);
    this.lost = new boolean[scales.length];
  }

  private static Dyadic[] scales(Map<Value, IntegerRows> seeds, int rows) {
    Dyadic[] scales = new Dyadic[rows];
    for (int r = 0; r < rows; r++) {
      int row = r;
      scales[r] =
          seeds.values().stream()
              .map(some -> some.column(row).largest())
              .reduce(Dyadic.ZERO, Dyadic::max);
    }
    return scales;
  }

  /** For each row a number that no execution falls below; empty where nothing is known. */
  public static List<Optional<Dyadic>> least(
      IntegerForms forms, CellKnowledge known, Map<Value, IntegerRows> seeds) {
    IntegerBackward walk = walk(forms, known, seeds);
    return IntStream.range(0, walk.lost.length)
        .mapToObj(c -> walk.lost[c] ? Optional.<Dyadic>empty() : Optional.of(walk.least.at(c)))
        .toList();
  }

  /** A walk that is done. */
  static IntegerBackward walk(
      IntegerForms forms, CellKnowledge known, Map<Value, IntegerRows> seeds) {
    Graph graph = forms.graph();
    int rows = seeds.values().iterator().next().count();
    IntegerBackward walk = new IntegerBackward(forms, known, scales(seeds, rows));
    Map<Value, IntegerRows> arrived = graph.reverse(seeds, walk);
    for (Value input : graph.inputs()) {
      boolean first = input.equals(graph.inputs().get(0));
      Optional<NormBall> sphere = first ? known.sphere() : Optional.empty();
      Optional.ofNullable(arrived.get(input)).ifPresent(all -> walk.end(input, all, sphere));
    }
    return walk;
  }

  /** Raises an element to what was found for a column. */
  void raise(FloorSums ends, int element, int column) {
    if (!lost[column]) {
      ends.max(element, least.mantissa(column), least.exponent(column));
    }
  }

  /** For each row what it is at least in terms of the inputs; empty where nothing is known. */
  public static List<Optional<IntegerPlane>> planes(
      IntegerForms forms, CellKnowledge known, Map<Value, IntegerRows> seeds) {
    Graph graph = forms.graph();
    int rows = seeds.values().iterator().next().count();
    IntegerBackward walk = new IntegerBackward(forms, known, scales(seeds, rows));
    Map<Value, IntegerRows> arrived = graph.reverse(seeds, walk);
    List<Optional<IntegerRows>> ends =
        graph.inputs().stream().map(in -> Optional.ofNullable(arrived.get(in))).toList();
    for (int i = 0; i < ends.size(); i++) {
      Value input = graph.inputs().get(i);
      ends.get(i).ifPresent(all -> walk.settle(input, all));
    }
    List<Optional<IntegerPlane>> planes = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      planes.add(walk.lost[r] ? Optional.empty() : Optional.of(walk.plane(r, ends)));
    }
    return planes;
  }

  private IntegerPlane plane(int row, List<Optional<IntegerRows>> ends) {
    List<Dyadic[]> slopes = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      Dyadic[] own = new Dyadic[forms.graph().inputs().get(i).type().shape().count()];
      Arrays.fill(own, Dyadic.ZERO);
      ends.get(i).map(all -> all.column(row)).ifPresent(c -> Arrays.setAll(own, c::at));
      slopes.add(own);
    }
    return new IntegerPlane(least.at(row), slopes);
  }

  @Override
  public IntegerRows sum(IntegerRows first, IntegerRows second) {
    return first.plus(second);
  }

  private void end(Value at, IntegerRows rows) {
    end(at, rows, Optional.empty());
  }

  /** The columns end at a value of a known range, perhaps cut with a ball. */
  private void end(Value at, IntegerRows rows, Optional<NormBall> sphere) {
    if (settle(at, rows)) {
      FloorSums inBox = new FloorSums(rows.count());
      rows.addLeast(known.range(at), inBox);
      for (int c = 0; c < inBox.size() && sphere.isPresent(); c++) {
        least.add(c, sphere.get().least(rows.column(c)).max(inBox.at(c)));
      }
      if (sphere.isEmpty()) {
        least.add(inBox);
      }
    }
  }

  /** Takes off what doubt may cost at a value; answers whether the columns go on. */
  private boolean settle(Value at, IntegerRows rows) {
    IntegerRange range = known.range(at);
    if (!range.isBounded()) {
      boolean[] used = rows.used();
      for (int c = 0; c < lost.length; c++) {
        lost[c] |= used[c];
      }
      return false;
    }
    rows.addDoubt(range, least);
    return true;
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
    if (!settle(at.out().get(0), rows)) {
      return at.in().stream().map(value -> Optional.<IntegerRows>empty()).toList();
    }
    if (at.op() instanceof SumOp) {
      return sum(at, rows);
    }
    IntegerRows back = at.op() instanceof ScalarOp ? scalar(at, rows) : window(at, rows);
    return List.of(Optional.of(back));
  }

  private List<Optional<IntegerRows>> sum(Node at, IntegerRows rows) {
    IntegerSumForm form = forms.sum(at);
    IntegerRange shift = known.shift(at).orElseThrow();
    if (!shift.isZero()) {
      rows.addLeast(shift, least);
    }
    WidePanel[] sums = new WidePanel[at.in().size()];
    int[] exponents = new int[sums.length];
    for (int k = 0; k < sums.length; k++) {
      exponents[k] = form.exponent(k);
      sums[k] = form.back(k, rows, known.range(at.in().get(k)), forms.meter());
    }
    for (SumTerm term : form.products()) {
      IntegerRange a = known.range(at.in().get(term.operand()));
      IntegerRange b = known.range(at.in().get(term.factor()));
      WidePanel first = sums[term.operand()];
      WidePanel second = sums[term.factor()];
      ProductPlanes planes = new ProductPlanes(term, a, b);
      rows.addLeast(planes.back(rows, first, second, forms.meter()), least);
      exponents[term.operand()] = b.exponent();
      exponents[term.factor()] = a.exponent();
    }
    List<Optional<IntegerRows>> back = new ArrayList<>();
    for (int k = 0; k < sums.length; k++) {
      back.add(form.reads(k) ? Optional.of(rows(sums[k], rows, exponents[k])) : Optional.empty());
    }
    return back;
  }

  /** Sums of products of weights and factors of an exponent. */
  private static IntegerRows rows(WidePanel sums, IntegerRows weights, int exponent) {
    int[] exponents = weights.exponents().clone();
    Arrays.setAll(exponents, c -> exponents[c] + exponent);
    return IntegerRows.of(sums, exponents);
  }

  private IntegerRows scalar(Node at, IntegerRows rows) {
    IntegerLines lines = known.lines(at).orElseThrow();
    rows.addLeast(lines.offsets(), least);
    WidePanel sums = new WidePanel(rows.weights().length, rows.count(), forms.bits());
    for (int i = 0; i < rows.weights().length; i++) {
      boolean flat = (lines.slopes()[0][i] | lines.slopes()[1][i]) == 0;
      if (rows.weights()[i] != null && !flat) {
        sums.add(i, rows.weights()[i], lines.slopes()[0][i], lines.slopes()[1][i]);
      }
    }
    for (HingeChoice choice : known.sides(at)) {
      weigh(choice, sums, rows, lines.exponent());
    }
    return rows(sums, rows, lines.exponent());
  }

  /**
   * Takes a weight off the coefficient of an argument that is not negative, adds it to that of one
   * that is not positive: the sum can only become less. Any weight does, so it is rounded down; it
   * is meant for a sum whose largest weight is one.
   */
  private void weigh(HingeChoice choice, WidePanel sums, IntegerRows rows, int exponent) {
    for (int c = 0; c < rows.count(); c++) {
      BigInteger weight = choice.weight().times(scales[c]).floor(rows.exponents()[c] + exponent);
      sums.add(choice.element(), c, choice.side() > 0 ? weight.negate() : weight);
    }
  }

  /** The largest is at least the one of the highest lower end, and at most the highest end. */
  private IntegerRows window(Node at, IntegerRows rows) {
    IntegerRange x = known.range(at.in().get(0));
    WidePanel sums = new WidePanel(x.size(), rows.count(), forms.bits());
    WideSums ends = new WideSums(rows.count(), ScaledIntegers.BITS);
    ((WindowOp) at.op())
        .windows(
            at.in().get(0).type().shape(),
            (out, members, count) -> {
              long[] row = rows.weights()[out];
              if (row != null) {
                int winner = highest(x.lows(), members, count);
                boolean alone = alone(x, winner, members, count);
                sums.add(winner, row, 1, alone ? 1 : 0);
                ends.addLeast(row, 0, alone ? 0 : x.highs()[highest(x.highs(), members, count)]);
              }
            });
    for (int c = 0; c < rows.count(); c++) {
      ends.addTo(least, c, rows.exponents()[c] + x.exponent());
    }
    return rows(sums, rows, 0);
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
}
