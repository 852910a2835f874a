package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node that computes {@code p + q}, where p is {@code (1 − w)·a} and q is {@code w·b}, or p is a
 * and q is {@code w·(b − a)}, all of one shape. Where w is between 0 and 1 the result is between a
 * and b, up to rounding.
 *
 * <p>With u the unit of rounding and M the larger magnitude of a and b: every term of the first
 * form passes through three roundings, and the terms' magnitudes sum to M at most; those of the
 * second sum to 3M at most, of which 2M pass through three roundings and M through one. So γ₄M and
 * γ₈M are enough, with what flushing may lose beside them.
 */
record CheckedMixture(Value weight, Value a, Value b, int roundings) {
  static Optional<CheckedMixture> of(Graph graph, Node sum) {
    if (!(sum.op() instanceof Add)) {
      return Optional.empty();
    }
    List<CheckedMixture> found = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      Value p = sum.in().get(k);
      Value q = sum.in().get(1 - k);
      for (List<Value> product : turns(graph, q)) {
        byWeights(graph, p, product).ifPresent(found::add);
        byWay(graph, p, product).ifPresent(found::add);
      }
    }
    return found.stream()
        .filter(m -> m.weight.type().equals(sum.out().get(0).type()))
        .filter(m -> m.a.type().equals(m.weight.type()) && m.b.type().equals(m.weight.type()))
        .findFirst();
  }

  /** The factors of a product in both orders; none where a value is no product. */
  private static List<List<Value>> turns(Graph graph, Value value) {
    List<Value> in = made(graph, value, Mul.class);
    return in.isEmpty() ? List.of() : List.of(in, List.of(in.get(1), in.get(0)));
  }

  private static List<Value> made(Graph graph, Value value, Class<? extends Op> by) {
    return graph.producer(value).filter(n -> by.isInstance(n.op())).map(Node::in).orElse(List.of());
  }

  private static Optional<CheckedMixture> byWeights(Graph graph, Value p, List<Value> product) {
    Value w = product.get(0);
    return turns(graph, p).stream()
        .filter(other -> isRest(graph, other.get(0), w))
        .map(other -> new CheckedMixture(w, other.get(1), product.get(1), 4))
        .findFirst();
  }

  private static boolean isRest(Graph graph, Value value, Value w) {
    List<Value> in = made(graph, value, Sub.class);
    return !in.isEmpty() && in.get(1).equals(w) && isOne(graph.constant(in.get(0)));
  }

  private static boolean isOne(Optional<Tensor> known) {
    boolean one = known.isPresent();
    for (int i = 0; one && i < known.get().size(); i++) {
      one = known.get().doubleAt(i) == 1;
    }
    return one;
  }

  private static Optional<CheckedMixture> byWay(Graph graph, Value a, List<Value> product) {
    List<Value> way = made(graph, product.get(1), Sub.class);
    return way.isEmpty() || !way.get(1).equals(a)
        ? Optional.empty()
        : Optional.of(new CheckedMixture(product.get(0), a, way.get(0), 8));
  }

  boolean reads(Value value) {
    return value.equals(weight) || value.equals(a) || value.equals(b);
  }

  /** The range of the sum, met with what lies between the two values. */
  IntegerRange meet(IntegerRange sum, CellKnowledge known, ExactRounding rounding) {
    IntegerRange w = known.range(weight);
    IntegerRange from = known.range(a);
    IntegerRange to = known.range(b);
    if (!sum.isBounded() || !w.isBounded() || !from.isBounded() || !to.isBounded()) {
      return sum;
    }
    Dyadic[] lo = sum.los();
    Dyadic[] hi = sum.his();
    for (int i = 0; i < lo.length; i++) {
      if (w.lo(i).sign() >= 0 && !Dyadic.ONE.below(w.hi(i))) {
        Dyadic least = from.lo(i).min(to.lo(i));
        Dyadic most = from.hi(i).max(to.hi(i));
        Dyadic magnitude = least.abs().max(most.abs());
        Dyadic margin =
            rounding
                .ofSum(magnitude, roundings)
                .plus(rounding.flushed(roundings, Dyadic.ONE, magnitude));
        lo[i] = lo[i].max(least.minus(margin));
        hi[i] = hi[i].min(most.plus(margin));
      }
    }
    return IntegerRange.of(lo, hi, sum.bits());
  }
}
