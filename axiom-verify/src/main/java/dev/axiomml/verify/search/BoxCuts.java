package dev.axiomml.verify.search;

import dev.axiomml.core.op.Box;
import dev.axiomml.verify.bound.BoundDomain;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where to cut a box. */
final class BoxCuts {
  private BoxCuts() {}

  /**
   * The coordinate with the largest {@code (|a| + 0.1·mean|a|)·width}, in its middle: the mean
   * keeps coordinates alive whose slope happens to be zero.
   *
   * @param slopes of the bound in each element; empty when nothing is known
   * @return empty when no float32 lies strictly inside any interval
   */
  static Optional<SearchNode.Cut> best(List<double[]> slopes, BoundDomain domain) {
    Optional<SearchNode.Cut> best = Optional.empty();
    double most = Double.NEGATIVE_INFINITY;
    double mean = mean(slopes);
    for (int input = 0; input < domain.boxes().size(); input++) {
      Box box = domain.boxes().get(input);
      for (int i = 0; i < box.size(); i++) {
        double slope = slopes.isEmpty() ? 1 : Math.abs(slopes.get(input)[i]) + 0.1 * mean;
        double width = cuttable(box, i) ? box.hi()[i] - box.lo()[i] : Double.NEGATIVE_INFINITY;
        double worth = (Double.isFinite(slope) ? slope : 1) * width;
        best = worth > most ? Optional.of(new SearchNode.Cut(input, i, middle(box, i))) : best;
        most = Math.max(most, worth);
      }
    }
    return best;
  }

  /** The middle of a domain. */
  static List<double[]> middle(BoundDomain domain) {
    return domain.boxes().stream().map(box -> point(box, new double[box.size()])).toList();
  }

  /** The corner where a bound of these slopes is least; the middle where nothing is known. */
  static List<double[]> corner(BoundDomain domain, List<double[]> slopes) {
    return slopes.isEmpty()
        ? middle(domain)
        : IntStream.range(0, slopes.size())
            .mapToObj(input -> point(domain.boxes().get(input), slopes.get(input)))
            .toList();
  }

  private static double[] point(Box box, double[] slopes) {
    double[] x = new double[box.size()];
    for (int i = 0; i < x.length; i++) {
      double end = slopes[i] > 0 ? box.lo()[i] : box.hi()[i];
      x[i] = slopes[i] == 0 ? box.lo()[i] / 2 + box.hi()[i] / 2 : end;
    }
    return x;
  }

  private static float middle(Box box, int i) {
    return (float) (box.lo()[i] / 2 + box.hi()[i] / 2);
  }

  private static boolean cuttable(Box box, int i) {
    return box.lo()[i] < middle(box, i) && middle(box, i) < box.hi()[i];
  }

  private static double mean(List<double[]> slopes) {
    double sum = 0;
    long count = 0;
    for (double[] a : slopes) {
      for (double slope : a) {
        sum += Math.abs(slope);
        count++;
      }
    }
    return count == 0 || !(sum > 0) ? 1 : sum / count;
  }
}
