package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An affine step made ready for many boxes: its weights as an execution uses them, and how many
 * roundings each output's terms pass through.
 */
final class AffineForm {
  private final AffineOp op;
  private final List<Shape> shapes;
  private final double[] weights;
  private final double[] magnitudes;
  private final double[] offset;
  private final List<List<LoopNest>> nests;
  private final List<List<LoopNest>> transposed;
  private final int[] terms;
  private final int[] products;
  private final int[] roundings;
  private final boolean outOfRange;
  private final double undivided;

  private AffineForm(AffineOp op, List<Shape> shapes, StopWatch watch) {
    this.op = op;
    this.shapes = shapes;
    this.weights = weights(op, shapes);
    this.nests = new ArrayList<>();
    this.transposed = new ArrayList<>();
    this.terms = new int[op.out(shapes).count()];
    this.products = new int[terms.length];
    for (int operand = 0; operand < shapes.size(); operand++) {
      count(op.nests(operand, shapes), watch);
    }
    for (int o = 0; o < terms.length; o++) {
      terms[o] += products[o];
    }
    this.offset = op.offset(shapes).map(t -> spread(t, op.out(shapes))).orElse(new double[0]);
    this.roundings = roundings();
    this.magnitudes = Arrays.stream(weights).map(Math::abs).toArray();
    this.outOfRange = outOfRange(weights) || outOfRange(offset);
    this.undivided = op.extraRoundings() == 0 ? 1 : undivided(weights);
  }

  private void count(List<LoopNest> own, StopWatch watch) {
    nests.add(own);
    transposed.add(own.stream().map(LoopNest::transposed).toList());
    for (LoopNest nest : own) {
      watch.ask();
      nest.count(nest.isPlain() ? terms : products);
    }
  }

  static AffineForm of(Node at, StopWatch watch) {
    List<Shape> shapes = at.inTypes().stream().map(Type::shape).toList();
    return new AffineForm((AffineOp) at.op(), shapes, watch);
  }

  /** Exact float32 weights as the program rounds them; others as they are, with their margin. */
  private static double[] weights(AffineOp op, List<Shape> shapes) {
    Tensor table = op.coefficients(shapes);
    double[] exact = table.toDoubles();
    for (int i = 0; op.extraRoundings() == 0 && i < exact.length; i++) {
      exact[i] = (float) exact[i];
    }
    return exact;
  }

  /** What is added to each output; a move's offset only fills outputs that draw on nothing. */
  private double[] spread(Tensor tensor, Shape out) {
    double[] values = new double[out.count()];
    if (values.length == 0) {
      return values;
    }
    int[] from = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(tensor.shape(), out));
    for (int i = 0; i < values.length; i++) {
      double exact = tensor.doubleAt(from[i]);
      boolean drawn = op instanceof MoveOp && terms[i] > 0;
      values[i] = drawn ? 0 : op.extraRoundings() == 0 ? (float) exact : exact;
    }
    return values;
  }

  private int[] roundings() {
    int[] most = new int[terms.length];
    for (int o = 0; o < most.length; o++) {
      int adds = Math.max(0, terms[o] + (adds() ? 1 : 0) - 1);
      int extra = terms[o] > 0 || offset.length > 0 ? op.extraRoundings() : 0;
      most[o] = adds + (products[o] > 0 ? 1 : 0) + extra;
    }
    return most;
  }

  private boolean adds() {
    return offset.length > 0 && !(op instanceof MoveOp);
  }

  /** A coefficient that float32 cannot hold to its relative precision spoils every margin. */
  private boolean outOfRange(double[] table) {
    return Arrays.stream(table)
        .map(Math::abs)
        .anyMatch(
            w ->
                !(w <= RoundingModel.LARGEST)
                    || (op.extraRoundings() > 0 && w > 0 && w < 0x1p-100));
  }

  /** How many times larger a sum may be that is divided at the end. */
  private static double undivided(double[] table) {
    double least = Arrays.stream(table).map(Math::abs).filter(w -> w > 0).min().orElse(1);
    return Math.max(1, 1 / least * (1 + 0x1p-20));
  }

  List<Shape> shapes() {
    return shapes;
  }

  double[] weights() {
    return weights;
  }

  /** What is added to each output; empty for nothing. */
  double[] offset() {
    return offset;
  }

  /** The nests that pull coefficients of the outputs back to an operand. */
  List<LoopNest> transposed(int operand) {
    return transposed.get(operand);
  }

  /** The number of products, a measure of work. */
  long work() {
    return Arrays.stream(terms).asLongStream().sum();
  }

  /** Exact intervals of the real map and the sums of magnitudes. */
  Image image(List<Box> in, StopWatch watch) {
    int size = terms.length;
    Image image = new Image(new double[size], new double[size], new double[size]);
    for (int operand = 0; operand < in.size(); operand++) {
      Box x = in.get(operand);
      if (IntervalReading.finite(x)) {
        spread(nests.get(operand), x, image, watch);
      } else {
        nests.get(operand).forEach(nest -> nest.lines(new Spread(image, x, weights)));
      }
    }
    for (int o = 0; o < offset.length; o++) {
      image.lo[o] += offset[o];
      image.hi[o] += offset[o];
      image.magnitude[o] += Math.abs(offset[o]);
    }
    return image;
  }

  /** How far each output of an execution may be from the real map. */
  double[] margin(Image image, RoundingModel rounding) {
    double[] margin = new double[terms.length];
    for (int o = 0; o < margin.length; o++) {
      margin[o] =
          outOfRange || rounding.overflows(image.magnitude[o] * undivided)
              ? Double.POSITIVE_INFINITY
              : rounding.ofSum(image.magnitude[o], terms[o], roundings[o]);
    }
    return margin;
  }

  /**
   * What inputs in boxes become.
   *
   * @param lo lower ends of the real map
   * @param hi upper ends
   * @param magnitude Σ|w||x| + |b|
   */
  record Image(double[] lo, double[] hi, double[] magnitude) {}

  /**
   * Adds weighted intervals of finite ends: sums of ends where all weights are one, else the
   * weighted centre and the radius weighted by magnitudes. What these lose is paid for by the
   * margin.
   */
  private void spread(List<LoopNest> own, Box x, Image image, StopWatch watch) {
    LinearEngine engine = LinearEngine.metered(watch::spend);
    Ball ball = Ball.of(x);
    engine.run(own, image.magnitude, ball.reach, magnitudes);
    if (own.stream().allMatch(LoopNest::isPlain)) {
      engine.run(own, image.lo, x.lo(), weights);
      engine.run(own, image.hi, x.hi(), weights);
      return;
    }
    double[] centre = new double[terms.length];
    double[] radius = new double[terms.length];
    engine.run(own, centre, ball.centre, weights);
    if (!ball.isPoint()) {
      engine.run(own, radius, ball.radius, magnitudes);
    }
    for (int o = 0; o < centre.length; o++) {
      image.lo[o] += centre[o] - radius[o];
      image.hi[o] += centre[o] + radius[o];
    }
  }

  /** A finite box as a centre, a radius that reaches both ends, and the largest magnitude. */
  private record Ball(double[] centre, double[] radius, double[] reach) {
    static Ball of(Box x) {
      int n = x.size();
      Ball ball = new Ball(new double[n], new double[n], new double[n]);
      for (int i = 0; i < n; i++) {
        double l = x.lo()[i];
        double h = x.hi()[i];
        double c = l == h ? l : l / 2 + h / 2;
        ball.centre[i] = c;
        ball.radius[i] = l == h ? 0 : Math.nextUp(Math.max(h - c, c - l));
        ball.reach[i] = Math.max(Math.abs(l), Math.abs(h));
      }
      return ball;
    }

    boolean isPoint() {
      return Arrays.stream(radius).allMatch(r -> r == 0);
    }
  }

  /** Adds weighted intervals. */
  private record Spread(Image image, Box x, double[] w) implements ProductLines {
    @Override
    public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
      for (int j = 0; j < n; j++) {
        double l = x.lo()[in + j * inStep];
        double h = x.hi()[in + j * inStep];
        double c = weight < 0 ? 1 : w[weight + j * weightStep];
        int o = out + j * outStep;
        image.lo[o] += c >= 0 ? c * l : c * h;
        image.hi[o] += c >= 0 ? c * h : c * l;
        image.magnitude[o] += Math.abs(c) * Math.max(Math.abs(l), Math.abs(h));
      }
    }
  }
}
