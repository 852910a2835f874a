package dev.axiomml.verify;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.train.GradientReading;
import dev.axiomml.verify.attack.StartPoints;
import dev.axiomml.verify.attack.StoppableRun;
import dev.axiomml.verify.goal.InputRegion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * An attack on a claim about pairs of inputs: from a sample, for each output a step of nearly the
 * full radius along the signs of its gradient, both ways, and random corners. Both inputs of a pair
 * lie in the zone.
 */
final class PairAttack {
  private static final int CORNERS = 4;
  private static final int OUTPUTS = 16;
  private static final int HOPS = 8;
  private final PreparedModel prepared;
  private final Formula claim;
  private final InputRegion zone;
  private final BooleanSupplier stop;
  private final SplittableRandom random;
  private long pairs;

  /**
   * @param claim a Lipschitz bound, local or not, of a model with one input
   */
  PairAttack(PreparedModel prepared, Formula claim, InputRegion zone, Course course) {
    this.prepared = prepared;
    this.claim = claim;
    this.zone = zone;
    this.stop = course.stop;
    this.random = new SplittableRandom(course.seed);
  }

  /** When it ends, and the seed of its random pairs. */
  record Course(BooleanSupplier stop, long seed) {}

  /** How many pairs were run. */
  long pairs() {
    return pairs;
  }

  /**
   * Refuted by a pair around a sample, else tested on a number of samples. @throws
   * dev.axiomml.verify.bound.StoppedComputation within a run once it is stopped
   */
  Verdict around(DataLoader data) {
    SampleDomain domain = SampleDomain.of(prepared.claimed());
    long tested = 0;
    for (DataLoader.Batch batch : data.batchSize(1)) {
      if (stop.getAsBoolean()) {
        return new Verdict.Unknown(
            "the time was over after " + tested + " of " + data.samples() + " samples, which hold");
      }
      domain.require(batch.images(), tested);
      Optional<Pair> widest = widest(batch.images());
      if (widest.isPresent() && widest.get().isBroken()) {
        return widest.get().refuted();
      }
      tested++;
    }
    return tested == 0
        ? new Verdict.Unknown("the data holds no sample, so nothing was tested")
        : new Verdict.Tested(tested, SampleFile.of(data));
  }

  /**
   * A pair of the zone that breaks the claim, walked to from a number of starts. @throws
   * dev.axiomml.verify.bound.StoppedComputation within a run once it is stopped
   */
  Optional<Verdict.Refuted> anywhere(int starts) {
    StartPoints points = new StartPoints(random);
    Box box = zone.domain().boxes().get(0);
    for (int start = 0; start < starts && !stop.getAsBoolean(); start++) {
      Optional<Verdict.Refuted> found = from(projected(points.of(box, start)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Walks from one input to the other of the widest pair, and so on. */
  private Optional<Verdict.Refuted> from(Tensor start) {
    Optional<Tensor> at = Optional.of(start);
    for (int hop = 0; hop < HOPS && at.isPresent() && !stop.getAsBoolean(); hop++) {
      Optional<Pair> widest = widest(at.get());
      if (widest.isPresent() && widest.get().isBroken()) {
        return Optional.of(widest.get().refuted());
      }
      at = widest.map(pair -> pair.inputs().get(1));
    }
    return Optional.empty();
  }

  private Tensor projected(double[] x) {
    zone.project(0, x);
    float[] near = new float[x.length];
    for (int i = 0; i < near.length; i++) {
      near[i] = (float) x[i];
    }
    return Tensor.of(zone.shapes().get(0), near);
  }

  /** The first broken pair with an input, else the one whose outputs are farthest apart. */
  private Optional<Pair> widest(Tensor x) {
    StoppableRun run = new StoppableRun(new Interpreter(), stop);
    Map<Value, RuntimeValue> values = prepared.graph().readAll(List.<RuntimeValue>of(x), run);
    Tensor y = predict(x);
    Optional<Pair> widest = Optional.empty();
    int outputs = Math.min(OUTPUTS, y.size());
    for (int k = 0; k < 2 * outputs + CORNERS && !stop.getAsBoolean(); k++) {
      double[] direction =
          k < 2 * outputs
              ? gradient(values, k / 2, 1 - 2 * (k % 2))
              : random.doubles(x.size(), -1, 1).toArray();
      Pair pair = pair(x, y, direction);
      if (pair.isBroken()) {
        return Optional.of(pair);
      }
      boolean wider = widest.isEmpty() || widest.get().rise().below(pair.rise());
      widest = wider ? Optional.of(pair) : widest;
    }
    return widest;
  }

  private double[] gradient(Map<Value, RuntimeValue> values, int output, double sign) {
    Value outputs = prepared.graph().outputs().get(0);
    Value inputs = prepared.graph().inputs().get(0);
    double[] seed = new double[outputs.type().shape().count()];
    seed[output] = sign;
    Map<Value, double[]> back =
        prepared
            .graph()
            .reverse(
                Map.of(outputs, seed), new StoppableRun.Back<>(new GradientReading(values), stop));
    return back.getOrDefault(inputs, new double[inputs.type().shape().count()]);
  }

  private Pair pair(Tensor x, Tensor y, double[] direction) {
    double[] moved = x.toDoubles();
    for (int i = 0; i < moved.length; i++) {
      double from = moved[i];
      float to = (float) (from + sign(direction[i]) * radius());
      moved[i] = Math.abs(to - from) >= radius() ? inward(to, from) : to;
    }
    Tensor other = projected(moved);
    pairs++;
    Tensor far = predict(other);
    return new Pair(claim, List.of(x, other), List.of(y, far));
  }

  /**
   * The sign of a slope; one that is no number, as of a function beside its domain, points nowhere.
   */
  private static double sign(double slope) {
    return Double.isNaN(slope) ? 0 : Math.signum(slope);
  }

  private Tensor predict(Tensor x) {
    return prepared.claimed().run(List.of(x)).get(0);
  }

  private double radius() {
    return claim instanceof Formula.LocalLipschitz l
        ? l.radius()
        : ((Formula.Lipschitz) claim).radius();
  }

  private static float inward(float to, double from) {
    return to > from ? Math.nextDown(to) : Math.nextUp(to);
  }

  /** Two inputs with their outputs. */
  private record Pair(Formula claim, List<Tensor> inputs, List<Tensor> outputs) {
    Verdict.Refuted refuted() {
      return new Verdict.Refuted(inputs, outputs);
    }

    /** How far the outputs are apart; 0 where they are not finite. */
    Dyadic rise() {
      return isFinite() ? distance(outputs) : Dyadic.ZERO;
    }

    private boolean isFinite() {
      return outputs.stream()
          .flatMapToDouble(y -> Arrays.stream(y.toDoubles()))
          .allMatch(Double::isFinite);
    }

    /** By exact differences: what is not finite breaks it. */
    boolean isBroken() {
      Dyadic moved = distance(inputs);
      if (claim instanceof Formula.LocalLipschitz l) {
        boolean near = moved.below(Dyadic.of(l.radius()));
        return near && !(isFinite() && rise().below(Dyadic.of(l.limit())));
      }
      Formula.Lipschitz l = (Formula.Lipschitz) claim;
      boolean near = !Dyadic.of(l.radius()).below(moved);
      return near && !(isFinite() && !Dyadic.of(l.ratio()).times(moved).below(rise()));
    }

    private static Dyadic distance(List<Tensor> two) {
      Dyadic most = Dyadic.ZERO;
      for (int i = 0; i < two.get(0).size(); i++) {
        Dyadic from = Dyadic.of(two.get(0).doubleAt(i));
        most = most.max(from.minus(Dyadic.of(two.get(1).doubleAt(i))).abs());
      }
      return most;
    }
  }
}
