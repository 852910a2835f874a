package dev.axiomml.verify.fuzz;

import dev.axiomml.core.model.Port;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A region together with the float32 inputs in it, worked out here and not by the library.
 *
 * @param region as it is handed to the library
 * @param shapes of the inputs, batch of one
 * @param low for each input the smallest float32 of each element, which may be above {@code high}
 * @param high likewise
 * @param ball what narrows the box further
 */
public record Territory(
    Region region,
    List<Shape> shapes,
    List<float[]> low,
    List<float[]> high,
    Optional<Region.Ball> ball) {
  private static final float[] CUTS = {0, 1, -1, 0.5f, -0.5f, 2, -2, 3, -3, 1e-38f};

  /** The territory of a region, over inputs that are not given. */
  public static Territory of(Region region, List<Port> free) {
    List<Shape> shapes = free.stream().map(Executed::one).toList();
    List<float[]> low = new ArrayList<>();
    List<float[]> high = new ArrayList<>();
    for (Port port : free) {
      float[] lo = new float[Executed.one(port).count()];
      float[] hi = new float[lo.length];
      for (int i = 0; i < lo.length; i++) {
        BigDecimal[] ends = ends(own(region, port), port.domain(), i);
        lo[i] = up(ends[0]);
        hi[i] = -up(ends[1].negate());
      }
      low.add(lo);
      high.add(hi);
    }
    Optional<Region.Ball> ball =
        own(region, free.get(0)) instanceof Region.Ball b ? Optional.of(b) : Optional.empty();
    return new Territory(region, shapes, low, high, ball);
  }

  private static Region own(Region region, Port port) {
    if (region instanceof Region.Named named) {
      Region.Range range = named.ranges().get(port.name());
      return range == null ? named.others() : range;
    }
    return region;
  }

  private static BigDecimal[] ends(Region region, Optional<Region.Range> domain, int i) {
    if (region instanceof Region.Ball ball) {
      BigDecimal center = new BigDecimal(ball.center().floatAt(i));
      BigDecimal radius = new BigDecimal(ball.radius());
      return new BigDecimal[] {center.subtract(radius), center.add(radius)};
    }
    if (region instanceof Region.Box box) {
      return ends(box.low().floatAt(i), box.high().floatAt(i));
    }
    Optional<Region.Range> range =
        region instanceof Region.Range r
            ? Optional.of(r)
            : region instanceof Region.Declared ? domain : Optional.empty();
    return range
        .map(r -> ends(r.low(), r.high()))
        .orElseGet(() -> ends(-Float.MAX_VALUE, Float.MAX_VALUE));
  }

  private static BigDecimal[] ends(double low, double high) {
    return new BigDecimal[] {new BigDecimal(low), new BigDecimal(high)};
  }

  /** The smallest finite float32 that is not below; infinite where there is none. */
  private static float up(BigDecimal end) {
    if (end.compareTo(new BigDecimal(-Float.MAX_VALUE)) <= 0) {
      return -Float.MAX_VALUE;
    }
    float near = end.floatValue();
    while (near > -Float.MAX_VALUE && !below(near, end)) {
      near = Math.nextDown(near);
    }
    while (below(near, end)) {
      near = Math.nextUp(near);
    }
    return near;
  }

  private static boolean below(float x, BigDecimal end) {
    return Float.isFinite(x) && new BigDecimal(x).compareTo(end) < 0;
  }

  /** Whether no finite float32 input lies in it. */
  public boolean isEmpty() {
    boolean empty = false;
    for (int input = 0; input < shapes.size(); input++) {
      for (int i = 0; i < low.get(input).length; i++) {
        empty |= !(low.get(input)[i] <= high.get(input)[i]) || Float.isInfinite(low.get(input)[i]);
      }
    }
    return empty;
  }

  /** Whether an input lies in it, exactly. */
  public boolean contains(List<float[]> x) {
    boolean inside = ball.isEmpty() || contains(ball.get(), x.get(0));
    for (int input = 0; input < shapes.size(); input++) {
      for (int i = 0; i < x.get(input).length; i++) {
        float value = x.get(input)[i];
        inside &= low.get(input)[i] <= value && value <= high.get(input)[i];
      }
    }
    return inside;
  }

  private boolean inFirst(float[] x) {
    boolean inside = true;
    for (int i = 0; i < x.length; i++) {
      inside &= low.get(0)[i] <= x[i] && x[i] <= high.get(0)[i];
    }
    return inside;
  }

  private static boolean contains(Region.Ball ball, float[] x) {
    BigDecimal largest = BigDecimal.ZERO;
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      BigDecimal off =
          new BigDecimal(x[i]).subtract(new BigDecimal(ball.center().floatAt(i))).abs();
      largest = largest.max(off);
      sum = sum.add(off);
      squares = squares.add(off.multiply(off));
    }
    BigDecimal radius = new BigDecimal(ball.radius());
    return switch (ball.norm()) {
      case LINF -> largest.compareTo(radius) <= 0;
      case L1 -> sum.compareTo(radius) <= 0;
      case L2 -> squares.compareTo(radius.multiply(radius)) <= 0;
    };
  }

  /** Inputs of it; none where it is empty. */
  public List<List<float[]>> points(Random random, int count) {
    List<List<float[]>> points = new ArrayList<>();
    for (int i = 0; i < count && !isEmpty(); i++) {
      points.add(point(random));
    }
    return points;
  }

  /** An input of it: a corner, an edge, beside a cut, or anywhere. */
  private List<float[]> point(Random random) {
    List<float[]> point = new ArrayList<>();
    int mood = random.nextInt(4);
    for (int input = 0; input < shapes.size(); input++) {
      float[] x = new float[low.get(input).length];
      for (int i = 0; i < x.length; i++) {
        x[i] = coordinate(random, mood, low.get(input)[i], high.get(input)[i]);
      }
      point.add(x);
    }
    if (ball.isPresent()) {
      point.set(0, drawnIn(random, point.get(0)));
    }
    return point;
  }

  private static float coordinate(Random random, int mood, float lo, float hi) {
    float x =
        switch (mood == 0 ? random.nextInt(2) : mood == 1 ? random.nextInt(4) : random.nextInt(9)) {
          case 0 -> lo;
          case 1 -> hi;
          case 2 -> Math.nextUp(lo);
          case 3 -> Math.nextDown(hi);
          case 4 -> cut(random);
          case 5 -> between(lo, hi, random.nextDouble());
          case 6 -> (float) (lo + ((double) hi - lo) * random.nextDouble());
          case 7 -> (float) ((double) lo / 2 + (double) hi / 2);
          default -> (float) (lo + ((double) hi - lo) * random.nextInt(9) / 8);
        };
    float inside = Math.min(hi, Math.max(lo, x));
    return inside == 0 && random.nextBoolean() ? -inside : inside;
  }

  private static float cut(Random random) {
    float cut = CUTS[random.nextInt(CUTS.length)];
    return switch (random.nextInt(3)) {
      case 0 -> Math.nextUp(cut);
      case 1 -> Math.nextDown(cut);
      default -> cut;
    };
  }

  /** Uniform among float32 numbers, so that the small ones are seen. */
  private static float between(float lo, float hi, double share) {
    long a = order(lo);
    long b = order(hi);
    long at = a + (long) ((b - a) * share);
    return Float.intBitsToFloat((int) (at >= 0 ? at : Integer.MIN_VALUE - at));
  }

  private static long order(float x) {
    int bits = Float.floatToIntBits(x);
    return bits >= 0 ? bits : Integer.MIN_VALUE - (long) bits;
  }

  /** Toward the centre until it is inside; often along one axis, where a ball is longest. */
  private float[] drawnIn(Random random, float[] x) {
    float[] center = ball.orElseThrow().center().toFloats();
    int axis = random.nextInt(x.length);
    for (int i = 0; random.nextInt(3) == 0 && i < x.length; i++) {
      x[i] = i == axis ? x[i] : center[i];
    }
    for (double share = 1; share > 1e-3; share *= 0.8) {
      float[] y = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = (float) (center[i] + ((double) x[i] - center[i]) * share);
      }
      if (contains(ball.orElseThrow(), y) && inFirst(y)) {
        return y;
      }
    }
    return center;
  }
}
