package dev.axiomml.interop.onnx.rules.ml;

import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoublePredicate;

/** The questions of a {@code TreeEnsemble} by number; sets are stated in a row, NaN after each. */
final class TreeMembers {
  private static final int MEMBER = 6;

  private final OnnxNodeContext at;
  private final double[] values;
  private int next;

  TreeMembers(OnnxNodeContext at) {
    this.at = at;
    this.values =
        at.attributes()
            .tensor("membership_values")
            .map(proto -> ForestReader.tensor(at, proto).toDoubles())
            .orElse(new double[0]);
  }

  /** The question of the next node. */
  DoublePredicate test(long mode, double bound) {
    if (mode == MEMBER) {
      Set<Double> set = set();
      return x -> set.contains(x + 0.0);
    }
    List<TreeQuestion> known = List.of(TreeQuestion.values());
    if (mode < 0 || mode >= known.size()) {
      throw at.refuse("mode " + mode, "modes 0 to 6 are known");
    }
    return known.get((int) mode).at(bound);
  }

  /** The two zeros are one. */
  private Set<Double> set() {
    Set<Double> set = new HashSet<>();
    while (next < values.length && !Double.isNaN(values[next])) {
      set.add(values[next++] + 0.0);
    }
    next++;
    return set;
  }
}
