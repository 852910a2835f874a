package dev.axiomml.verify;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Datum;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.train.Backprop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Claims about pairs of inputs, attacked around samples: for each output a step of nearly the full
 * radius along the signs of its gradient, both ways, and random corners.
 */
final class LipschitzTests {
  private static final int CORNERS = 4;
  private static final int OUTPUTS = 16;
  private final Prepared prepared;
  private final Formula claim;
  private final SplittableRandom random;

  LipschitzTests(Prepared prepared, Formula claim, long seed) {
    this.prepared = prepared;
    this.claim = claim;
    this.random = new SplittableRandom(seed);
  }

  /** Refuted by a pair whose outputs were run again, else tested on so many samples. */
  Verdict on(DataLoader data, BooleanSupplier stop) {
    long tested = 0;
    for (DataLoader.Batch batch : data.batchSize(1)) {
      Optional<Verdict> broken = stop.getAsBoolean() ? Optional.empty() : around(batch.images());
      if (broken.isPresent()) {
        return broken.get();
      }
      tested += stop.getAsBoolean() ? 0 : 1;
    }
    return tested == 0
        ? new Verdict.Unknown("time was over before the first sample was tested")
        : new Verdict.Tested(tested, SampleFile.of(data));
  }

  private Optional<Verdict> around(Tensor x) {
    Map<Value, Datum> values = prepared.graph().readAll(List.<Datum>of(x), new Interpreter());
    Value output = prepared.graph().outputs().get(0);
    int size = output.type().shape().count();
    for (int k = 0; k < Math.min(OUTPUTS, size); k++) {
      double[] seed = new double[size];
      seed[k] = 1;
      double[] g =
          prepared
              .graph()
              .reverse(Map.of(output, seed), new Backprop(values))
              .getOrDefault(prepared.graph().inputs().get(0), new double[x.size()]);
      Optional<Verdict> broken = pair(x, g, 1).or(() -> pair(x, g, -1));
      if (broken.isPresent()) {
        return broken;
      }
    }
    for (int corner = 0; corner < CORNERS; corner++) {
      double[] g = random.doubles(x.size(), -1, 1).toArray();
      Optional<Verdict> broken = pair(x, g, 1);
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict> pair(Tensor x, double[] direction, int sign) {
    float[] moved = x.toFloats();
    double distance = 0;
    for (int i = 0; i < moved.length; i++) {
      double from = moved[i];
      float to = (float) (from + sign * Math.signum(direction[i]) * radius());
      to = Math.abs(to - from) >= radius() ? inward(to, from) : to;
      moved[i] = to;
      distance = Math.max(distance, Math.abs(to - from));
    }
    Tensor other = Tensor.of(x.shape(), moved);
    List<Tensor> y = List.of(prepared.model().predict(x), prepared.model().predict(other));
    return isBroken(distance, y)
        ? Optional.of(new Verdict.Refuted(List.of(x, other), y))
        : Optional.empty();
  }

  private double radius() {
    return claim instanceof Formula.LocalLipschitz l
        ? l.radius()
        : ((Formula.Lipschitz) claim).radius();
  }

  /** By exact differences: what is not finite breaks it. */
  private boolean isBroken(double distance, List<Tensor> y) {
    Dyadic rise = Dyadic.ZERO;
    for (int i = 0; i < y.get(0).size(); i++) {
      double from = y.get(0).doubleAt(i);
      double to = y.get(1).doubleAt(i);
      if (!Double.isFinite(from) || !Double.isFinite(to)) {
        return true;
      }
      rise = rise.max(Dyadic.of(from).minus(Dyadic.of(to)).abs());
    }
    Dyadic moved = Dyadic.of(distance);
    if (claim instanceof Formula.LocalLipschitz l) {
      return moved.below(Dyadic.of(l.radius())) && !rise.below(Dyadic.of(l.limit()));
    }
    Formula.Lipschitz l = (Formula.Lipschitz) claim;
    return !Dyadic.of(l.radius()).below(moved) && Dyadic.of(l.ratio()).times(moved).below(rise);
  }

  private static float inward(float to, double from) {
    return to > from ? Math.nextDown(to) : Math.nextUp(to);
  }
}
