package dev.axiomml.core.op.window;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.common.TensorLanes;
import java.util.Arrays;

/** Which element of a lane is the largest. */
public final class LaneMaxima {
  private LaneMaxima() {}

  /** The first largest; a NaN is larger than all numbers. */
  public static int first(double[] x, TensorLanes.Lane lane) {
    int best = 0;
    for (int i = 1; i < lane.n(); i++) {
      best = beats(x[lane.at(i)], x[lane.at(best)]) ? i : best;
    }
    return best;
  }

  /** The last largest; a NaN is larger than all numbers. */
  public static int last(double[] x, TensorLanes.Lane lane) {
    int best = 0;
    for (int i = 1; i < lane.n(); i++) {
      best = beats(x[lane.at(best)], x[lane.at(i)]) ? best : i;
    }
    return best;
  }

  private static boolean beats(double a, double b) {
    return a > b || (Double.isNaN(a) && !Double.isNaN(b));
  }

  /** Elements that may be a largest one; where an end is infinite all may. */
  public static boolean[] possible(Box x, TensorLanes.Lane lane) {
    double bar = Double.NEGATIVE_INFINITY;
    boolean bounded = true;
    for (int i = 0; i < lane.n(); i++) {
      bar = Math.max(bar, x.lo()[lane.at(i)]);
      bounded &= RealInterval.of(x, lane.at(i)).size() < Double.POSITIVE_INFINITY;
    }
    boolean[] may = new boolean[lane.n()];
    for (int i = 0; i < lane.n(); i++) {
      may[i] = !bounded || x.hi()[lane.at(i)] >= bar;
    }
    return may;
  }

  public static int count(boolean[] may) {
    int count = 0;
    for (boolean one : may) {
      count += one ? 1 : 0;
    }
    return count;
  }

  /** From the first to the last possible winner. */
  public static RealInterval range(Box x, TensorLanes.Lane lane) {
    boolean[] may = possible(x, lane);
    int first = 0;
    while (!may[first]) {
      first++;
    }
    int last = may.length - 1;
    while (!may[last]) {
      last--;
    }
    return new RealInterval(first, last);
  }

  public static double[] turned(double[] x) {
    return Arrays.stream(x).map(v -> -v).toArray();
  }

  public static Box turned(Box x) {
    return new Box(turned(x.hi()), turned(x.lo()));
  }
}
