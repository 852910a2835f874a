package dev.axiomml.verify.goal;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.RoundingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inputs that a theorem speaks of, one sample: the finite float32 numbers in a region (or all
 * real numbers in it), as boxes and possibly a ball.
 */
public final class InputRegion {
  private final List<Shape> shapes;
  private final BoundDomain domain;
  private final Optional<Region.Ball> ball;
  private final int round;

  private InputRegion(List<Shape> shapes, BoundDomain domain, Optional<Region.Ball> ball, int at) {
    this.shapes = shapes;
    this.domain = domain;
    this.ball = ball;
    this.round = at;
  }

  /**
   * The region of a graph's inputs.
   *
   * @param graph batch of one, without inputs that are given
   * @param ports its inputs, which may declare a domain
   * @throws PropertyException when the region's tensors do not fit the input
   */
  public static InputRegion of(
      Graph graph, List<Port> ports, Region region, RoundingModel rounding) {
    List<Shape> shapes = graph.inputs().stream().map(v -> v.type().shape()).toList();
    List<Box> boxes = new ArrayList<>();
    int at = 0;
    for (int input = 0; input < shapes.size(); input++) {
      Region own = region.of(ports.get(input).name());
      at = own instanceof Region.Ball ? input : at;
      boxes.add(box(graph.inputs().get(input), ports.get(input), own));
    }
    if (rounding.rounds()) {
      boxes.forEach(InputRegion::toFloats);
    }
    requireOne(graph, ports, region);
    Optional<Region.Ball> ball =
        ports.stream()
            .map(port -> region.of(port.name()))
            .filter(Region.Ball.class::isInstance)
            .map(Region.Ball.class::cast)
            .findFirst();
    Optional<Region.Ball> round = ball.filter(b -> b.norm() != Region.Norm.LINF);
    requireFirst(graph, round.isPresent() ? at : 0);
    return new InputRegion(shapes, new BoundDomain(boxes, round), ball, at);
  }

  /** Bounds over round balls are of the first input. */
  private static void requireFirst(Graph graph, int at) {
    if (at > 0) {
      throw new PropertyException(
          new Diagnosis(
              "a round ball for input " + graph.inputs().get(at).name(),
              "input " + graph.inputs().get(at).name(),
              "a ball in the Euclidean or the sum norm is of the first input that is not given",
              "write linf(…), or give input " + graph.inputs().get(0).name()));
    }
  }

  /** A region around a tensor is of one input. */
  private static void requireOne(Graph graph, List<Port> ports, Region region) {
    long tensors = ports.stream().filter(port -> isTensor(region.of(port.name()))).count();
    if (tensors > 1) {
      throw misfit("a region around a tensor", graph.inputs().get(0), tensors - 1);
    }
  }

  private static boolean isTensor(Region region) {
    return region instanceof Region.Ball || region instanceof Region.Box;
  }

  private static Box box(Value input, Port port, Region region) {
    int size = input.type().shape().count();
    if (region instanceof Region.Ball ball) {
      Tensor center = fitting(ball.center(), input);
      Box box = new Box(center.toDoubles(), center.toDoubles());
      for (int i = 0; i < size; i++) {
        boolean point = ball.radius() == 0;
        box.lo()[i] = point ? box.lo()[i] : Math.nextDown(box.lo()[i] - ball.radius());
        box.hi()[i] = point ? box.hi()[i] : Math.nextUp(box.hi()[i] + ball.radius());
      }
      return clipped(box);
    }
    if (region instanceof Region.Box box) {
      return clipped(
          new Box(fitting(box.low(), input).toDoubles(), fitting(box.high(), input).toDoubles()));
    }
    Region.Range all = new Region.Range(-Float.MAX_VALUE, Float.MAX_VALUE);
    Region.Range range =
        region instanceof Region.Range r
            ? r
            : region instanceof Region.Declared ? port.domain().orElse(all) : all;
    Box box = new Box(new double[size], new double[size]);
    java.util.Arrays.fill(box.lo(), range.low());
    java.util.Arrays.fill(box.hi(), range.high());
    return clipped(box);
  }

  /** Inputs are finite float32 numbers, or real numbers of that range. */
  private static Box clipped(Box box) {
    for (int i = 0; i < box.size(); i++) {
      box.lo()[i] = Math.max(-Float.MAX_VALUE, box.lo()[i]);
      box.hi()[i] = Math.min(Float.MAX_VALUE, box.hi()[i]);
    }
    return box;
  }

  /** The smallest float32 not below the lower end, the largest not above the upper. */
  private static void toFloats(Box box) {
    for (int i = 0; i < box.size(); i++) {
      float lo = (float) box.lo()[i];
      float hi = (float) box.hi()[i];
      box.lo()[i] = lo < box.lo()[i] ? Math.nextUp(lo) : lo;
      box.hi()[i] = hi > box.hi()[i] ? Math.nextDown(hi) : hi;
    }
  }

  private static Tensor fitting(Tensor tensor, Value input) {
    Shape shape = input.type().shape();
    boolean known = tensor.dtype().isFloat() && tensor.size() == shape.count();
    boolean finite = true;
    for (int i = 0; known && i < tensor.size(); i++) {
      finite &= Double.isFinite(tensor.doubleAt(i));
    }
    if (known && finite && tensor.shape().equals(shape)) {
      return tensor;
    }
    String what = "a region around " + tensor.type() + (finite ? "" : " with NaN or infinity");
    throw misfit(what, input, 0);
  }

  private static PropertyException misfit(String what, Value input, long more) {
    return new PropertyException(
        new Diagnosis(
            what,
            "input " + input.name() + " and " + more + " more",
            "a region around a tensor speaks of a model's only free input, one finite sample",
            "pass a float32 tensor of shape " + input.type().shape()));
  }

  /** The boxes and the ball. */
  public BoundDomain domain() {
    return domain;
  }

  /** The shapes of the inputs, batch of one. */
  public List<Shape> shapes() {
    return shapes;
  }

  /** Whether no float32 input lies in it. */
  public boolean isEmpty() {
    return domain.boxes().stream().anyMatch(InputRegion::isEmpty);
  }

  private static boolean isEmpty(Box box) {
    for (int i = 0; i < box.size(); i++) {
      if (!(box.lo()[i] <= box.hi()[i])) {
        return true;
      }
    }
    return false;
  }

  /** The region spelled out, for a proof: a declared domain becomes what it declares. */
  public Region resolved(Region asked, List<Port> ports) {
    if (!(asked instanceof Region.Declared)) {
      return asked;
    }
    boolean same = ports.stream().map(Port::domain).distinct().count() == 1;
    return same && ports.get(0).domain().isPresent()
        ? ports.get(0).domain().get()
        : same ? new Region.Everything() : asked;
  }

  /**
   * Whether a point lies in the zone for certain: in every box, and in the ball by exact
   * differences or with room to spare.
   */
  public boolean contains(List<Tensor> point) {
    boolean inside = ball.isEmpty() || inBall(ball.get(), point.get(round));
    for (int input = 0; input < point.size(); input++) {
      inside &= inBox(domain.boxes().get(input), point.get(input));
    }
    return inside;
  }

  private static boolean inBox(Box box, Tensor x) {
    boolean inside = true;
    for (int i = 0; i < box.size(); i++) {
      inside &= box.lo()[i] <= x.doubleAt(i) && x.doubleAt(i) <= box.hi()[i];
    }
    return inside;
  }

  private static boolean inBall(Region.Ball ball, Tensor x) {
    double largest = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < x.size(); i++) {
      double off = Math.abs(x.doubleAt(i) - ball.center().doubleAt(i));
      off = off == 0 ? 0 : Math.nextUp(off);
      largest = Math.max(largest, off);
      sum += off;
      squares += off * off;
    }
    double room = 1 + x.size() * 0x1p-50;
    return switch (ball.norm()) {
      case LINF -> largest <= ball.radius();
      case L1 -> sum * room <= ball.radius();
      case L2 -> Math.sqrt(squares) * room <= ball.radius();
    };
  }

  /** The nearest point of the zone, roughly: into the boxes, then toward the ball's centre. */
  public void project(int input, double[] x) {
    Box box = domain.boxes().get(input);
    clamp(box, x);
    if (input == round && ball.isPresent()) {
      Region.Ball around = ball.get();
      double distance = distance(around, x);
      double share = distance > 0 ? around.radius() / distance * (1 - 1e-6) : 1;
      for (int i = 0; share < 1 && i < x.length; i++) {
        double center = around.center().doubleAt(i);
        x[i] = (float) (center + (x[i] - center) * share);
      }
      clamp(box, x);
    }
  }

  private static double distance(Region.Ball ball, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double off = Math.abs(x[i] - ball.center().doubleAt(i));
      sum += ball.norm() == Region.Norm.L2 ? off * off : ball.norm() == Region.Norm.L1 ? off : 0;
    }
    return ball.norm() == Region.Norm.L2 ? Math.sqrt(sum) : sum;
  }

  private static void clamp(Box box, double[] x) {
    for (int i = 0; i < x.length; i++) {
      float near = (float) Math.min(box.hi()[i], Math.max(box.lo()[i], x[i]));
      x[i] =
          near < box.lo()[i] ? Math.nextUp(near) : near > box.hi()[i] ? Math.nextDown(near) : near;
    }
  }
}
