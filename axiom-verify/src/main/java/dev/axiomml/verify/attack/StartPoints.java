package dev.axiomml.verify.attack;

import dev.axiomml.core.op.Box;
import java.util.SplittableRandom;

/** Points of a box where an attack begins: its middle, corners, random points of every size. */
public record StartPoints(SplittableRandom random) {
  /** The start of a number: the middle for 0, else a corner or a random point in turn. */
  public double[] of(Box box, int number) {
    double[] x = new double[box.size()];
    double share = random.nextDouble();
    for (int i = 0; i < x.length; i++) {
      double s = number == 0 ? 0.5 : number % 3 == 1 ? random.nextInt(2) : random.nextDouble();
      double mixed = box.lo()[i] * (1 - s) + box.hi()[i] * s;
      boolean wide = box.hi()[i] - box.lo()[i] > 1e6 && number % 3 == 2;
      x[i] = wide ? mixed * Math.pow(10, -40 * share) : mixed;
    }
    return x;
  }
}
