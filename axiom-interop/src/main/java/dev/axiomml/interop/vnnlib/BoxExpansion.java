package dev.axiomml.interop.vnnlib;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.interop.vnnlib.VnnCondition.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a query apart into boxes of inputs.
 *
 * <p>Only disjunctions whose every part limits an input are taken apart; all others stay in the
 * condition of a box, so nothing grows by a product of disjunctions about outputs.
 */
final class BoxExpansion {
  /** Beyond so many boxes, further disjunctions stay in the conditions. */
  private static final int MOST = 20_000;

  private final VnnQuery query;
  private final VnnTensor input;
  private final InputRounding rounding;

  /**
   * What limits inputs, and what else has to hold.
   *
   * @param shared conjunctions that hold as well; many others may share them
   */
  private record Conjunction(
      List<Comparison> limits, List<VnnCondition> rest, List<Conjunction> shared) {
    Conjunction() {
      this(new ArrayList<>(), new ArrayList<>(), List.of());
    }

    Conjunction with(Conjunction other) {
      return new Conjunction(List.of(), List.of(), List.of(this, other));
    }

    void addTo(List<Comparison> allLimits, List<VnnCondition> allRest) {
      shared.forEach(one -> one.addTo(allLimits, allRest));
      allLimits.addAll(limits);
      allRest.addAll(rest);
    }
  }

  /** The limits of a box; two of the same are equal. */
  private record Limits(float[] low, float[] high) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Limits limits
          && Arrays.equals(low, limits.low)
          && Arrays.equals(high, limits.high);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
    }
  }

  BoxExpansion(VnnQuery query, InputRounding rounding) {
    this.query = query;
    this.input = query.input();
    this.rounding = rounding;
  }

  InputBoxes boxes() {
    Map<Limits, List<VnnCondition>> conditions = new LinkedHashMap<>();
    int empty = 0;
    for (Conjunction conjunction : expanded(query.asserted())) {
      List<Comparison> limiting = new ArrayList<>();
      List<VnnCondition> rest = new ArrayList<>();
      conjunction.addTo(limiting, rest);
      Limits limits = limits(limiting);
      if (isEmpty(limits)) {
        empty++;
      } else {
        conditions.computeIfAbsent(limits, found -> new ArrayList<>()).add(VnnCondition.all(rest));
      }
    }
    List<InputBox> boxes = new ArrayList<>();
    conditions.forEach(
        (limits, any) ->
            boxes.add(
                new InputBox(
                    limits.low, limits.high, query.output().first(), VnnCondition.any(any))));
    return new InputBoxes(boxes, empty);
  }

  /** Conjunctions of which one holds exactly where the condition does. */
  private List<Conjunction> expanded(VnnCondition condition) {
    if (condition instanceof VnnCondition.All all) {
      return product(all.parts());
    }
    if (condition instanceof VnnCondition.Any any && isLimiting(any)) {
      List<Conjunction> expanded = new ArrayList<>();
      any.parts().forEach(part -> expanded.addAll(expanded(part)));
      return expanded;
    }
    return List.of(single(condition));
  }

  private Conjunction single(VnnCondition condition) {
    Conjunction single = new Conjunction();
    if (condition instanceof Comparison comparison && isLimit(comparison)) {
      single.limits.add(comparison);
    } else {
      single.rest.add(condition);
    }
    return single;
  }

  private List<Conjunction> product(List<VnnCondition> parts) {
    Conjunction common = new Conjunction();
    List<Conjunction> product = List.of(new Conjunction());
    for (VnnCondition part : parts) {
      List<Conjunction> expanded = expanded(part);
      if (expanded.size() == 1) {
        expanded.get(0).addTo(common.limits, common.rest);
      } else if ((long) product.size() * expanded.size() > MOST && product.size() > 1) {
        common.rest.add(part);
      } else {
        product = crossed(product, expanded);
      }
    }
    return product.stream().map(common::with).toList();
  }

  private static List<Conjunction> crossed(List<Conjunction> left, List<Conjunction> right) {
    List<Conjunction> crossed = new ArrayList<>();
    left.forEach(one -> right.forEach(other -> crossed.add(one.with(other))));
    return crossed;
  }

  private boolean isLimiting(VnnCondition condition) {
    if (condition instanceof VnnCondition.All all) {
      return all.parts().stream().anyMatch(this::isLimiting);
    }
    if (condition instanceof VnnCondition.Any any) {
      return any.parts().stream().allMatch(this::isLimiting);
    }
    return isLimit((Comparison) condition);
  }

  private boolean isLimit(Comparison comparison) {
    return comparison.relation() != VnnCondition.Relation.NE && comparison.isOfOne(input);
  }

  private Limits limits(List<Comparison> limiting) {
    float[] low = new float[input.size()];
    float[] high = new float[input.size()];
    Arrays.fill(low, InputRounding.NO_LOW);
    Arrays.fill(high, InputRounding.NO_HIGH);
    limiting.forEach(limit -> narrow(limit, low, high));
    for (int i = 0; i < low.length; i++) {
      if (low[i] == InputRounding.NO_LOW || high[i] == InputRounding.NO_HIGH) {
        throw unlimited(i, low[i] == InputRounding.NO_LOW ? "below" : "above");
      }
    }
    return new Limits(low, high);
  }

  private void narrow(Comparison limit, float[] low, float[] high) {
    int i = limit.sum().elements()[0] - input.first();
    low[i] = Math.max(low[i], rounding.low(limit));
    high[i] = Math.min(high[i], rounding.high(limit));
  }

  private PropertyException unlimited(int i, String side) {
    return new PropertyException(
        new Diagnosis(
            "element " + i + " of " + input + " has no limit " + side,
            query.file(),
            "every element of the input lies between two numbers, in each part of a disjunction of"
                + " inputs",
            "assert a smallest and a largest value of it, each in a comparison of its own"));
  }

  private static boolean isEmpty(Limits limits) {
    boolean empty = false;
    for (int i = 0; i < limits.low.length; i++) {
      empty |= limits.low[i] > limits.high[i];
    }
    return empty;
  }
}
