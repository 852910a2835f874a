package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A sum that lies between two values because it mixes them: {@code (1 − w)·from + w·to} or {@code
 * from + w·(to − from)} with a weight between 0 and 1, as the state of a GRU.
 *
 * <p>Intervals of its parts do not know that the two weights sum to one. The fact is read off the
 * graph and the weight's interval, so nobody has to be believed.
 *
 * <p>Over the reals it lies between; an execution rounds. In the first form a term passes through
 * three roundings, 1 − w, product and sum, so it moves by γ₃ of (1 − w)|from| + w|to| ≤ M, M being
 * the larger magnitude of the two. In the second {@code w·(to − from)} passes through three and is
 * at most 2M, and {@code from} through one: γ₇M. One rounding more pays for operands that are
 * flushed to zero; a sum that may overflow on the way is left alone. After t steps a GRU's state is
 * within (1 + γ₄)ᵗ of what it began with, or of 1.
 */
record ValueMixture(Value weight, Value from, Value to, int roundings) {
  /** The mixture that a sum is; empty where it is none, or where sizes are broadcast. */
  static Optional<ValueMixture> of(Graph graph, Node at) {
    if (!(at.op() instanceof Add)) {
      return Optional.empty();
    }
    Value first = at.in().get(0);
    Value second = at.in().get(1);
    return Stream.of(
            ofProducts(graph, first, second),
            ofProducts(graph, second, first),
            ofDifference(graph, first, second),
            ofDifference(graph, second, first))
        .flatMap(Optional::stream)
        .filter(mixture -> mixture.isEven(at.out().get(0)))
        .findFirst();
  }

  private boolean isEven(Value out) {
    return Stream.of(weight, from, to).allMatch(value -> value.type().equals(out.type()));
  }

  private static Optional<List<Value>> operands(Graph graph, Value value, Class<? extends Op> of) {
    return graph.producer(value).filter(node -> of.isInstance(node.op())).map(Node::in);
  }

  private static Optional<ValueMixture> ofProducts(Graph graph, Value rest, Value share) {
    List<Value> left = operands(graph, rest, Mul.class).orElse(List.of());
    List<Value> right = operands(graph, share, Mul.class).orElse(List.of());
    for (int k = 0; k < left.size(); k++) {
      List<Value> lead = operands(graph, left.get(k), Sub.class).orElse(List.of());
      boolean isRest = !lead.isEmpty() && isOne(graph, lead.get(0));
      int weight = isRest ? right.indexOf(lead.get(1)) : -1;
      if (weight >= 0) {
        Value from = left.get(1 - k);
        return Optional.of(new ValueMixture(right.get(weight), from, right.get(1 - weight), 4));
      }
    }
    return Optional.empty();
  }

  private static Optional<ValueMixture> ofDifference(Graph graph, Value from, Value change) {
    List<Value> product = operands(graph, change, Mul.class).orElse(List.of());
    for (int k = 0; k < product.size(); k++) {
      List<Value> way = operands(graph, product.get(k), Sub.class).orElse(List.of());
      if (!way.isEmpty() && way.get(1).equals(from)) {
        return Optional.of(new ValueMixture(product.get(1 - k), from, way.get(0), 8));
      }
    }
    return Optional.empty();
  }

  private static boolean isOne(Graph graph, Value value) {
    Optional<Tensor> known = graph.constant(value);
    return known.isPresent() && Arrays.stream(known.get().toDoubles()).allMatch(x -> x == 1);
  }

  /** The values whose intervals are needed. */
  List<Value> values() {
    return List.of(weight, from, to);
  }

  /** The box of the sum, met with what lies between the two values. */
  Box meet(Box sum, Function<Value, Box> boxes, RoundingModel rounding) {
    Box w = boxes.apply(weight);
    Box a = boxes.apply(from);
    Box b = boxes.apply(to);
    for (int i = 0; i < sum.size(); i++) {
      double lo = Math.min(a.lo()[i], b.lo()[i]);
      double hi = Math.max(a.hi()[i], b.hi()[i]);
      double magnitude = Math.max(Math.abs(lo), Math.abs(hi));
      double margin = rounding.ofSum(magnitude, 4, roundings);
      boolean bounded = sum.lo()[i] >= -Double.MAX_VALUE && sum.hi()[i] <= Double.MAX_VALUE;
      boolean mixes = w.lo()[i] >= 0 && w.hi()[i] <= 1 && margin <= Double.MAX_VALUE;
      if (bounded && mixes && lo - margin <= sum.hi()[i] && hi + margin >= sum.lo()[i]) {
        sum.lo()[i] = Math.max(sum.lo()[i], lo - margin);
        sum.hi()[i] = Math.min(sum.hi()[i], hi + margin);
      }
    }
    return sum;
  }
}
