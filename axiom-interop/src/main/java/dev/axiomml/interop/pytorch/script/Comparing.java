package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.Item;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Comparisons and logic of what is known; a comparison of sizes may stay open. */
final class Comparing {
  static final Set<String> NAMES = Set.of("eq", "ne", "lt", "le", "gt", "ge");

  private Comparing() {}

  /** The truth; empty where one of the arguments is a tensor. */
  static Optional<Thing> apply(String name, Frame at, List<Thing> given) {
    if (given.size() != 2 || given.stream().anyMatch(x -> isTensor(at, x))) {
      return Optional.empty();
    }
    return Functions.some(compared(name, at, given));
  }

  private static boolean isTensor(Frame at, Thing thing) {
    return thing instanceof Thing.Held held
        && at.recording().isTensor(held.item())
        && !(at.settled(thing) instanceof Item.Many);
  }

  private static Thing compared(String name, Frame at, List<Thing> given) {
    Thing a = given.get(0);
    Thing b = given.get(1);
    if (isList(a) && isList(b)) {
      Thing equal = lists(at, at.things(a), at.things(b));
      return name.equals("ne") ? negated(at, equal) : equal;
    }
    Item left = at.settled(a);
    Item right = at.settled(b);
    if (left instanceof Item.Size x && right instanceof Item.Size y) {
      return sizes(name, x.dim(), y.dim());
    }
    boolean numbers = at.recording().isNumeric(left) && at.recording().isNumeric(right);
    if (numbers) {
      return Thing.of(holds(name, Double.compare(number(at, left), number(at, right))));
    }
    return Thing.of(left.equals(right) == name.equals("eq"));
  }

  private static boolean isList(Thing thing) {
    return thing instanceof Thing.Listed
        || (thing instanceof Thing.Held held && held.item() instanceof Item.Many);
  }

  private static double number(Frame at, Item item) {
    return item instanceof Item.Real real ? real.value() : at.whole(new Thing.Held(item));
  }

  private static Thing lists(Frame at, List<Thing> a, List<Thing> b) {
    if (a.size() != b.size()) {
      return Thing.of(false);
    }
    List<Thing> parts =
        IntStream.range(0, a.size())
            .mapToObj(i -> compared("eq", at, List.of(a.get(i), b.get(i))))
            .toList();
    return logic(at, parts, true);
  }

  /** Sizes are at least one where they are symbols. */
  private static Thing sizes(String name, Dim a, Dim b) {
    Dim difference = a.minus(b);
    if (difference.isFixed()) {
      return Thing.of(holds(name, Long.signum(difference.value())));
    }
    boolean positive = a.toString().matches("[A-Za-z_]\\w*") && b.isFixed() && b.value() < 1;
    return positive ? Thing.of(holds(name, 1)) : new Thing.Open(a, b, name);
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
  static boolean same(Frame at, List<Thing> pair) {
    Thing a = pair.get(0);
    Thing b = pair.get(1);
    boolean held = a instanceof Thing.Held && b instanceof Thing.Held;
    return held ? at.item(a).equals(at.item(b)) : a == b;
  }

  static Optional<Thing> not(Frame at, List<Thing> given) {
    Thing x = given.get(0);
    return isTensor(at, x) ? Optional.empty() : Functions.some(negated(at, x));
  }

  private static Thing negated(Frame at, Thing x) {
    return x instanceof Thing.Open open ? open.negated() : Thing.of(!new Choice(at).truth(x));
  }

  /** Whether all of some truths hold, or one does. */
  static Optional<Thing> all(Frame at, List<Thing> given, boolean all) {
    return given.stream().anyMatch(x -> isTensor(at, x))
        ? Optional.empty()
        : Functions.some(logic(at, given, all));
  }

  static Optional<Thing> over(Frame at, List<Thing> given, boolean all) {
    boolean list = given.size() == 1 && isList(given.get(0));
    return list ? all(at, at.things(given.get(0)), all) : Optional.empty();
  }

  private static Thing logic(Frame at, List<Thing> parts, boolean all) {
    Optional<Thing> open = Optional.empty();
    for (Thing part : parts) {
      if (part instanceof Thing.Open) {
        open = Optional.of(open.isEmpty() ? part : open.get());
      } else if (new Choice(at).truth(part) != all) {
        return Thing.of(!all);
      }
    }
    return open.orElse(Thing.of(all));
  }
}
