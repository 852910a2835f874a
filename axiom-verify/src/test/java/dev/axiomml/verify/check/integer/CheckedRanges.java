package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.verify.cert.ProofSemantics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the checker derives of one graph with one output on boxes, for tests in other packages. */
public final class CheckedRanges {
  private static final ExactRounding ROUNDING = new ExactRounding(ProofSemantics.FLOAT32);
  private final IntegerForms forms;
  private final Value output;
  private final CellKnowledge known;

  /**
   * The walk over a box.
   *
   * @throws ArithmeticException where the checker cannot hold a weight
   */
  public CheckedRanges(Graph graph, List<Box> boxes, boolean linear) {
    this.forms = new IntegerForms(graph);
    this.output = graph.outputs().get(0);
    List<Dyadic[]> lo = new ArrayList<>();
    List<Dyadic[]> hi = new ArrayList<>();
    for (Box box : boxes) {
      lo.add(exact(box.lo()));
      hi.add(exact(box.hi()));
    }
    this.known =
        IntegerForward.of(forms, new CheckedRegion(lo, hi, Optional.empty()), ROUNDING, linear);
  }

  private static Dyadic[] exact(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Dyadic::of).toArray(Dyadic[]::new);
  }

  /** The output's range, rounded outward to doubles; empty where nothing is known. */
  public Optional<Box> box() {
    IntegerRange range = known.range(output);
    if (!range.isBounded()) {
      return Optional.empty();
    }
    Box box = new Box(new double[range.size()], new double[range.size()]);
    for (int i = 0; i < range.size(); i++) {
      box.lo()[i] = range.lo(i).floorDouble();
      box.hi()[i] = range.hi(i).ceilDouble();
    }
    return Optional.of(box);
  }

  /**
   * Numbers that weighted sums of output and first input never fall below, a row of weights each;
   * −∞ where none is known.
   */
  public double[] least(double[][] weights, double[][] inputs) {
    double[] least = new double[weights.length];
    Arrays.fill(least, Double.NEGATIVE_INFINITY);
    if (known.range(output).isBounded()) {
      Map<Value, IntegerRows> seeds =
          Map.of(output, rows(weights), forms.graph().inputs().get(0), rows(inputs));
      List<Optional<Dyadic>> all = IntegerBackward.least(forms, known, seeds);
      for (int row = 0; row < least.length; row++) {
        least[row] = all.get(row).map(Dyadic::floorDouble).orElse(Double.NEGATIVE_INFINITY);
      }
    }
    return least;
  }

  private static IntegerRows rows(double[][] weights) {
    return IntegerRows.of(
        Arrays.stream(weights).map(CheckedRanges::exact).toArray(Dyadic[][]::new),
        ScaledIntegers.BITS);
  }
}
