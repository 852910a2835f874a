package dev.axiomml.interop.pytorch.aten;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of an ATen operator in order, with their defaults.
 *
 * @param names in order
 * @param defaults one for each name; {@link Item#NOTHING} where there is none
 */
record Schema(List<String> names, List<Item> defaults) {
  /** Reads {@code input weight bias stride=1 eps=1e-5 train=false approximate=none}. */
  static Schema of(String text) {
    List<String> names = new ArrayList<>();
    List<Item> defaults = new ArrayList<>();
    for (String word : text.split(" ")) {
      int at = word.indexOf('=');
      names.add(at < 0 ? word : word.substring(0, at));
      defaults.add(at < 0 ? Item.NOTHING : literal(word.substring(at + 1)));
    }
    return new Schema(names, defaults);
  }

  private static Item literal(String text) {
    if (text.equals("true") || text.equals("false")) {
      return new Item.Flag(text.equals("true"));
    }
    if (text.equals("[]")) {
      return new Item.Many(List.of());
    }
    if (text.matches("-?\\d+")) {
      return Item.of(Long.parseLong(text));
    }
    return text.matches("-?[\\d.]+(e-?\\d+)?")
        ? new Item.Real(Double.parseDouble(text))
        : new Item.Text(text);
  }

  /** The argument of a step for a parameter, else the default. */
  Item argument(Step step, String name) {
    int position = names.indexOf(name);
    if (position < 0) {
      throw new IllegalStateException(step.target().name() + " has no parameter " + name);
    }
    return step.argument(name, position).orElse(defaults.get(position));
  }
}
