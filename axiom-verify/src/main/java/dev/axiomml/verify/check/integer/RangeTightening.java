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
  private static final int ROWS = 64;
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
    for (int from = 0; from < chosen.length; from += ROWS) {
      int[] some = Arrays.copyOfRange(chosen, from, Math.min(chosen.length, from + ROWS));
      List<Optional<Dyadic>> low = least(value, some, 1);
      List<Optional<Dyadic>> high = least(value, some, -1);
      for (int i = 0; i < some.length; i++) {
        int element = some[i];
        lo[element] = low.get(i).map(lo[element]::max).orElse(lo[element]);
        hi[element] = high.get(i).map(Dyadic::negate).map(hi[element]::min).orElse(hi[element]);
      }
    }
    return IntegerRange.of(lo, hi);
  }

  private boolean isSum(Value value) {
    return forms.graph().producer(value).filter(node -> node.op() instanceof SumOp).isPresent();
  }

  private List<Optional<Dyadic>> least(Value value, int[] elements, int weight) {
    IntegerRows rows = IntegerRows.unit(value.type().shape().count(), elements, weight);
    return IntegerBackward.least(forms, known, Map.of(value, rows));
  }
}
