package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.check.integer.CheckedRegion;
import dev.axiomml.verify.check.integer.NormBall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a region means for a graph: over float32 the float32 numbers in it, over the reals all of
 * it. Only finite inputs are ever meant.
 */
final class RegionCells {
  private final List<Port> ports;
  private final Graph graph;
  private final boolean float32;

  RegionCells(List<Port> ports, Graph graph, ProofSemantics semantics) {
    this.ports = ports;
    this.graph = graph;
    this.float32 = semantics == ProofSemantics.FLOAT32;
  }

  CheckedRegion cell(Region region) {
    List<Dyadic[]> lo = new ArrayList<>();
    List<Dyadic[]> hi = new ArrayList<>();
    Optional<NormBall> sphere = Optional.empty();
    int tensors = 0;
    for (int input = 0; input < ports.size(); input++) {
      Region own = region.of(ports.get(input).name());
      tensors += own instanceof Region.Ball || own instanceof Region.Box ? 1 : 0;
      List<IntFunction<Dyadic>> ends = ends(own, input);
      lo.add(filled(size(input), i -> up(ends.get(0).apply(i))));
      hi.add(filled(size(input), i -> down(ends.get(1).apply(i))));
      sphere = sphere.or(() -> sphere(own));
      requireFirst(input == 0 || sphere(own).isEmpty());
    }
    requireFirst(tensors < 2);
    return new CheckedRegion(lo, hi, sphere);
  }

  private void requireFirst(boolean fits) {
    if (!fits) {
      throw new ArithmeticException("regions around tensors for inputs " + graph.inputs());
    }
  }

  /** A ball that is no box; only of the first input is one understood. */
  private static Optional<NormBall> sphere(Region own) {
    return own instanceof Region.Ball ball && ball.norm() != Region.Norm.LINF
        ? Optional.of(NormBall.of(ball))
        : Optional.empty();
  }

  /** Both ends of each element of one input. */
  private List<IntFunction<Dyadic>> ends(Region own, int input) {
    if (own instanceof Region.Ball ball) {
      Tensor center = sample(ball.center(), input);
      Dyadic radius = Dyadic.of(ball.radius());
      return List.of(
          i -> Dyadic.of(center.doubleAt(i)).minus(radius),
          i -> Dyadic.of(center.doubleAt(i)).plus(radius));
    }
    if (own instanceof Region.Box box) {
      Tensor low = sample(box.low(), input);
      Tensor high = sample(box.high(), input);
      return List.of(i -> Dyadic.of(low.doubleAt(i)), i -> Dyadic.of(high.doubleAt(i)));
    }
    Dyadic[] ends = interval(own, ports.get(input));
    return List.of(i -> ends[0], i -> ends[1]);
  }

  private static Dyadic[] interval(Region region, Port port) {
    Region.Range all = new Region.Range(-Float.MAX_VALUE, Float.MAX_VALUE);
    Region.Range range =
        region instanceof Region.Range r
            ? r
            : region instanceof Region.Declared ? port.domain().orElse(all) : all;
    return new Dyadic[] {Dyadic.of(range.low()), Dyadic.of(range.high())};
  }

  private Tensor sample(Tensor tensor, int input) {
    if (tensor.size() != size(input) || tensor.dtype() != DType.FLOAT32) {
      throw new ArithmeticException(
          "a region around " + tensor.type() + " for input " + graph.inputs().get(input));
    }
    return tensor;
  }

  private int size(int input) {
    return graph.inputs().get(input).type().shape().count();
  }

  private static Dyadic[] filled(int size, IntFunction<Dyadic> element) {
    Dyadic[] all = new Dyadic[size];
    Arrays.setAll(all, element);
    return all;
  }

  /** The smallest input number not below. */
  private Dyadic up(Dyadic end) {
    if (!float32) {
      return end;
    }
    float near = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, end.ceilDouble()));
    while (near > -Float.MAX_VALUE && !Dyadic.of(near).below(end)) {
      near = Math.nextDown(near);
    }
    while (near < Float.MAX_VALUE && Dyadic.of(near).below(end)) {
      near = Math.nextUp(near);
    }
    return Dyadic.of(near).max(end);
  }

  private Dyadic down(Dyadic end) {
    return up(end.negate()).negate();
  }
}
