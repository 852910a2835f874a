package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.SumOp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Dyadic[] lo = range.los();
    Dyadic[] hi = range.his();
    for (int from = 0; from < chosen.length; from += ELEMENTS) {
      int[] some = Arrays.copyOfRange(chosen, from, Math.min(chosen.length, from + ELEMENTS));
      List<Optional<Dyadic>> least = least(value, some);
      for (int i = 0; i < some.length; i++) {
        int element = some[i];
        lo[element] = least.get(2 * i).map(lo[element]::max).orElse(lo[element]);
        hi[element] =
            least.get(2 * i + 1).map(Dyadic::negate).map(hi[element]::min).orElse(hi[element]);
      }
    }
    return IntegerRange.of(lo, hi);
  }

  private boolean isSum(Value value) {
    return forms.graph().producer(value).filter(node -> node.op() instanceof SumOp).isPresent();
  }

  private List<Optional<Dyadic>> least(Value value, int[] elements) {
    IntegerRows rows = IntegerRows.units(value.type().shape().count(), elements);
    return IntegerBackward.least(forms, known, Map.of(value, rows));
  }
}
