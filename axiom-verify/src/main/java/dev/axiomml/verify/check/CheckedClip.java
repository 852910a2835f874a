package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.property.statement.ExactExpression;
import dev.axiomml.core.property.statement.ExtremumExpression;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.verify.check.integer.CheckedRegion;
import dev.axiomml.verify.check.integer.IntegerPlane;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a box to where an input that breaks a statement may lie, by what its rows are at least: a
 * row that has to be zero or less lies in half of the space.
 */
final class CheckedClip {
  private static final int ROUNDS = 3;
  private static final int TRIES = 4;

  private final TermRanges amounts;
  private final IntegerJudge judge;

  CheckedClip(TermRanges amounts) {
    this.amounts = amounts;
    this.judge = new IntegerJudge(amounts);
  }

  /** What is left of a box; empty where nothing can break the statement. */
  Optional<CheckedRegion> of(Statement statement, CheckedRegion box) {
    judge.expect(statement);
    Optional<CheckedRegion> left = Optional.of(box);
    for (int round = 0; round < ROUNDS && left.isPresent(); round++) {
      left = left.flatMap(part -> cut(statement, part));
    }
    return left;
  }

  private Optional<CheckedRegion> cut(Statement statement, CheckedRegion box) {
    if (statement instanceof Statement.All all) {
      return all.parts().stream()
          .filter(part -> !judge.holds(part))
          .map(part -> cut(part, box))
          .flatMap(Optional::stream)
          .reduce(CheckedClip::around);
    }
    if (statement instanceof Statement.Any any) {
      Optional<CheckedRegion> left = Optional.of(box);
      for (Statement part : any.parts()) {
        left = left.flatMap(rest -> cut(part, rest));
      }
      return left;
    }
    return statement instanceof Statement.Sign sign ? cut(sign, box) : Optional.of(box);
  }

  private Optional<CheckedRegion> cut(Statement.Sign sign, CheckedRegion box) {
    Optional<ExtremumExpression> lattice = sign.expression().lattice();
    return lattice.isEmpty()
        ? Optional.of(box)
        : lattice.get().rows().stream()
            .map(row -> cut(row, box))
            .flatMap(Optional::stream)
            .reduce(CheckedClip::around);
  }

  /** Where all of some expressions are zero or less. */
  private Optional<CheckedRegion> cut(List<ExactExpression> row, CheckedRegion box) {
    CheckedRegion left = box.copy();
    for (ExactExpression entry : row) {
      amounts
          .plane(ElementCombination.of(entry, amounts.subjects()))
          .ifPresent(plane -> cut(plane, left));
    }
    return Optional.of(left).filter(part -> !part.isEmpty());
  }

  private static void cut(IntegerPlane plane, CheckedRegion box) {
    Dyadic least = plane.constant();
    for (int input = 0; input < box.lo().size(); input++) {
      Dyadic[] slopes = plane.slopes().get(input);
      for (int i = 0; i < slopes.length; i++) {
        least = least.plus(lowest(slopes[i], box, input, i));
      }
    }
    for (int input = 0; input < box.lo().size(); input++) {
      Dyadic[] slopes = plane.slopes().get(input);
      for (int i = 0; i < slopes.length; i++) {
        Dyadic room = lowest(slopes[i], box, input, i).minus(least);
        limit(slopes[i], room).ifPresent(end(box, input, i, slopes[i].sign() > 0));
      }
    }
  }

  private static java.util.function.Consumer<Dyadic> end(
      CheckedRegion box, int input, int i, boolean high) {
    Dyadic[] ends = (high ? box.hi() : box.lo()).get(input);
    return at -> ends[i] = high ? ends[i].min(at) : ends[i].max(at);
  }

  private static Dyadic lowest(Dyadic slope, CheckedRegion box, int input, int i) {
    return slope.sign() == 0
        ? Dyadic.ZERO
        : slope.times((slope.sign() > 0 ? box.lo() : box.hi()).get(input)[i]);
  }

  /** An end beyond which {@code slope·x} is more than there is room for; shown by multiplying. */
  private static Optional<Dyadic> limit(Dyadic slope, Dyadic room) {
    double near = slope.sign() == 0 ? Double.NaN : room.ceilDouble() / slope.floorDouble();
    for (int i = 0; i < TRIES && Math.abs(near) <= Double.MAX_VALUE; i++) {
      near = slope.sign() > 0 ? Math.nextUp(near) : Math.nextDown(near);
      Dyadic end = Dyadic.of(near);
      if (!slope.times(end).below(room)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  /** The smallest region around both. */
  static CheckedRegion around(CheckedRegion first, CheckedRegion second) {
    CheckedRegion all = first.copy();
    for (int input = 0; input < all.lo().size(); input++) {
      Dyadic[] lo = all.lo().get(input);
      Dyadic[] hi = all.hi().get(input);
      for (int i = 0; i < lo.length; i++) {
        lo[i] = lo[i].min(second.lo().get(input)[i]);
        hi[i] = hi[i].max(second.hi().get(input)[i]);
      }
    }
    return all;
  }
}
