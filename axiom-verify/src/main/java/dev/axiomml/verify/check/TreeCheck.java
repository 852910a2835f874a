package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.check.integer.CellKnowledge;
import dev.axiomml.verify.check.integer.CheckRefusal;
import dev.axiomml.verify.check.integer.CheckedRegion;
import dev.axiomml.verify.check.integer.ExactRounding;
import dev.axiomml.verify.check.integer.IntegerForms;
import dev.axiomml.verify.check.integer.IntegerForward;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Follows a proof tree: both sides of a cut cover what was cut, whatever the cut is, and on every
 * leaf the formula is shown again.
 *
 * <p>A leaf is looked at in short numbers first and in long ones where those do not show it. One
 * box is in memory at a time, and the cuts above it. Used once.
 */
final class TreeCheck {
  private static final int SHOWN = 3;
  private final List<IntegerForms> ways;
  private final ExactRounding rounding;
  private final Statement statement;
  private final Statement denied;
  private final Deque<Side> path = new ArrayDeque<>();
  private final Map<IntegerForms, CellKnowledge> root = new HashMap<>();
  private long leaves;

  /** A cut above the present box, on one side of which it lies. */
  private static final class Side {
    final int input;
    final int element;
    final Dyadic at;
    final Dyadic end;
    boolean high;
    final Map<IntegerForms, CellKnowledge> known = new HashMap<>();

    Side(ProofLine.Cursor cut, Dyadic end) {
      this(cut.input(), cut.element(), Dyadic.of(cut.at()), end);
    }

    private Side(int input, int element, Dyadic at, Dyadic end) {
      this.input = input;
      this.element = element;
      this.at = at;
      this.end = end;
    }

    /** Cuts a box to this side. */
    void narrow(CheckedRegion box) {
      Dyadic[] ends = (high ? box.lo() : box.hi()).get(input);
      ends[element] = high ? ends[element].max(at) : ends[element].min(at);
    }

    @Override
    public String toString() {
      return "x" + input + "[" + element + "] " + (high ? "≥ " : "≤ ") + at;
    }
  }

  /**
   * @param denied what holds where the statement does not
   */
  TreeCheck(IntegerForms forms, ExactRounding rounding, Statement statement, Statement denied) {
    this.ways = Stream.concat(forms.inShort().stream(), Stream.of(forms)).toList();
    this.rounding = rounding;
    this.statement = statement;
    this.denied = denied;
  }

  /** How many boxes were looked at. */
  long leaves() {
    return leaves;
  }

  /** Ends where a place is not confirmed, with the cuts above it. */
  void follow(ProofLine proof, CheckedRegion whole) {
    CheckedRegion box = whole.copy();
    ProofLine.Cursor at = proof.cursor();
    do {
      at.next();
      if (at.isLeaf()) {
        leaf(at.method(), box, whole);
        leave(at, box);
      } else {
        enter(at, box);
      }
    } while (!path.isEmpty());
  }

  private void leaf(ProofMethod method, CheckedRegion box, CheckedRegion whole) {
    exact().meter().leaf();
    leaves++;
    boolean inherits = isLinear(method) && !path.isEmpty();
    if (!(inherits && shown(box, whole))
        && ways.stream().noneMatch(way -> shown(way, statement, box, method))) {
      String leaf = "leaf " + method + (path.isEmpty() ? "" : " at " + place());
      throw box.inside()
              .filter(point -> shown(exact(), denied, point, ProofMethod.INTERVAL))
              .isPresent()
          ? CheckRefusal.of(leaf + " is not confirmed: the claim breaks there", "")
          : CheckRefusal.wide(leaf + " is not confirmed");
    }
  }

  private void enter(ProofLine.Cursor at, CheckedRegion box) {
    if (!box.has(at.input(), at.element())) {
      throw CheckRefusal.of(
          "there is no x" + at.input() + "[" + at.element() + "] to cut", place());
    }
    Dyadic[] highs = box.hi().get(at.input());
    Side side = new Side(at, highs[at.element()]);
    path.push(side);
    highs[side.element] = side.end.min(side.at);
    if (box.isEmpty(side.input, side.element)) {
      at.skip();
      leave(at, box);
    }
  }

  /** Goes on from a side that is shown to the next that is not; empty ones are passed over. */
  private void leave(ProofLine.Cursor at, CheckedRegion box) {
    while (!path.isEmpty()) {
      Side side = path.pop();
      if (side.high) {
        box.lo().get(side.input)[side.element] = side.end;
        continue;
      }
      box.hi().get(side.input)[side.element] = side.end;
      Dyadic[] lows = box.lo().get(side.input);
      Side other = other(side, lows[side.element]);
      lows[side.element] = other.end.max(other.at);
      path.push(other);
      if (!box.isEmpty(side.input, side.element)) {
        return;
      }
      at.skip();
    }
  }

  private static Side other(Side side, Dyadic end) {
    Side other = new Side(side.input, side.element, side.at, end);
    other.high = true;
    return other;
  }

  /** The outermost and the innermost cuts. */
  private String place() {
    List<String> cuts = new ArrayList<>();
    Iterator<Side> from = path.descendingIterator();
    for (int i = 0; from.hasNext(); i++) {
      String cut = from.next().toString();
      if (i < SHOWN || i >= path.size() - SHOWN) {
        cuts.add(cut);
      } else if (i == SHOWN) {
        cuts.add("…");
      }
    }
    return String.join(" › ", cuts);
  }

  /** A backward walk is tried for the methods that name one. */
  private static boolean isLinear(ProofMethod method) {
    return method == ProofMethod.LINEAR || method == ProofMethod.EXACT;
  }

  /** The way of the longest numbers. */
  private IntegerForms exact() {
    return ways.get(ways.size() - 1);
  }

  /**
   * A leaf by what is known of the boxes around it; where short numbers do not show it, in long
   * ones by what short ones show of those, for any range that is shown will do.
   */
  private boolean shown(CheckedRegion leaf, CheckedRegion whole) {
    return IntStream.range(0, ways.size())
        .anyMatch(
            i -> {
              CellKnowledge above = around(ways.get(i), whole);
              return ways.stream().skip(i).anyMatch(way -> shown(way, above, leaf));
            });
  }

  private boolean shown(IntegerForms way, CellKnowledge above, CheckedRegion leaf) {
    return holds(way, statement, IntegerForward.within(above, way, leaf, rounding), true);
  }

  private boolean shown(IntegerForms way, Statement claim, CheckedRegion cell, ProofMethod method) {
    boolean linear = isLinear(method);
    return holds(way, claim, IntegerForward.of(way, cell, rounding, linear), linear);
  }

  private boolean holds(IntegerForms way, Statement claim, CellKnowledge known, boolean linear) {
    return new IntegerJudge(new TermRanges(way, known, rounding, linear)).shows(claim);
  }

  /**
   * What is known of the box around a leaf's from what is known of each box around it, from the
   * outermost in: only ranges on which a function still bends are made tighter again.
   */
  private CellKnowledge around(IntegerForms way, CheckedRegion whole) {
    CheckedRegion box = whole.copy();
    CellKnowledge above =
        root.computeIfAbsent(way, own -> IntegerForward.of(own, box, rounding, true).forParts());
    Iterator<Side> from = path.descendingIterator();
    Side side = from.next();
    while (from.hasNext()) {
      side.narrow(box);
      CellKnowledge around = above;
      above =
          side.known.computeIfAbsent(
              way, own -> IntegerForward.within(around, own, box, rounding).forParts());
      side = from.next();
    }
    return above;
  }
}
