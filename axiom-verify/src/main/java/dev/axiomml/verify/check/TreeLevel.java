package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.verify.check.integer.CellKnowledge;
import dev.axiomml.verify.check.integer.CheckedRegion;
import dev.axiomml.verify.check.integer.HingeChoice;
import dev.axiomml.verify.check.integer.IntegerForms;
import dev.axiomml.verify.check.integer.IntegerRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A node of a proof tree above the present one, and what it makes of the box and of the statement
 * below it: first for what stands first below it, then for the next.
 */
interface TreeLevel {
  /** Whether nothing is left to be shown below. */
  default boolean isEmpty() {
    return false;
  }

  /** Goes on to what comes next below; false after the last, when everything is as it was above. */
  boolean next();

  /** Cuts a box as this level does. */
  default void narrow(CheckedRegion box) {}

  /** The parts of the statement that are asked for below, from those above. */
  default List<Statement> parts(List<Statement> above) {
    return above;
  }

  /** One coordinate cut in two. */
  final class Cut implements TreeLevel {
    private final CheckedRegion box;
    private final int input;
    private final int element;
    private final Dyadic at;
    private final Dyadic end;
    private Dyadic start = Dyadic.ZERO;
    private boolean high;
    private final Map<IntegerForms, CellKnowledge> known = new HashMap<>();

    Cut(CheckedRegion box, int input, int element, Dyadic at) {
      this.box = box;
      this.input = input;
      this.element = element;
      this.at = at;
      Dyadic[] highs = box.hi().get(input);
      this.end = highs[element];
      highs[element] = end.min(at);
    }

    @Override
    public boolean isEmpty() {
      return box.isEmpty(input, element);
    }

    @Override
    public boolean next() {
      Dyadic[] lows = box.lo().get(input);
      if (high) {
        lows[element] = start;
        return false;
      }
      box.hi().get(input)[element] = end;
      start = lows[element];
      lows[element] = start.max(at);
      high = true;
      known.clear();
      return true;
    }

    @Override
    public void narrow(CheckedRegion other) {
      Dyadic[] ends = (high ? other.lo() : other.hi()).get(input);
      ends[element] = high ? ends[element].max(at) : ends[element].min(at);
    }

    /** What is known of values on the side that is looked at, for its parts. */
    CellKnowledge known(IntegerForms way, Supplier<CellKnowledge> fresh) {
      return known.computeIfAbsent(way, own -> fresh.get());
    }

    @Override
    public String toString() {
      return "x" + input + "[" + element + "] " + (high ? "≥ " : "≤ ") + at;
    }
  }

  /** A box cut to where an input that breaks the statement may lie. */
  final class Clip implements TreeLevel {
    private final CheckedRegion box;
    private final CheckedRegion whole;
    private final Optional<CheckedRegion> part;

    Clip(CheckedRegion box, Optional<CheckedRegion> part) {
      this.box = box;
      this.whole = box.copy();
      this.part = part;
      narrow(box);
    }

    @Override
    public boolean isEmpty() {
      return part.isEmpty();
    }

    @Override
    public boolean next() {
      set(box, whole);
      return false;
    }

    @Override
    public void narrow(CheckedRegion other) {
      part.ifPresent(left -> other.meet(left));
    }

    private static void set(CheckedRegion box, CheckedRegion to) {
      for (int input = 0; input < box.lo().size(); input++) {
        Dyadic[] lo = to.lo().get(input);
        Dyadic[] hi = to.hi().get(input);
        System.arraycopy(lo, 0, box.lo().get(input), 0, lo.length);
        System.arraycopy(hi, 0, box.hi().get(input), 0, hi.length);
      }
    }

    @Override
    public String toString() {
      return "clip";
    }
  }

  /** A statement of several parts: one of them first, then the others. */
  final class Part implements TreeLevel {
    private final int first;
    private boolean rest;

    Part(int first) {
      this.first = first;
    }

    @Override
    public boolean next() {
      boolean more = !rest;
      rest = true;
      return more;
    }

    @Override
    public List<Statement> parts(List<Statement> above) {
      return IntStream.range(0, above.size())
          .mapToObj(k -> (k == first) == rest ? Statement.TRUE : above.get(k))
          .toList();
    }

    @Override
    public String toString() {
      return rest ? "parts but " + first : "part " + first;
    }
  }

  /** Names hinges that are split below, elements of the arguments of functions. */
  final class Hinges implements TreeLevel {
    private final List<HingeChoice> hinges;
    private final Map<IntegerForms, CellKnowledge> known = new HashMap<>();
    private final IntegerForms quick;

    /**
     * @param known of the box here
     */
    Hinges(List<HingeChoice> hinges, IntegerForms way, CellKnowledge known) {
      this.hinges = hinges;
      this.quick = way;
      this.known.put(way, known);
    }

    @Override
    public boolean next() {
      return false;
    }

    List<HingeChoice> hinges() {
      return hinges;
    }

    /** What is known of the box here. */
    CellKnowledge known(IntegerForms way, Supplier<CellKnowledge> fresh) {
      return known.computeIfAbsent(way, own -> fresh.get());
    }

    IntegerRange range(int hinge) {
      return Objects.requireNonNull(known.get(quick)).range(hinges.get(hinge).at().in().get(0));
    }

    @Override
    public String toString() {
      return hinges.size() + " hinges";
    }
  }

  /** One hinge on its lower piece, then on its upper. */
  final class Sides implements TreeLevel {
    private final Hinges among;
    private final int hinge;
    private boolean high;

    Sides(Hinges among, int hinge) {
      this.among = among;
      this.hinge = hinge;
    }

    int hinge() {
      return hinge;
    }

    int side() {
      return high ? 1 : -1;
    }

    @Override
    public boolean isEmpty() {
      int i = among.hinges().get(hinge).element();
      IntegerRange range = among.range(hinge);
      return high ? range.hi(i).sign() < 0 : range.lo(i).sign() > 0;
    }

    @Override
    public boolean next() {
      boolean more = !high;
      high = true;
      return more;
    }

    @Override
    public String toString() {
      return "hinge " + hinge + (high ? " ≥ 0" : " ≤ 0");
    }
  }
}
