package dev.axiomml.verify.fuzz;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Float32 inputs of regions, found without the program's own reading of them. */
final class RegionSamples {
  private final Model<?> model;
  private final Random random;
  private final List<Float> marks;

  RegionSamples(Model<?> model, Random random) {
    this(model, random, List.of());
  }

  /** With numbers near which, and between which, elements are put now and then. */
  RegionSamples(Model<?> model, Random random, List<Float> marks) {
    this.model = model;
    this.random = random;
    this.marks = marks;
  }

  /** One input of a region, its corners among them; empty when it holds none. */
  Optional<List<Tensor>> inputs(Region region, int kind) {
    List<Tensor> all = new ArrayList<>();
    for (Port port : model.signature().inputs()) {
      Optional<Tensor> drawn =
          given(region).get(port.name()) instanceof GivenValue.Array array
              ? Optional.of(array.tensor())
              : drawn(own(region, port), port, kind);
      drawn.ifPresent(all::add);
    }
    return all.size() == model.signature().inputs().size() ? Optional.of(all) : Optional.empty();
  }

  /** One of the inputs; empty where its own region holds none. */
  private Optional<Tensor> drawn(Region own, Port port, int kind) {
    Shape shape = port.type().shape().bind(symbol -> Dim.ONE);
    float[] x = new float[shape.count()];
    boolean empty = false;
    for (int i = 0; i < x.length; i++) {
      double[] ends = ends(own, port, i);
      float lo = up(ends[0]);
      float hi = -up(-ends[1]);
      empty |= !(lo <= hi);
      x[i] = between(lo, hi, kind);
    }
    Tensor all = Tensor.of(shape, x);
    return empty
        ? Optional.empty()
        : Optional.of(own instanceof Region.Ball ball ? inside(ball, all) : all);
  }

  private static Map<String, GivenValue> given(Region region) {
    return region instanceof Region.Named named ? named.given() : Map.of();
  }

  /** Where one input lies; a given one nowhere else. */
  private static Region own(Region region, Port port) {
    if (region instanceof Region.Named named) {
      Region.Range range = named.ranges().get(port.name());
      boolean free = !named.given().containsKey(port.name());
      return range == null ? (free ? named.others() : new Region.Everything()) : range;
    }
    return region;
  }

  private static double[] ends(Region region, Port port, int i) {
    if (region instanceof Region.Range range) {
      return new double[] {range.low(), range.high()};
    }
    if (region instanceof Region.Box box) {
      return new double[] {box.low().doubleAt(i), box.high().doubleAt(i)};
    }
    if (region instanceof Region.Ball ball) {
      double center = ball.center().doubleAt(i);
      return new double[] {center - ball.radius(), center + ball.radius()};
    }
    Region.Range all = new Region.Range(-Float.MAX_VALUE, Float.MAX_VALUE);
    Region.Range range = region instanceof Region.Declared ? port.domain().orElse(all) : all;
    return new double[] {range.low(), range.high()};
  }

  private static float up(double end) {
    float near = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, end));
    return near < end ? Math.nextUp(near) : near;
  }

  private float between(float lo, float hi, int kind) {
    double share = random.nextDouble();
    if (!marks.isEmpty() && random.nextInt(3) == 0) {
      float a = marks.get(random.nextInt(marks.size()));
      float b = marks.get(random.nextInt(marks.size()));
      double near = a == b ? a + (random.nextInt(3) - 1) * Math.ulp(a) : a + (b - a) * share;
      return (float) Math.min(hi, Math.max(lo, near));
    }
    double x =
        switch (kind % 4) {
          case 0 -> random.nextBoolean() ? lo : hi;
          case 1 -> lo * (1 - share) + hi * share;
          case 2 -> random.nextInt(3) == 0 ? 0 : random.nextBoolean() ? lo : hi;
          default -> (random.nextBoolean() ? lo : hi) * Math.pow(10, -40 * share);
        };
    return (float) Math.min(hi, Math.max(lo, x));
  }

  /** Pulled toward the centre until it is well inside. */
  private Tensor inside(Region.Ball ball, Tensor x) {
    float[] moved = x.toFloats();
    for (int tries = 0; tries < 300 && distance(ball, moved) > ball.radius(); tries++) {
      for (int i = 0; i < moved.length; i++) {
        float center = ball.center().floatAt(i);
        moved[i] = (float) (center + (moved[i] - center) * 0.7);
      }
    }
    boolean in = distance(ball, moved) <= ball.radius();
    return in ? Tensor.of(x.shape(), moved) : ball.center();
  }

  private static double distance(Region.Ball ball, float[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double off = Math.abs((double) x[i] - ball.center().doubleAt(i));
      sum =
          switch (ball.norm()) {
            case LINF -> Math.max(sum, off);
            case L1 -> sum + off;
            case L2 -> Math.hypot(sum, off);
          };
    }
    return sum;
  }
}
