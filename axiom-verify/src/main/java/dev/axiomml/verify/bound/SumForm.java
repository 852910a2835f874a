package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A sum of products made ready for many boxes: terms of which one factor is known, with weights as
 * an execution uses them, terms of which neither is, and how many roundings each output's terms
 * pass through.
 */
final class SumForm {
  private final SumOp op;
  private final List<Shape> shapes;
  private final List<WeightedTerm> weighted = new ArrayList<>();
  private final List<SumTerm> products = new ArrayList<>();
  private final double[] offset;
  private final double[] offsetMagnitude;
  private final int[] terms;
  private final int[] multiplied;
  private final int[] roundings;
  private boolean outOfRange;
  private final double undivided;
  private final long open;

  /**
   * A term that is linear in one operand.
   *
   * @param operand the operand
   * @param nests which products of the operand and the weights make which output
   * @param transposed the nests that pull coefficients of the outputs back to the operand
   * @param weights the other factor
   * @param magnitudes of the weights
   */
  record WeightedTerm(
      int operand,
      List<LoopNest> nests,
      List<LoopNest> transposed,
      double[] weights,
      double[] magnitudes) {
    static WeightedTerm of(SumTerm term, double[] weights) {
      List<LoopNest> back = term.nests().stream().map(LoopNest::transposed).toList();
      double[] magnitudes = Arrays.stream(weights).map(Math::abs).toArray();
      return new WeightedTerm(term.operand(), term.nests(), back, weights, magnitudes);
    }
  }

  private SumForm(Node at, Function<Value, Optional<Tensor>> known, StopWatch watch) {
    this.op = (SumOp) at.op();
    this.shapes = at.inTypes().stream().map(Type::shape).toList();
    double[] table = table(op, shapes);
    this.terms = new int[op.out(shapes).count()];
    this.multiplied = new int[terms.length];
    this.offset = new double[terms.length];
    this.offsetMagnitude = new double[terms.length];
    for (SumTerm term : op.terms(shapes)) {
      count(term, watch);
      sort(term, table, k -> known.apply(at.in().get(k)).filter(SumForm::isExact));
    }
    for (int o = 0; o < terms.length; o++) {
      terms[o] += multiplied[o];
    }
    fill().ifPresent(t -> fill(t, op.out(shapes)));
    this.roundings = roundings();
    int extra = op.extraRoundings();
    this.outOfRange |=
        outOfRange(offset, extra)
            || weighted.stream()
                .anyMatch(w -> outOfRange(w.weights(), w.weights() == table ? extra : 0));
    this.undivided = extra == 0 ? 1 : undivided(table);
    this.open =
        products.stream().flatMap(t -> t.nests().stream()).mapToLong(LoopNest::products).sum();
  }

  private Optional<Tensor> fill() {
    return op instanceof MoveOp move ? move.fill(shapes) : Optional.empty();
  }

  private void count(SumTerm term, StopWatch watch) {
    for (LoopNest nest : term.nests()) {
      watch.ask();
      nest.count(nest.isPlain() ? terms : multiplied);
    }
  }

  /** A term is linear where it has no second operand or where one of the two is known. */
  private void sort(SumTerm term, double[] table, IntFunction<Optional<Tensor>> known) {
    Optional<Tensor> operand = known.apply(term.operand());
    if (!term.isProduct()) {
      operand.ifPresentOrElse(
          addend -> add(term, addend, table), () -> weighted.add(WeightedTerm.of(term, table)));
      return;
    }
    Optional<Tensor> factor = known.apply(term.factor());
    if (factor.isPresent()) {
      weighted.add(WeightedTerm.of(term, factor.get().toDoubles()));
    } else if (operand.isPresent()) {
      weighted.add(WeightedTerm.of(term.exchanged(), operand.get().toDoubles()));
    } else {
      products.add(term);
    }
  }

  /** Adds what is known to the offset. */
  private void add(SumTerm term, Tensor addend, double[] table) {
    double[] numbers = addend.toDoubles();
    outOfRange |= outOfRange(table, op.extraRoundings()) || outOfRange(numbers, 0);
    WeightedTerm known = WeightedTerm.of(term, table);
    double[] magnitudes = Arrays.stream(numbers).map(Math::abs).toArray();
    LinearEngine.plain().run(known.nests(), offset, numbers, table);
    LinearEngine.plain().run(known.nests(), offsetMagnitude, magnitudes, known.magnitudes());
  }

  private static boolean isExact(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32;
  }

  /** The form of a node; sizes are fixed. */
  static SumForm of(Node at, Function<Value, Optional<Tensor>> known, StopWatch watch) {
    return new SumForm(at, known, watch);
  }

  /** Exact float32 weights as the program rounds them; others as they are, with their margin. */
  private static double[] table(SumOp op, List<Shape> shapes) {
    double[] exact = op.table(shapes).toDoubles();
    for (int i = 0; op.extraRoundings() == 0 && i < exact.length; i++) {
      exact[i] = (float) exact[i];
    }
    return exact;
  }

  /** What a move fills the outputs with that draw on nothing. */
  private void fill(Tensor tensor, Shape out) {
    int[] from = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(tensor.shape(), out));
    for (int i = 0; i < terms.length; i++) {
      if (terms[i] == 0) {
        offset[i] = (float) tensor.doubleAt(from[i]);
        offsetMagnitude[i] = Math.abs(offset[i]);
      }
    }
  }

  private int[] roundings() {
    int[] most = new int[terms.length];
    for (int o = 0; o < most.length; o++) {
      int adds = Math.max(0, terms[o] - 1);
      int extra = terms[o] > 0 ? op.extraRoundings() : 0;
      most[o] = adds + (multiplied[o] > 0 ? 1 : 0) + extra;
    }
    return most;
  }

  /** A coefficient that float32 cannot hold to its relative precision spoils every margin. */
  private static boolean outOfRange(double[] table, int extra) {
    return Arrays.stream(table)
        .map(Math::abs)
        .anyMatch(w -> !(w <= RoundingModel.LARGEST) || (extra > 0 && w > 0 && w < 0x1p-100));
  }

  /** How many times larger a sum may be that is divided at the end. */
  private static double undivided(double[] table) {
    double least = Arrays.stream(table).map(Math::abs).filter(w -> w > 0).min().orElse(1);
    return Math.max(1, 1 / least * (1 + 0x1p-20));
  }

  /** The terms that are linear in one operand. */
  List<WeightedTerm> weighted() {
    return weighted;
  }

  /** What is added to each output whatever the operands are. */
  double[] offset() {
    return offset;
  }

  /** Whether the interval of an operand matters: it is more than a known factor. */
  boolean reads(int operand) {
    return weighted.stream().anyMatch(w -> w.operand() == operand)
        || products.stream().anyMatch(t -> t.operand() == operand || t.factor() == operand);
  }

  /** Whether every term has a known factor. */
  boolean isLinear() {
    return products.isEmpty();
  }

  /** Over how many additions our own bounds of one output may spread. */
  long additions() {
    return isLinear() ? terms.length : open;
  }

  /** The number of products that a backward row costs; one of two open factors counts as four. */
  long work() {
    return Arrays.stream(terms).asLongStream().sum() + 3 * open;
  }

  /** Receives products of two open factors. */
  @FunctionalInterface
  interface OpenProduct {
    /** An output, an element of the first factor, one of the second. */
    void at(int out, int first, int second);
  }

  /** The terms without a known factor. */
  List<SumTerm> products() {
    return products;
  }

  /** Visits the products of a term. */
  static void each(SumTerm term, OpenProduct to, StopWatch watch) {
    for (LoopNest nest : term.nests()) {
      nest.lines(
          (out, outStep, a, aStep, b, bStep, n) -> {
            watch.spend(n);
            for (int j = 0; j < n; j++) {
              to.at(out + j * outStep, a + j * aStep, b + j * bStep);
            }
          });
    }
  }

  /**
   * Intervals of the real map and the sums of magnitudes.
   *
   * @param in boxes of the operands, as many side by side as there are lanes
   */
  Image image(List<Box> in, int lanes, StopWatch watch) {
    Image image = Image.from(offset, offsetMagnitude, lanes);
    for (WeightedTerm term : weighted) {
      Box x = in.get(term.operand());
      if (IntervalReading.finite(x)) {
        new SumImage(term, lanes, watch).spread(x, image);
      } else {
        term.nests().forEach(nest -> nest.lines(new Spread(image, x, term.weights(), lanes)));
      }
    }
    for (SumTerm term : products) {
      corners(term, in, image, watch);
    }
    return image;
  }

  /** Whether all that is added on a lane is zero or more, and so what it comes to. */
  boolean isPositive(List<Box> in, int lane, int lanes) {
    return Arrays.stream(offset).allMatch(b -> b >= 0)
        && weighted.stream()
            .allMatch(
                term ->
                    Arrays.stream(term.weights()).allMatch(w -> w >= 0)
                        && isPositive(in.get(term.operand()), lane, lanes))
        && products.stream()
            .allMatch(
                term ->
                    isPositive(in.get(term.operand()), lane, lanes)
                        && isPositive(in.get(term.factor()), lane, lanes));
  }

  private static boolean isPositive(Box x, int lane, int lanes) {
    return IntStream.range(0, x.size() / lanes).allMatch(i -> x.lo()[i * lanes + lane] >= 0);
  }

  private static void corners(SumTerm term, List<Box> in, Image image, StopWatch watch) {
    Box a = in.get(term.operand());
    Box b = in.get(term.factor());
    int lanes = image.lanes;
    OpenProduct add =
        (o, i, j) -> {
          for (int l = 0; l < lanes; l++) {
            image.add(o * lanes + l, corners(a, i * lanes + l, b, j * lanes + l));
          }
        };
    each(term, add, watch);
  }

  private static double[] corners(Box a, int i, Box b, int j) {
    return new double[] {
      a.lo()[i] * b.lo()[j], a.lo()[i] * b.hi()[j], a.hi()[i] * b.lo()[j], a.hi()[i] * b.hi()[j]
    };
  }

  /** How far each output of an execution may be from the real map. */
  double[] margin(Image image, RoundingModel rounding) {
    double[] margin = new double[image.lo.length];
    for (int at = 0; at < margin.length; at++) {
      int o = at / image.lanes;
      margin[at] =
          outOfRange || rounding.overflows(image.magnitude[at] * undivided)
              ? Double.POSITIVE_INFINITY
              : rounding.ofSum(image.magnitude[at], terms[o], roundings[o]);
    }
    return margin;
  }

  /**
   * What inputs in boxes become.
   *
   * @param lo lower ends of the real map
   * @param hi upper ends
   * @param magnitude the sum of the magnitudes of all that is added
   * @param lanes how many lie side by side
   */
  record Image(double[] lo, double[] hi, double[] magnitude, int lanes) {
    private static Image from(double[] offset, double[] magnitude, int lanes) {
      double[] lo = new double[offset.length * lanes];
      double[] more = new double[lo.length];
      for (int i = 0; i < lo.length; i++) {
        lo[i] = offset[i / lanes];
        more[i] = magnitude[i / lanes];
      }
      return new Image(lo, lo.clone(), more, lanes);
    }

    private void add(int at, double[] corners) {
      double low = Math.min(Math.min(corners[0], corners[1]), Math.min(corners[2], corners[3]));
      double high = Math.max(Math.max(corners[0], corners[1]), Math.max(corners[2], corners[3]));
      lo[at] += low;
      hi[at] += high;
      magnitude[at] += Math.max(Math.abs(low), Math.abs(high));
    }
  }

  /** Adds weighted intervals, of which some may be infinite. */
  private record Spread(Image image, Box x, double[] w, int lanes) implements ProductLines {
    @Override
    public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
      for (int j = 0; j < n; j++) {
        double c = weight < 0 ? 1 : w[weight + j * weightStep];
        for (int l = 0; l < lanes; l++) {
          add((out + j * outStep) * lanes + l, (in + j * inStep) * lanes + l, c);
        }
      }
    }

    private void add(int o, int i, double c) {
      double l = x.lo()[i];
      double h = x.hi()[i];
      image.lo[o] += c >= 0 ? c * l : c * h;
      image.hi[o] += c >= 0 ? c * h : c * l;
      image.magnitude[o] += Math.abs(c) * Math.max(Math.abs(l), Math.abs(h));
    }
  }
}
