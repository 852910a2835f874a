package dev.axiomml.verify.fuzz;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import dev.axiomml.testing.ScalarCuts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random operator of the catalogue with random settings, weights and shape, perhaps with a
 * function behind it, and random boxes for its inputs.
 *
 * @param graph one or two nodes
 * @param boxes an interval of float32 numbers for each element of each input
 */
record BoundsCase(Graph graph, List<Box> boxes) {
  private static final int TRIES = 4;

  private static final Double[] ENDS = {
    Double.POSITIVE_INFINITY, (double) Float.MAX_VALUE, (double) Float.MIN_NORMAL
  };
  private static final List<OpSample> ALL =
      OpSamples.all().stream().filter(s -> !(s.op() instanceof RunOp)).toList();
  private static final List<OpSample> FUNCTIONS =
      ALL.stream().filter(s -> s.in().size() == 1 && s.in().get(0).equals(Shape.of(3, 7))).toList();

  /** One list an operator, so that one with many samples is no more frequent than others. */
  private static final List<List<OpSample>> KINDS = kinds(ALL);

  private static final List<List<OpSample>> FUNCTION_KINDS = kinds(FUNCTIONS);

  /** Functions with settings, in which a setting alone may be wrong. */
  private static final List<List<OpSample>> SET_FUNCTIONS =
      FUNCTION_KINDS.stream().filter(kind -> isSet(kind.get(0).op())).toList();

  /** All others with settings. */
  private static final List<List<OpSample>> SET_OTHERS =
      KINDS.stream()
          .filter(kind -> isSet(kind.get(0).op()) && !FUNCTION_KINDS.contains(kind))
          .toList();

  private static boolean isSet(Op op) {
    return !settings(op).isEmpty();
  }

  private static List<Double> settings(Op op) {
    List<Double> settings = new ArrayList<>();
    op.withSettings(
        setting -> {
          settings.add(setting);
          return setting;
        });
    return settings;
  }

  private static List<List<OpSample>> kinds(List<OpSample> samples) {
    Map<Class<?>, List<OpSample>> kinds = new LinkedHashMap<>();
    samples.forEach(s -> kinds.computeIfAbsent(s.op().getClass(), c -> new ArrayList<>()).add(s));
    return List.copyOf(kinds.values());
  }

  private static OpSample pick(List<List<OpSample>> kinds, Random random) {
    List<OpSample> kind = kinds.get(random.nextInt(kinds.size()));
    return kind.get(random.nextInt(kind.size()));
  }

  /** The next case. */
  static BoundsCase of(Random random) {
    List<List<OpSample>> kinds =
        Steps.pick(random, KINDS, FUNCTION_KINDS, SET_FUNCTIONS, SET_FUNCTIONS, SET_OTHERS);
    OpSample picked = pick(kinds, random);
    boolean fresh = kinds.equals(SET_FUNCTIONS) && random.nextInt(4) == 0;
    Op op = fresh ? newlySet(random) : set(picked.op(), random);
    OpSample sample = changed(picked, op, random);
    GraphBuilder to = Graph.builder();
    List<Value> out = to.add("op", op, sample.operands(to));
    if (random.nextInt(3) == 0 && isFloatTensor(out.get(0))) {
      OpSample next = pick(FUNCTION_KINDS, random);
      out = to.add("next", set(next.op(), random), out.subList(0, 1));
    }
    Graph graph = to.build(out.subList(0, 1));
    try {
      return new BoundsCase(graph, boxes(graph, sample, random));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(op + ": " + e.getMessage(), e);
    }
  }

  /** Whether the last step is a sum of products or a function, whose results may be flushed. */
  boolean isArithmetic() {
    Op last = graph.nodes().get(graph.nodes().size() - 1).op();
    boolean sum = last instanceof SumOp && !(last instanceof MoveOp);
    return sum || last instanceof ScalarOp;
  }

  private static boolean isFloatTensor(Value value) {
    return value.type().isTensor()
        && value.type().dtype() == DType.FLOAT32
        && value.type().shape().rank() > 0;
  }

  /** A function made with settings that are no float32 numbers, or at their ends. */
  private static Op newlySet(Random random) {
    while (true) {
      try {
        return Steps.set(random);
      } catch (IllegalArgumentException refused) {
        random.nextInt();
      }
    }
  }

  /**
   * Another operator on operands like the sample's. Weights are known in three cases of four, of
   * another size in one of four; else some of them are inputs, or all.
   */
  private static OpSample changed(OpSample sample, Op op, Random random) {
    int open = random.nextInt(8);
    float factor = random.nextInt(4) == 0 ? (float) Math.pow(10, random.nextInt(61) - 30) : 1;
    Map<Integer, Parameter> weights = new HashMap<>();
    sample.weights().forEach((k, weight) -> weights.put(k, scaled(weight, factor)));
    weights.keySet().removeIf(k -> open == 0 || open == 1 && random.nextBoolean());
    return new OpSample(op, shapes(sample, random), sample.low(), sample.high(), weights);
  }

  /** Settings changed in most cases, where the operator takes them. */
  private static Op set(Op op, Random random) {
    for (int i = 0; i < TRIES && random.nextInt(5) > 0; i++) {
      double scale = random.nextInt(3) == 0 ? Math.scalb(1.0, random.nextInt(56)) : 0;
      try {
        return op.withSettings(
            s -> scale > 0 ? s * scale * (1 + random.nextDouble()) : setting(s, random));
      } catch (IllegalArgumentException refused) {
        random.nextInt();
      }
    }
    return op;
  }

  private static Parameter scaled(Parameter weight, float factor) {
    float[] numbers = weight.tensor().toFloats();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= factor;
    }
    return weight.with(Tensor.of(weight.tensor().shape(), numbers));
  }

  private static double setting(double ordinary, Random random) {
    double sign = random.nextInt(3) == 0 ? -1 : 1;
    return switch (random.nextInt(6)) {
      case 0 -> ordinary;
      case 1 -> ordinary * (1 + random.nextGaussian());
      case 2 -> sign * random.nextInt(5);
      case 3 -> sign * random.nextDouble();
      case 4 -> sign * Steps.pick(random, ENDS);
      default -> sign * Math.pow(10, random.nextDouble() * 82 - 42);
    };
  }

  /** A function of one number takes any shape, others their own. */
  private static List<Shape> shapes(OpSample sample, Random random) {
    return FUNCTIONS.contains(sample) ? List.of(Shape.of(1 + random.nextInt(20))) : sample.in();
  }

  private static List<Box> boxes(Graph graph, OpSample sample, Random random) {
    List<Box> boxes = new ArrayList<>();
    double[] cuts = cuts(graph);
    List<Double> settings = settings(graph.nodes().get(0).op());
    boolean calm = random.nextInt(3) != 0;
    double spread = width(random);
    for (Value input : graph.inputs()) {
      int n = input.type().shape().count();
      Box box = new Box(new double[n], new double[n]);
      for (int i = 0; i < n; i++) {
        double middle =
            calm && cuts.length == 0
                ? sample.low() + random.nextDouble() * (sample.high() - sample.low())
                : place(cuts, sample, random);
        boolean turned = !settings.isEmpty() && random.nextInt(4) == 0;
        interval(box, i, turned ? turn(settings, random) : middle, calm ? spread : width(random));
        around(box, i, cuts, random);
      }
      boxes.add(box);
    }
    return boxes;
  }

  /**
   * In one of three cases from 0, from as far below or from a neighbour to a neighbour of a cut,
   * and the like above.
   */
  private static void around(Box box, int i, double[] cuts, Random random) {
    if (cuts.length == 0 || random.nextInt(3) > 0) {
      return;
    }
    double cut = cuts[random.nextInt(cuts.length)];
    float near = (float) held(cut);
    float below = near - (1 + random.nextInt(2)) * Math.ulp(near);
    float above = near + (1 + random.nextInt(2)) * Math.ulp(near);
    double far = Steps.pick(random, 0.0, 2 * cut, 3 * cut, -cut);
    boolean out = random.nextInt(4) > 0;
    box.lo()[i] = held(Math.min(below, out && far < cut ? far : below));
    box.hi()[i] = Math.max(box.lo()[i], held(Math.max(above, out && far > cut ? far : above)));
  }

  /** Weights of the first input's elements in a sum with the output: none, or of any size. */
  double[] slopes(Random random) {
    Box box = boxes.get(0);
    double[] slopes = new double[box.size()];
    boolean none = random.nextInt(3) == 0;
    for (int i = 0; i < slopes.length && !none; i++) {
      double size = Math.max(Math.abs(box.lo()[i]), Math.abs(box.hi()[i]));
      double moved = Math.scalb(random.nextInt(9) - 4, -random.nextInt(28));
      slopes[i] = size > 1e-30 && size < 1e30 ? (float) (moved / size) : 0;
    }
    return slopes;
  }

  /** Where functions of one number in the graph change. */
  private static double[] cuts(Graph graph) {
    return graph.nodes().get(0).op() instanceof ScalarOp f ? ScalarCuts.of(f) : new double[0];
  }

  private static double place(double[] cuts, OpSample sample, Random random) {
    double sign = random.nextBoolean() ? 1 : -1;
    return switch (random.nextInt(7)) {
      case 0 -> 0;
      case 1 -> cuts.length > 0 ? cuts[random.nextInt(cuts.length)] : sign;
      case 2 -> Float.intBitsToFloat(random.nextInt());
      case 3 -> sign * Math.pow(10, random.nextDouble() * 83 - 44);
      case 4 -> sign * Float.MAX_VALUE;
      case 5 -> sign * random.nextDouble() * 110;
      default -> sample.low() + random.nextDouble() * (sample.high() - sample.low());
    };
  }

  /** A number at which a product with a setting, or a quotient, becomes 1 or leaves float32. */
  private static double turn(List<Double> settings, Random random) {
    double setting = settings.get(random.nextInt(settings.size()));
    double product = Steps.pick(random, 1.0, (double) Float.MAX_VALUE, (double) Float.MIN_NORMAL);
    double at = random.nextInt(3) == 0 ? product * setting : product / setting;
    return (random.nextBoolean() ? at : -at) * (0.5 + random.nextDouble());
  }

  private static double width(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> 1e-6 * random.nextDouble();
      case 2 -> random.nextDouble();
      case 3 -> 20 * random.nextDouble();
      default -> Math.pow(10, random.nextDouble() * 83 - 44);
    };
  }

  private static void interval(Box box, int i, double middle, double width) {
    double at = Double.isFinite(middle) ? middle : 0;
    box.lo()[i] = held(at - width / 2);
    box.hi()[i] = Math.max(box.lo()[i], held(at + width / 2));
  }

  private static double held(double x) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
  }

  /** An input of the boxes: a corner, points between, or both mixed, with cuts among them. */
  List<RuntimeValue> point(Random random) {
    double[] cuts = cuts(graph);
    int kind = random.nextInt(4);
    List<RuntimeValue> point = new ArrayList<>();
    for (int input = 0; input < boxes.size(); input++) {
      Box box = boxes.get(input);
      float[] x = new float[box.size()];
      for (int i = 0; i < x.length; i++) {
        double cut = cuts.length == 0 ? box.lo()[i] : cuts[random.nextInt(cuts.length)];
        boolean beside = kind == 0 || (cuts.length > 0 && random.nextInt(4) == 0);
        double at = beside ? near(cut, random) : between(box, i, kind, random);
        x[i] = (float) Math.max(box.lo()[i], Math.min(box.hi()[i], at));
      }
      point.add(Tensor.of(graph.inputs().get(input).type().shape(), x));
    }
    return point;
  }

  private static double near(double cut, Random random) {
    float at = (float) held(cut);
    return at + (random.nextInt(5) - 2) * (double) Math.ulp(at);
  }

  private static double between(Box box, int i, int kind, Random random) {
    double share = kind == 1 ? random.nextInt(2) : random.nextDouble();
    double power = kind == 3 ? Math.pow(share, 20) : share;
    return box.lo()[i] * (1 - power) + box.hi()[i] * power;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    graph.nodes().forEach(n -> text.append(n.op()).append(graph.parameters(n)).append(' '));
    graph.inputs().forEach(v -> text.append(v.type()).append(' '));
    return text.toString();
  }
}
