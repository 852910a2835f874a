package dev.axiomml.verify.check.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.Tan;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.Nets;
import dev.axiomml.testing.OpSamples.OpSample;
import dev.axiomml.verify.OpenWeights;
import dev.axiomml.verify.cert.ProofSemantics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every number that a run makes lies in what the checker derived for the run's box. */
class EnclosureTest {
  private static final ExactRounding ROUNDING = new ExactRounding(ProofSemantics.FLOAT32);

  /** A box of random width around random inputs. */
  private static CheckedRegion box(Graph graph, Random random, double width) {
    List<Dyadic[]> lo = new ArrayList<>();
    List<Dyadic[]> hi = new ArrayList<>();
    for (Value input : graph.inputs()) {
      Dyadic[] low = new Dyadic[input.type().shape().count()];
      Dyadic[] high = new Dyadic[low.length];
      for (int i = 0; i < low.length; i++) {
        float at = random.nextFloat() * 4 - 2;
        low[i] = Dyadic.of(at);
        high[i] = Dyadic.of((float) (at + width * random.nextDouble()));
      }
      lo.add(low);
      hi.add(high);
    }
    return new CheckedRegion(lo, hi, Optional.empty());
  }

  /** An input of a box: a corner, or a point between. */
  private static List<RuntimeValue> point(Graph graph, CheckedRegion box, Random random) {
    List<RuntimeValue> inputs = new ArrayList<>();
    boolean corner = random.nextBoolean();
    for (int input = 0; input < graph.inputs().size(); input++) {
      float[] x = new float[box.lo().get(input).length];
      for (int i = 0; i < x.length; i++) {
        double lo = box.lo().get(input)[i].floorDouble();
        double hi = box.hi().get(input)[i].floorDouble();
        double share = corner ? random.nextInt(2) : random.nextDouble();
        x[i] = (float) Math.max(lo, Math.min(hi, lo + (hi - lo) * share));
      }
      inputs.add(Tensor.of(graph.inputs().get(input).type().shape(), x));
    }
    return inputs;
  }

  /** In long numbers and in short ones. */
  private static List<IntegerForms> ways(Graph graph) {
    IntegerForms forms = new IntegerForms(graph);
    return Stream.concat(Stream.of(forms), forms.inShort().stream()).toList();
  }

  private static void check(Graph graph, Random random, String name) {
    double width = Math.pow(10, -random.nextInt(5)) * 2;
    CheckedRegion box = box(graph, random, width);
    for (IntegerForms forms : ways(graph)) {
      check(forms, box, random, name + " in " + forms.bits() + " bits");
    }
  }

  private static void check(IntegerForms forms, CheckedRegion box, Random random, String name) {
    Graph graph = forms.graph();
    for (boolean linear : new boolean[] {false, true}) {
      CellKnowledge known = IntegerForward.of(forms, box, ROUNDING, linear);
      for (int i = 0; i < 40; i++) {
        Map<Value, RuntimeValue> run = graph.readAll(point(graph, box, random), new Interpreter());
        run.forEach((value, datum) -> inside(known.range(value), datum, name + " " + value.name()));
      }
    }
  }

  /** A weighted sum of everything the graph answers never falls below its linear bound. */
  private static void sums(Graph graph, Random random, String name) {
    CheckedRegion box = box(graph, random, Math.pow(10, -random.nextInt(5)) * 2);
    ways(graph).forEach(forms -> sums(forms, box, random, name));
  }

  private static void sums(IntegerForms forms, CheckedRegion box, Random random, String name) {
    Graph graph = forms.graph();
    CellKnowledge known = IntegerForward.of(forms, box, ROUNDING, true);
    Value y = graph.outputs().get(0);
    Dyadic[] weights = new Dyadic[y.type().shape().count()];
    Arrays.setAll(weights, i -> Dyadic.of(random.nextInt(9) - 4, -1));
    IntegerRows row = IntegerRows.of(new Dyadic[][] {weights}, forms.bits());
    Optional<Dyadic> least = IntegerBackward.least(forms, known, Map.of(y, row)).get(0);
    for (int i = 0; i < 40 && least.isPresent(); i++) {
      Tensor run = graph.read(point(graph, box, random), new Interpreter()).get(0).tensor();
      Dyadic sum = Dyadic.ZERO;
      for (int e = 0; e < weights.length; e++) {
        sum = sum.plus(weights[e].times(Dyadic.of(run.doubleAt(e))));
      }
      assertThat(!sum.below(least.get())).as("%s: %s, bound %s", name, sum, least).isTrue();
    }
  }

  private static void inside(IntegerRange range, RuntimeValue datum, String name) {
    if (!range.isBounded()) {
      return;
    }
    for (int i = 0; i < range.size(); i++) {
      double y = datum.tensor().doubleAt(i);
      assertThat(Double.isFinite(y)).as(name).isTrue();
      Dyadic exact = Dyadic.of(y);
      assertThat(!exact.below(range.lo(i)) && !range.hi(i).below(exact))
          .as("%s[%d] = %s in [%s, %s]", name, i, y, range.lo(i), range.hi(i))
          .isTrue();
    }
  }

  @Test
  void of_every_operator_in_the_catalogue() {
    Random random = new Random(3);
    for (OpSample sample : OpenWeights.both().toList()) {
      for (int i = 0; i < 4; i++) {
        check(sample.graph(), random, sample.toString());
        sums(sample.graph(), random, sample.toString());
      }
    }
  }

  /** The checker's own pieces, at jumps, crests, poles and where bends are many. */
  @Test
  void of_steps_and_waves_as_tightly_as_they_are() {
    assertOut(new Floor(), 2, 2.5, 2, 2);
    assertOut(new Floor(), 0.5, 1e6 + 0.5, 0, 1e6);
    assertOut(new Round(), 2.5, 3.5, 2, 4);
    assertOut(new Sign(), 0, 3, 0, 1);
    assertOut(new Sin(), 1, 2, StrictMath.sin(1), 1);
    assertOut(new Sin(), 0, 1e30, -1, 1);
    assertOut(new Relu().derivative().orElseThrow(), -1, 1, 0, 1);
    assertOut(new Gelu().derivative().orElseThrow(), -10, 10, -0.128904, 1.128904);
    assertThatThrownBy(() -> out(new Tan(), 1, 2)).isInstanceOf(ArithmeticException.class);
  }

  private static IntegerRange out(ScalarOp f, double lo, double hi) {
    Dyadic[] low = {Dyadic.of(lo)};
    Dyadic[] high = {Dyadic.of(hi)};
    return IntegerLines.of(f, IntegerRange.of(low, high), ROUNDING, WorkMeter.endless()).out();
  }

  /** An interval's ends and then the ends of its image. */
  private static void assertOut(ScalarOp f, double... ends) {
    IntegerRange y = out(f, ends[0], ends[1]);
    double room = f.accuracy().ulps() == 0 ? 0 : 2e-3; // it knows a bend at 49 points
    assertThat(y.lo(0).floorDouble()).as("%s", f).isBetween(ends[2] - room, ends[2] + 1e-6 * room);
    assertThat(y.hi(0).floorDouble()).as("%s", f).isBetween(ends[3] - 1e-6 * room, ends[3] + room);
  }

  @Test
  void of_networks_of_several_layers() {
    for (long seed = 0; seed < 60; seed++) {
      Model<Output> model = seed % 3 == 0 ? Nets.image(seed) : Nets.relus(seed, 3, 6, 6, 2);
      check(model.inference().bind(Map.of("N", 1L)).graph(), new Random(seed), "seed " + seed);
    }
  }

  @Test
  void of_a_sum_no_farther_than_its_corner_and_its_rounding() {
    Tensor w = Tensor.random(Shape.of(20, 3), 5, -1, 1);
    Graph graph = Nets.from(20).dense(w, Tensor.of(Shape.of(3), 1, 2, 3)).model().inference();
    Graph one = graph.bind(Map.of("N", 1L)).graph();
    Dyadic[] zeros = new Dyadic[20];
    Dyadic[] ones = new Dyadic[20];
    Arrays.fill(zeros, Dyadic.ZERO);
    Arrays.fill(ones, Dyadic.ONE);
    CheckedRegion box =
        new CheckedRegion(List.<Dyadic[]>of(zeros), List.<Dyadic[]>of(ones), Optional.empty());
    IntegerRange out =
        IntegerForward.of(new IntegerForms(one), box, ROUNDING, false).range(one.outputs().get(0));
    for (int o = 0; o < 3; o++) {
      double corner = o + 1;
      double magnitude = o + 1;
      for (int i = 0; i < 20; i++) {
        corner += Math.max(0, w.at(i, o));
        magnitude += Math.abs(w.at(i, o));
      }
      double gamma = 21 * 0x1p-24;
      assertThat(out.hi(o).floorDouble()).isBetween(corner, corner + 1.01 * gamma * magnitude);
    }
  }

  @Test
  void of_nothing_where_a_mean_is_of_a_sum_that_may_overflow() {
    Type four = Type.float32(Shape.of(4));
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", four);
    Graph mean = builder.build(builder.add("mean", new ReduceMean(List.of(0), false), List.of(x)));
    Dyadic[] zeros = new Dyadic[4];
    Dyadic[] large = new Dyadic[4];
    Arrays.fill(zeros, Dyadic.ZERO);
    for (float end : new float[] {8e37f, 9e37f}) {
      Arrays.fill(large, Dyadic.of(end));
      CheckedRegion box =
          new CheckedRegion(List.<Dyadic[]>of(zeros), List.<Dyadic[]>of(large), Optional.empty());
      IntegerRange out =
          IntegerForward.of(new IntegerForms(mean), box, ROUNDING, false)
              .range(mean.outputs().get(0));
      assertThat(out.isBounded()).as("a sum of four up to %s", end).isEqualTo(4 * end < 3.4e38f);
    }
  }

  @Test
  void of_linear_bounds_that_a_run_reaches() {
    Graph graph = Nets.from(2).dense(2, 3, 8).dense(3, 1, 9).model().inference();
    List<IntegerForms> ways = ways(graph.bind(Map.of("N", 1L)).graph());
    assertThat(ways).extracting(IntegerForms::bits).containsExactly(54, 29);
    ways.forEach(EnclosureTest::reaches);
  }

  private static void reaches(IntegerForms forms) {
    Graph one = forms.graph();
    Random random = new Random(2);
    CheckedRegion box = box(one, random, 1);
    CellKnowledge known = IntegerForward.of(forms, box, ROUNDING, true);
    Value y = one.outputs().get(0);
    IntegerRows row = IntegerRows.of(new Dyadic[][] {{Dyadic.ONE}}, forms.bits());
    double least =
        IntegerBackward.least(forms, known, Map.of(y, row)).get(0).orElseThrow().floorDouble();
    double reached = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 400; i++) {
      Tensor run = one.read(point(one, box, random), new Interpreter()).get(0).tensor();
      reached = Math.min(reached, run.doubleAt(0));
    }
    assertThat(least).isBetween(reached - 1e-5, reached);
  }
}
