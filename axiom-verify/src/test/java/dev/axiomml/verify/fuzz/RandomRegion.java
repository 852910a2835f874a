package dev.axiomml.verify.fuzz;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random regions: usual ones, single points, and the ends of float32. */
final class RandomRegion {
  private static final double[][] RANGES = {
    {0, 1},
    {0, 1},
    {-1, 1},
    {-2, 2},
    {0.1, 0.3},
    {0, 0},
    {-0.0, 0.0},
    {0, 1e-40},
    {-1e-45, 1e-45},
    {1e30, 3e38},
    {0, 1e30},
    {-1e300, 1e300},
    {-3e38, 3e38},
    {1e38, 1e39},
    {0.1, 0.1},
    {1e39, 1e40},
    {0.5, 2},
    {-1e-3, 1e-3},
    {1, 1.0000001},
    {16777216, 16777220},
    {-5, -1},
    {100, 1000}
  };
  private static final double[] NEAR = {0, 1e-9, 1e-6, 1e-3, 0.01, 0.1, 0.5, 1, 2};
  private static final double[] RADII = {0, 1e-9, 1e-3, 0.1, 0.5, 1, 3, 1e10, 1e38};

  private RandomRegion() {}

  /** A region of a model's inputs. */
  static Territory of(Random random, Model<?> model) {
    List<Port> ports = model.signature().inputs();
    return Territory.of(of(random, ports.stream().map(Executed::one).toList()), ports);
  }

  /** The same where some inputs are given, and others are in intervals of their own. */
  static Territory of(Random random, Model<?> model, Map<String, Tensor> given) {
    List<Port> ports = model.signature().inputs();
    List<Port> free = ports.stream().filter(port -> !given.containsKey(port.name())).toList();
    List<Port> rest = new ArrayList<>();
    Map<String, Region.Range> ranges = new TreeMap<>();
    for (Port port : free) {
      if (rest.isEmpty() || random.nextBoolean()) {
        rest.add(port);
      } else {
        double[] range = RANGES[random.nextInt(RANGES.length)];
        ranges.put(port.name(), new Region.Range(range[0], range[1]));
      }
    }
    Region others = of(random, rest.stream().map(Executed::one).toList());
    boolean known = rest.stream().allMatch(port -> port.domain().isPresent());
    Region region = others instanceof Region.Declared && !known ? new Region.Range(-2, 2) : others;
    for (Map.Entry<String, Region.Range> own : ranges.entrySet()) {
      region = region.within(own.getKey(), own.getValue().low(), own.getValue().high());
    }
    for (Map.Entry<String, Tensor> value : given.entrySet()) {
      region = region.given(value.getKey(), value.getValue());
    }
    return Territory.of(region, free);
  }

  /** One in which more can be proved: a box or a small one around a point, seldom another. */
  static Territory near(Random random, Model<?> model) {
    if (random.nextInt(6) == 0) {
      return of(random, model);
    }
    Shape shape = model.signature().inputs().get(0).type().shape().with(0, Dim.ONE);
    double radius = NEAR[random.nextInt(NEAR.length)];
    Tensor center = Tensor.random(shape, random.nextLong(), -2, 2);
    Region region =
        random.nextInt(4) == 0
            ? new Region.Range(-radius, radius)
            : new Region.Ball(Region.Norm.LINF, center, radius);
    return Territory.of(region, model.signature().inputs());
  }

  private static Region of(Random random, List<Shape> shapes) {
    int kind = random.nextInt(shapes.size() == 1 ? 10 : 6);
    if (kind < 4) {
      double[] range = RANGES[random.nextInt(RANGES.length)];
      return new Region.Range(range[0], range[1]);
    }
    if (kind == 4) {
      float a = number(random);
      float b = random.nextInt(4) == 0 ? a : number(random);
      return new Region.Range(Math.min(a, b), Math.max(a, b));
    }
    if (kind == 5) {
      return random.nextBoolean() ? new Region.Declared() : new Region.Everything();
    }
    return kind < 8 ? ball(random, shapes.get(0)) : box(random, shapes.get(0));
  }

  private static float number(Random random) {
    float unit = random.nextFloat() * 2 - 1;
    return random.nextInt(4) > 0 ? unit : unit * (float) Math.pow(10, random.nextInt(70) - 35);
  }

  private static Region ball(Random random, Shape shape) {
    Region.Norm[] norms = Region.Norm.values();
    float[] center = new float[shape.count()];
    float shared = number(random);
    for (int i = 0; i < center.length; i++) {
      center[i] = random.nextInt(8) == 0 ? 0 : random.nextBoolean() ? shared : number(random);
    }
    return new Region.Ball(
        norms[random.nextInt(norms.length)],
        Tensor.of(shape, center),
        RADII[random.nextInt(RADII.length)]);
  }

  private static Region box(Random random, Shape shape) {
    float[] low = new float[shape.count()];
    float[] high = new float[low.length];
    for (int i = 0; i < low.length; i++) {
      float a = number(random);
      float b = random.nextInt(3) == 0 ? a : number(random);
      low[i] = Math.min(a, b);
      high[i] = Math.max(a, b);
    }
    return new Region.Box(Tensor.of(shape, low), Tensor.of(shape, high));
  }
}
