package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.ProofSemantics;
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
    if (region instanceof Region.Ball ball) {
      return ball(ball);
    }
    if (region instanceof Region.Box box) {
      Tensor low = sample(box.low());
      Tensor high = sample(box.high());
      return one(i -> Dyadic.of(low.doubleAt(i)), i -> Dyadic.of(high.doubleAt(i)));
    }
    List<Dyadic[]> lo = new ArrayList<>();
    List<Dyadic[]> hi = new ArrayList<>();
    for (int input = 0; input < ports.size(); input++) {
      Dyadic[] ends = interval(region, ports.get(input));
      int size = size(input);
      lo.add(filled(size, i -> up(ends[0])));
      hi.add(filled(size, i -> down(ends[1])));
    }
    return new CheckedRegion(lo, hi, Optional.empty());
  }

  private static Dyadic[] interval(Region region, Port port) {
    Region.Range all = new Region.Range(-Float.MAX_VALUE, Float.MAX_VALUE);
    Region.Range range =
        region instanceof Region.Range r
            ? r
            : region instanceof Region.Declared ? port.domain().orElse(all) : all;
    return new Dyadic[] {Dyadic.of(range.low()), Dyadic.of(range.high())};
  }

  private CheckedRegion ball(Region.Ball ball) {
    Tensor center = sample(ball.center());
    Dyadic radius = Dyadic.of(ball.radius());
    CheckedRegion box =
        one(
            i -> Dyadic.of(center.doubleAt(i)).minus(radius),
            i -> Dyadic.of(center.doubleAt(i)).plus(radius));
    boolean cut = ball.norm() != Region.Norm.LINF;
    return new CheckedRegion(
        box.lo(), box.hi(), cut ? Optional.of(NormBall.of(ball)) : Optional.empty());
  }

  private Tensor sample(Tensor tensor) {
    if (ports.size() != 1 || tensor.size() != size(0) || tensor.dtype() != DType.FLOAT32) {
      throw new ArithmeticException(
          "a region around " + tensor.type() + " for inputs " + graph.inputs());
    }
    return tensor;
  }

  private CheckedRegion one(IntFunction<Dyadic> low, IntFunction<Dyadic> high) {
    Dyadic[] lo = filled(size(0), i -> up(low.apply(i)));
    Dyadic[] hi = filled(size(0), i -> down(high.apply(i)));
    return new CheckedRegion(List.<Dyadic[]>of(lo), List.<Dyadic[]>of(hi), Optional.empty());
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
