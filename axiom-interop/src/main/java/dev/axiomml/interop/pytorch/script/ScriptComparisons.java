package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Comparisons and logic of what is known; a comparison of sizes may stay open. */
final class ScriptComparisons {
  static final Set<String> NAMES = Set.of("eq", "ne", "lt", "le", "gt", "ge");

  private ScriptComparisons() {}

  /** The truth; empty where one of the arguments is a tensor. */
  static Optional<ScriptValue> apply(String name, MethodFrame at, List<ScriptValue> given) {
    if (given.size() != 2 || given.stream().anyMatch(x -> isTensor(at, x))) {
      return Optional.empty();
    }
    return TorchFunctions.some(compared(name, at, given));
  }

  private static boolean isTensor(MethodFrame at, ScriptValue thing) {
    return thing instanceof ScriptValue.Held held
        && at.recording().isTensor(held.item())
        && !(at.settled(thing) instanceof AtenItem.Many);
  }

  private static ScriptValue compared(String name, MethodFrame at, List<ScriptValue> given) {
    ScriptValue a = given.get(0);
    ScriptValue b = given.get(1);
    if (isList(a) && isList(b)) {
      ScriptValue equal = lists(at, at.things(a), at.things(b));
      return name.equals("ne") ? negated(at, equal) : equal;
    }
    AtenItem left = at.settled(a);
    AtenItem right = at.settled(b);
    if (left instanceof AtenItem.Size x && right instanceof AtenItem.Size y) {
      return sizes(name, x.dim(), y.dim());
    }
    boolean numbers = at.recording().isNumeric(left) && at.recording().isNumeric(right);
    if (numbers) {
      return ScriptValue.of(holds(name, Double.compare(number(at, left), number(at, right))));
    }
    return ScriptValue.of(left.equals(right) == name.equals("eq"));
  }

  private static boolean isList(ScriptValue thing) {
    return thing instanceof ScriptValue.Listed
        || (thing instanceof ScriptValue.Held held && held.item() instanceof AtenItem.Many);
  }

  private static double number(MethodFrame at, AtenItem item) {
    return item instanceof AtenItem.Real real ? real.value() : at.whole(new ScriptValue.Held(item));
  }

  private static ScriptValue lists(MethodFrame at, List<ScriptValue> a, List<ScriptValue> b) {
    if (a.size() != b.size()) {
      return ScriptValue.of(false);
    }
    List<ScriptValue> parts =
        IntStream.range(0, a.size())
            .mapToObj(i -> compared("eq", at, List.of(a.get(i), b.get(i))))
            .toList();
    return logic(at, parts, true);
  }

  /** Sizes are at least one where they are symbols. */
  private static ScriptValue sizes(String name, Dim a, Dim b) {
    Dim difference = a.minus(b);
    if (difference.isFixed()) {
      return ScriptValue.of(holds(name, Long.signum(difference.value())));
    }
    boolean positive = a.toString().matches("[A-Za-z_]\\w*") && b.isFixed() && b.value() < 1;
    return positive ? ScriptValue.of(holds(name, 1)) : new ScriptValue.Open(a, b, name);
  }

  private static boolean holds(String name, int sign) {
    return switch (name) {
      case "eq" -> sign == 0;
      case "ne" -> sign != 0;
      case "lt" -> sign < 0;
      case "le" -> sign <= 0;
      case "gt" -> sign > 0;
      default -> sign >= 0;
    };
  }

  /** Python's {@code is}: the same tensor, or both None. */
  static boolean same(MethodFrame at, List<ScriptValue> pair) {
    ScriptValue a = pair.get(0);
    ScriptValue b = pair.get(1);
    boolean held = a instanceof ScriptValue.Held && b instanceof ScriptValue.Held;
    return held ? at.item(a).equals(at.item(b)) : a == b;
  }

  static Optional<ScriptValue> not(MethodFrame at, List<ScriptValue> given) {
    ScriptValue x = given.get(0);
    return isTensor(at, x) ? Optional.empty() : TorchFunctions.some(negated(at, x));
  }

  private static ScriptValue negated(MethodFrame at, ScriptValue x) {
    return x instanceof ScriptValue.Open open
        ? open.negated()
        : ScriptValue.of(!new BranchChoice(at).truth(x));
  }

  /** Whether all of some truths hold, or one does. */
  static Optional<ScriptValue> all(MethodFrame at, List<ScriptValue> given, boolean all) {
    return given.stream().anyMatch(x -> isTensor(at, x))
        ? Optional.empty()
        : TorchFunctions.some(logic(at, given, all));
  }

  static Optional<ScriptValue> over(MethodFrame at, List<ScriptValue> given, boolean all) {
    boolean list = given.size() == 1 && isList(given.get(0));
    return list ? all(at, at.things(given.get(0)), all) : Optional.empty();
  }

  private static ScriptValue logic(MethodFrame at, List<ScriptValue> parts, boolean all) {
    Optional<ScriptValue> open = Optional.empty();
    for (ScriptValue part : parts) {
      if (part instanceof ScriptValue.Open) {
        open = Optional.of(open.isEmpty() ? part : open.get());
      } else if (new BranchChoice(at).truth(part) != all) {
        return ScriptValue.of(!all);
      }
    }
    return open.orElse(ScriptValue.of(all));
  }
}
