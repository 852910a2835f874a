package dev.axiomml.verify.check.integer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.cert.ProofSemantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines and weights that a proof chooses, against executions on the sides that it chose. */
class HingeChoiceTest {
  private static final int POINTS = 300;
  private static final int TRIES = 12;
  private static final ExactRounding ROUNDING = new ExactRounding(ProofSemantics.FLOAT32);

  @Test
  void no_execution_on_the_chosen_sides_falls_below_the_best_of_many_choices() {
    int seen = 0;
    for (long seed = 0; seed < 60; seed++) {
      Graph graph = Nets.relus(seed, 2, 5, 5, 1).inference().bind(Map.of("N", 1L)).graph();
      Random random = new Random(seed);
      CellKnowledge known = IntegerForward.of(new IntegerForms(graph), box(2), ROUNDING, true);
      List<HingeChoice> sides = sides(graph, known, random);
      double least = best(graph, known, sides, random);
      for (int k = 0; k < POINTS; k++) {
        Optional<Double> y = run(graph, sides, 1000 * seed + k);
        seen += y.isPresent() ? 1 : 0;
        assertThat(y.orElse(least)).as("seed %s, %s", seed, sides).isGreaterThanOrEqualTo(least);
      }
    }
    assertThat(seen).isGreaterThan(500);
  }

  /** What a random point gives, where it lies on the sides. */
  private static Optional<Double> run(Graph graph, List<HingeChoice> sides, long seed) {
    Tensor x = Tensor.random(Shape.of(1, 2), seed, -1, 1);
    Map<Value, RuntimeValue> values = graph.readAll(List.of(x), new Interpreter());
    boolean lies = sides.stream().allMatch(side -> lies(values, side));
    return Optional.of(values.get(graph.outputs().get(0)).tensor().doubleAt(0)).filter(y -> lies);
  }

  @Test
  void a_weight_brings_in_what_a_side_excludes() {
    Graph graph = absolute();
    CellKnowledge known = IntegerForward.of(new IntegerForms(graph), box(1), ROUNDING, true);
    Node relu = graph.nodes().stream().filter(n -> n.op() instanceof ScalarOp).findFirst().get();
    double without = least(graph, known.with(List.of(choice(relu, 0)), ROUNDING));
    double with = least(graph, known.with(List.of(choice(relu, 1.5)), ROUNDING));
    assertThat(without).isLessThan(-1.9);
    assertThat(with).isBetween(-0.51, -0.5);
  }

  private static HingeChoice choice(Node relu, double weight) {
    return new HingeChoice(relu, 0, 1, 0, Dyadic.of(weight));
  }

  /** The input itself, as the difference of its two rectified parts. */
  private static Graph absolute() {
    return Nets.from(1)
        .dense(Tensor.of(Shape.of(1, 2), 1, -1), Tensor.zeros(Shape.of(2)))
        .then("relu", new dev.axiomml.core.op.scalar.Relu())
        .dense(Tensor.of(Shape.of(2, 1), 1, -1), Tensor.zeros(Shape.of(1)))
        .model()
        .inference()
        .bind(Map.of("N", 1L))
        .graph();
  }

  private static CheckedRegion box(int inputs) {
    Dyadic[] lo = new Dyadic[inputs];
    Dyadic[] hi = new Dyadic[inputs];
    java.util.Arrays.fill(lo, Dyadic.ONE.negate());
    java.util.Arrays.fill(hi, Dyadic.ONE);
    return new CheckedRegion(List.<Dyadic[]>of(lo), List.<Dyadic[]>of(hi), Optional.empty());
  }

  /** A few open hinges, each on a side that a random point lies on. */
  private static List<HingeChoice> sides(Graph graph, CellKnowledge known, Random random) {
    Tensor x = Tensor.random(Shape.of(1, 2), random.nextInt(), -1, 1);
    Map<Value, RuntimeValue> values = graph.readAll(List.of(x), new Interpreter());
    List<HingeChoice> sides = new ArrayList<>();
    for (Node node : graph.nodes()) {
      int size = node.op() instanceof ScalarOp ? node.in().get(0).type().shape().count() : 0;
      for (int i = 0; i < size; i++) {
        IntegerRange range = known.range(node.in().get(0));
        double at = values.get(node.in().get(0)).tensor().doubleAt(i);
        sides.add(new HingeChoice(node, i, at > 0 ? 1 : -1, 0, Dyadic.ZERO));
        boolean open = range.lo(i).sign() < 0 && range.hi(i).sign() > 0;
        sides
            .subList(sides.size() - (open && random.nextInt(3) == 0 ? 0 : 1), sides.size())
            .clear();
      }
    }
    return sides;
  }

  private static boolean lies(Map<Value, RuntimeValue> values, HingeChoice side) {
    double at = values.get(side.at().in().get(0)).tensor().doubleAt(side.element());
    return at * side.side() >= 0;
  }

  private static double best(
      Graph graph, CellKnowledge known, List<HingeChoice> sides, Random random) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < TRIES; i++) {
      List<HingeChoice> weighed = new ArrayList<>();
      for (HingeChoice side : sides) {
        Dyadic weight = Dyadic.of((float) (random.nextInt(3) * random.nextDouble()));
        weighed.add(new HingeChoice(side.at(), side.element(), side.side(), 0, weight));
      }
      best = Math.max(best, least(graph, known.with(weighed, ROUNDING)));
    }
    return best;
  }

  private static double least(Graph graph, CellKnowledge known) {
    Dyadic[][] row = {{Dyadic.ONE}};
    return IntegerBackward.least(
            new IntegerForms(graph),
            known,
            Map.of(graph.outputs().get(0), IntegerRows.of(row, ScaledIntegers.BITS)))
        .get(0)
        .orElseThrow()
        .floorDouble();
  }
}
