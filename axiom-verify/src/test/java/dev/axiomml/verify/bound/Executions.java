package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Different float32 executions of one operator: sums in many orders, with and without fused
 * multiply-add, functions off by as many units as they may be.
 */
final class Executions {
  private final Node at;
  private final List<Tensor> in;
  private final List<Shape> shapes;
  private final Random random;

  private Executions(Graph graph, List<Tensor> in, Random random) {
    this.at = graph.nodes().get(0);
    this.in =
        at.in().stream()
            .map(v -> graph.constant(v).orElseGet(() -> in.get(graph.inputs().indexOf(v))))
            .toList();
    this.shapes = this.in.stream().map(Tensor::shape).toList();
    this.random = random;
  }

  /** All outputs, flattened, of each execution of a graph of one node. */
  static List<double[]> of(Graph graph, List<Tensor> in, Random random) {
    Executions executions = new Executions(graph, in, random);
    List<double[]> all = new ArrayList<>();
    all.add(
        graph.read(new ArrayList<RuntimeValue>(in), new Interpreter()).get(0).tensor().toDoubles());
    for (int variant = 0; variant < 6; variant++) {
      all.addAll(executions.variant(variant));
    }
    return all;
  }

  /**
   * Whether the interval of an operator is as tight as its operands': it multiplies no two that are
   * open, and no output draws twice on one element of those.
   */
  static boolean isTight(OpSample sample) {
    Set<List<Integer>> seen = new HashSet<>();
    boolean[] tight = {sample.op() instanceof SumOp};
    for (SumTerm term : openTerms(sample)) {
      tight[0] &= !term.isProduct() || sample.weights().containsKey(term.factor());
      SumForm.OpenProduct note =
          (out, in, w) -> tight[0] &= seen.add(List.of(term.operand(), out, in));
      SumForm.each(term, note, new StopWatch(() -> false));
    }
    return tight[0];
  }

  /** The terms with an open operand in front. */
  private static List<SumTerm> openTerms(OpSample sample) {
    Set<Integer> known = sample.weights().keySet();
    return sample.op() instanceof SumOp op
        ? op.terms(sample.in()).stream()
            .map(t -> t.isProduct() && known.contains(t.operand()) ? t.exchanged() : t)
            .filter(t -> !known.contains(t.operand()))
            .toList()
        : List.of();
  }

  private List<double[]> variant(int variant) {
    if (at.op() instanceof MoveOp) {
      return List.of();
    }
    if (at.op() instanceof SumOp op) {
      return List.of(sums(terms(op), op instanceof AveragePool, variant));
    }
    if (at.op() instanceof ScalarOp op) {
      return List.of(scalar(op, variant));
    }
    return at.op() instanceof Softmax op ? List.of(softmax(op)) : List.of();
  }

  private Terms terms(SumOp op) {
    Terms terms = new Terms(op.out(shapes).count());
    for (SumTerm term : op.terms(shapes)) {
      Tensor factor = term.isProduct() ? in.get(term.factor()) : op.table(shapes);
      ProductLines reader = terms.reader(in.get(term.operand()).toFloats(), factor.toFloats());
      term.nests().forEach(nest -> nest.lines(reader));
    }
    return terms;
  }

  private double[] sums(Terms terms, boolean mean, int variant) {
    double[] y = new double[terms.all.size()];
    for (int o = 0; o < y.length; o++) {
      List<float[]> mine = new ArrayList<>(terms.all.get(o));
      if (variant == 1) {
        Collections.reverse(mine);
      } else if (variant > 1) {
        Collections.shuffle(mine, random);
      }
      boolean divides = mean && variant == 5 && !mine.isEmpty();
      y[o] = divides ? mean(mine) : variant == 4 ? pairwise(mine) : sum(mine, variant % 2 == 1);
    }
    return y;
  }

  private static float mean(List<float[]> terms) {
    float sum = 0;
    for (float[] term : terms) {
      sum += term[1];
    }
    return sum / Math.round(1 / terms.get(0)[0]);
  }

  private static float sum(List<float[]> terms, boolean fused) {
    float sum = 0;
    for (float[] term : terms) {
      sum = fused ? Math.fma(term[0], term[1], sum) : sum + term[0] * term[1];
    }
    return sum;
  }

  private static float pairwise(List<float[]> terms) {
    if (terms.size() < 2) {
      return sum(terms, false);
    }
    int half = terms.size() / 2;
    return pairwise(terms.subList(0, half)) + pairwise(terms.subList(half, terms.size()));
  }

  /** As far off as the operator's own statement allows, rounded inward. */
  private double[] scalar(ScalarOp op, int variant) {
    double[] y = in.get(0).toDoubles();
    for (int i = 0; i < y.length; i++) {
      double exact = op.value(y[i]);
      double off =
          Math.max(0, op.accuracy().ulps() - 1)
              * Math.ulp((float) exact)
              * (variant % 2 == 0 ? 1 : -1);
      double wanted = (float) (exact + off);
      Box cut = NaturalRanges.cut(op, new Box(new double[] {wanted}, new double[] {wanted}));
      y[i] = wanted > cut.hi()[0] ? cut.hi()[0] : cut.lo()[0];
    }
    return y;
  }

  /** Softmax in float32 with sums in a random order and exponentials a unit or two off. */
  private double[] softmax(Softmax op) {
    float[] x = in.get(0).toFloats();
    double[] y = new double[x.length];
    dev.axiomml.core.op.common.TensorLanes.of(shapes.get(0), op.axis())
        .each(
            lane -> {
              float max = Float.NEGATIVE_INFINITY;
              List<Integer> order = new ArrayList<>();
              for (int i = 0; i < lane.n(); i++) {
                max = Math.max(max, x[lane.at(i)]);
                order.add(i);
              }
              Collections.shuffle(order, random);
              float[] e = new float[lane.n()];
              float sum = 0;
              for (int i : order) {
                float exact = (float) Math.exp(x[lane.at(i)] - max);
                e[i] = exact + (random.nextInt(5) - 2) * Math.ulp(exact);
                e[i] = x[lane.at(i)] == max ? 1 : Math.min(1, Math.max(0, e[i]));
                sum += e[i];
              }
              for (int i = 0; i < lane.n(); i++) {
                y[lane.at(i)] = e[i] / sum;
              }
            });
    return y;
  }

  /** The terms of each output: weight, input, 1 when the weight is a real product. */
  private static final class Terms {
    private final List<List<float[]>> all = new ArrayList<>();

    Terms(int size) {
      for (int i = 0; i < size; i++) {
        all.add(new ArrayList<>());
      }
    }

    ProductLines reader(float[] x, float[] w) {
      return (out, outStep, from, fromStep, weight, weightStep, n) -> {
        for (int j = 0; j < n; j++) {
          float c = weight < 0 ? 1 : w[weight + j * weightStep];
          all.get(out + j * outStep).add(new float[] {c, x[from + j * fromStep], 0});
        }
      };
    }
  }
}
