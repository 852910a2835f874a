package dev.axiomml.verify.check.integer;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.SumOp;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Ranges of sums met with their linear bounds. */
final class RangeTightening {
  /** Two columns an element: its least value, and that of its negative. */
  private static final int ELEMENTS = 32;

  private final IntegerForms forms;
  private final CellKnowledge known;

  RangeTightening(IntegerForms forms, CellKnowledge known) {
    this.forms = forms;
    this.known = known;
  }

  /** The range of a value, its chosen elements made tighter; of other values as it is. */
  IntegerRange of(Value value, IntegerRange range, IntPredicate which) {
    int[] chosen = IntStream.range(0, range.size()).filter(which).toArray();
    if (!range.isBounded() || chosen.length == 0 || !isSum(value)) {
      return range;
    }
    FloorSums lo = range.lowEnds();
    FloorSums negatedHi = range.negatedHighEnds();
    for (int from = 0; from < chosen.length; from += ELEMENTS) {
      int[] some = Arrays.copyOfRange(chosen, from, Math.min(chosen.length, from + ELEMENTS));
      IntegerRows rows = IntegerRows.units(range.size(), some, range.bits());
      IntegerBackward walk = IntegerBackward.walk(forms, known, Map.of(value, rows));
      for (int i = 0; i < some.length; i++) {
        walk.raise(lo, some[i], 2 * i);
        walk.raise(negatedHi, some[i], 2 * i + 1);
      }
    }
    return IntegerRange.of(lo, negatedHi, range.bits());
  }

  private boolean isSum(Value value) {
    return forms.graph().producer(value).filter(node -> node.op() instanceof SumOp).isPresent();
  }
}
