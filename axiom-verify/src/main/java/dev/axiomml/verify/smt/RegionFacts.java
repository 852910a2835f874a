package dev.axiomml.verify.smt;

import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Regions as facts about inputs. */
final class RegionFacts {
  private RegionFacts() {}

  /**
   * Writes down where the inputs lie; answers why it cannot be.
   *
   * @param names of the inputs, in order; what is given is no input any more
   */
  static Optional<String> write(
      Region region, List<String> names, List<EncodedValue> in, SmtFacts facts) {
    long tensors = names.stream().filter(name -> shape(region.of(name)).isPresent()).count();
    if (tensors > 1) {
      return Optional.of("the region does not fit the inputs, or is not resolved");
    }
    Optional<String> fault = Optional.empty();
    for (int i = 0; i < in.size() && fault.isEmpty(); i++) {
      fault = one(region.of(names.get(i)), in.get(i), facts);
    }
    return fault;
  }

  private static Optional<String> one(Region region, EncodedValue in, SmtFacts facts) {
    if (region instanceof Region.Range range) {
      return range(range, in, facts);
    }
    if (region instanceof Region.Everything) {
      return range(new Region.Range(-Float.MAX_VALUE, Float.MAX_VALUE), in, facts);
    }
    Optional<Tensor> shape = shape(region);
    if (shape.isEmpty() || shape.get().size() != in.elements().size()) {
      return Optional.of("the region does not fit the inputs, or is not resolved");
    }
    return region instanceof Region.Box box
        ? box(box, in.elements(), facts)
        : ball((Region.Ball) region, in.elements(), facts);
  }

  private static Optional<Tensor> shape(Region region) {
    if (region instanceof Region.Box box) {
      return box.low().size() == box.high().size() ? Optional.of(box.low()) : Optional.empty();
    }
    return region instanceof Region.Ball ball ? Optional.of(ball.center()) : Optional.empty();
  }

  private static Optional<String> range(Region.Range range, EncodedValue in, SmtFacts facts) {
    if (!Double.isFinite(range.low()) || !Double.isFinite(range.high())) {
      return Optional.of("the region has no finite ends");
    }
    for (SmtReal x : in.elements()) {
      facts.add(SmtFact.between(SmtReal.of(range.low()), x, SmtReal.of(range.high())));
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
