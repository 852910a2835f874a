package dev.axiomml.verify.smt;

import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Regions as facts about inputs. */
final class RegionFacts {
  private RegionFacts() {}

  /** Writes a region down; answers why it cannot be. */
  static Optional<String> write(Region region, List<EncodedValue> in, SmtFacts facts) {
    if (region instanceof Region.Range range) {
      return range(range, in, facts);
    }
    if (region instanceof Region.Everything) {
      return range(new Region.Range(-Float.MAX_VALUE, Float.MAX_VALUE), in, facts);
    }
    Optional<Tensor> shape = shape(region);
    if (shape.isEmpty() || in.size() != 1 || shape.get().size() != in.get(0).elements().size()) {
      return Optional.of("the region does not fit the inputs, or is not resolved");
    }
    List<SmtReal> x = in.get(0).elements();
    if (region instanceof Region.Box box) {
      return box(box, x, facts);
    }
    return ball((Region.Ball) region, x, facts);
  }

  private static Optional<Tensor> shape(Region region) {
    if (region instanceof Region.Box box) {
      return box.low().size() == box.high().size() ? Optional.of(box.low()) : Optional.empty();
    }
    return region instanceof Region.Ball ball ? Optional.of(ball.center()) : Optional.empty();
  }

  private static Optional<String> range(Region.Range range, List<EncodedValue> in, SmtFacts facts) {
    if (!Double.isFinite(range.low()) || !Double.isFinite(range.high())) {
      return Optional.of("the region has no finite ends");
    }
    for (EncodedValue input : in) {
      for (SmtReal x : input.elements()) {
        facts.add(SmtFact.between(SmtReal.of(range.low()), x, SmtReal.of(range.high())));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> box(Region.Box box, List<SmtReal> x, SmtFacts facts) {
    for (int i = 0; i < x.size(); i++) {
      if (!Double.isFinite(box.low().doubleAt(i)) || !Double.isFinite(box.high().doubleAt(i))) {
        return Optional.of("the region has no finite ends");
      }
      facts.add(
          SmtFact.between(
              SmtReal.of(box.low().doubleAt(i)), x.get(i), SmtReal.of(box.high().doubleAt(i))));
    }
    return Optional.empty();
  }

  private static Optional<String> ball(Region.Ball ball, List<SmtReal> x, SmtFacts facts) {
    if (ball.norm() == Region.Norm.L2) {
      return Optional.of("a Euclidean ball has no straight sides");
    }
    SmtReal radius = SmtReal.of(ball.radius());
    List<SmtReal> moves = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      SmtReal away = facts.magnitude(x.get(i).minus(SmtReal.of(ball.center().doubleAt(i))));
      facts.add(new SmtFact.AtMost(away, radius));
      moves.add(away);
    }
    if (ball.norm() == Region.Norm.L1) {
      facts.add(new SmtFact.AtMost(new SmtReal.Sum(moves), radius));
    }
    return Optional.empty();
  }
}
