package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.train.GradientReading;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One operator over one box, with the points where its outputs are most extreme. */
record Probe(OpSample sample, Graph graph, List<Box> boxes, List<List<Tensor>> points) {
  /** A box around random inputs of a size, with its worst corners and random points. */
  static Probe of(OpSample sample, double size, double radius, long seed) {
    Graph graph = sample.graph();
    Random random = new Random(seed);
    List<Box> boxes = new ArrayList<>();
    List<Tensor> middle = new ArrayList<>();
    for (Tensor x : sample.data(seed)) {
      Box box = new Box(new double[x.size()], new double[x.size()]);
      float[] center = new float[x.size()];
      for (int i = 0; i < x.size(); i++) {
        double reach = radius * size * (0.1 + 0.9 * random.nextDouble());
        box.lo()[i] = (float) (x.doubleAt(i) * size - reach);
        box.hi()[i] = (float) (x.doubleAt(i) * size + reach);
        center[i] = (float) Math.min(box.hi()[i], Math.max(box.lo()[i], x.doubleAt(i) * size));
      }
      boxes.add(box);
      middle.add(Tensor.of(x.shape(), center));
    }
    List<List<Tensor>> points = new ArrayList<>();
    points.add(middle);
    Probe probe = new Probe(sample, graph, boxes, points);
    probe.worst(middle, random);
    for (int i = 0; i < 12; i++) {
      boolean corner = i < 6;
      points.add(probe.point((operand, at) -> corner ? random.nextInt(2) : random.nextDouble()));
    }
    return probe;
  }

  /** The boxes of all operands; known weights are points. */
  List<Box> operands() {
    return graph.nodes().get(0).in().stream().map(this::box).toList();
  }

  private Box box(Value operand) {
    return graph
        .constant(operand)
        .map(weight -> new Box(weight.toDoubles(), weight.toDoubles()))
        .orElseGet(() -> boxes.get(graph.inputs().indexOf(operand)));
  }

  @FunctionalInterface
  private interface Share {
    double of(int operand, int element);
  }

  private List<Tensor> point(Share share) {
    List<Tensor> point = new ArrayList<>();
    for (int operand = 0; operand < boxes.size(); operand++) {
      Box box = boxes.get(operand);
      float[] x = new float[box.size()];
      for (int i = 0; i < x.length; i++) {
        double s = share.of(operand, i);
        double value = s <= 0 ? box.lo()[i] : s >= 1 ? box.hi()[i] : mix(box, i, s);
        x[i] = (float) Math.min(box.hi()[i], Math.max(box.lo()[i], value));
      }
      point.add(Tensor.of(graph.inputs().get(operand).type().shape(), x));
    }
    return point;
  }

  private static double mix(Box box, int i, double s) {
    return box.lo()[i] * (1 - s) + box.hi()[i] * s;
  }

  /** For some outputs the corners that push it down and up, by the signs of its gradient. */
  private void worst(List<Tensor> middle, Random random) {
    Map<Value, RuntimeValue> values =
        graph.readAll(new ArrayList<RuntimeValue>(middle), new Interpreter());
    Value output = graph.outputs().get(0);
    int size = output.type().shape().count();
    for (int k = 0; k < Math.min(size, 24); k++) {
      double[] seed = new double[size];
      seed[size <= 24 ? k : random.nextInt(size)] = 1;
      Map<Value, double[]> back = graph.reverse(Map.of(output, seed), new GradientReading(values));
      points.add(corner(back, 1, random));
      points.add(corner(back, -1, random));
    }
  }

  private List<Tensor> corner(Map<Value, double[]> back, int sign, Random random) {
    return point(
        (operand, i) -> {
          double[] g = back.getOrDefault(graph.inputs().get(operand), new double[0]);
          boolean flat = g.length == 0 || g[i] == 0;
          return flat ? random.nextInt(2) : g[i] * sign > 0 ? 1 : 0;
        });
  }

  /** The first such element, for a failure's text. */
  String firstEscape(Box box, long seed) {
    return executions(seed)
        .flatMap(y -> escaping(box, y).mapToObj(i -> text(box, y, i)))
        .findFirst()
        .orElse("none");
  }

  private static String text(Box box, double[] y, int i) {
    return "element %d is %s, not in [%s, %s]".formatted(i, y[i], box.lo()[i], box.hi()[i]);
  }

  /** How many output elements of all executions at all points lie outside a box. */
  long escapes(Box box, long seed) {
    return executions(seed).mapToLong(y -> escaping(box, y).count()).sum();
  }

  private Stream<double[]> executions(long seed) {
    Random random = new Random(seed);
    return points.stream().flatMap(point -> Executions.of(graph, point, random).stream());
  }

  private static IntStream escaping(Box box, double[] y) {
    return IntStream.range(0, y.length)
        .filter(i -> !(box.lo()[i] <= y[i] && y[i] <= box.hi()[i]) && known(box, i));
  }

  private static boolean known(Box box, int i) {
    return !(box.lo()[i] == Double.NEGATIVE_INFINITY && box.hi()[i] == Double.POSITIVE_INFINITY);
  }

  Box image(RoundingModel rounding) {
    return graph.read(boxes, new IntervalReading(PreparedGraph.of(graph), rounding)).get(0);
  }

  @Override
  public String toString() {
    return sample + " box " + boxes.get(0).lo()[0] + " to " + boxes.get(0).hi()[0];
  }
}
