package dev.axiomml.interop.pytorch.aten;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One overload of an operator with its arguments in order, as PyTorch declares them.
 *
 * @param name without name space
 * @param overload {@code default} where PyTorch leaves it empty
 * @param parameters in order
 */
record AtenSchema(String name, String overload, List<Parameter> parameters) {
  AtenSchema {
    parameters = List.copyOf(parameters);
  }

  /**
   * A declared argument.
   *
   * @param type as PyTorch writes it, e.g. {@code SymInt[2]?}
   * @param named whether it is given by name only
   * @param standard its default; empty where it has none
   */
  record Parameter(String name, String type, boolean named, Optional<AtenItem> standard) {
    /** Arguments that move or lay out tensors and never change a value. */
    private static final Set<String> INERT =
        Set.of("non_blocking", "pin_memory", "requires_grad", "device", "memory_format");

    private static final String LAYOUT = "Layout?";

    static Parameter of(String word) {
      int colon = word.indexOf(':');
      boolean named = word.charAt(0) == '*';
      String rest = word.substring(colon + 1);
      int equals = rest.indexOf('=');
      return new Parameter(
          word.substring(named ? 1 : 0, colon),
          equals < 0 ? rest : rest.substring(0, equals),
          named,
          equals < 0 ? Optional.empty() : Optional.of(literal(rest.substring(equals + 1))));
    }

    /** Whether an argument that nothing reads changes nothing: inert, or equal to the default. */
    boolean saysNothing(AtenItem item) {
      boolean rows = type.equals(LAYOUT) && item.equals(AtenItem.of(0));
      boolean inert = INERT.contains(name) || type.startsWith("Generator");
      return inert || rows || standard.filter(own -> same(own, item)).isPresent();
    }

    /** Equal as values; one number stands for a list of it. */
    private static boolean same(AtenItem own, AtenItem item) {
      if (own instanceof AtenItem.Many list && !(item instanceof AtenItem.Many)) {
        return !list.items().isEmpty() && list.items().stream().allMatch(one -> same(one, item));
      }
      if (item instanceof AtenItem.Many && !(own instanceof AtenItem.Many)) {
        return same(item, own);
      }
      Optional<Double> number = number(own);
      return number.isPresent() ? number.equals(number(item)) : own.equals(item);
    }

    private static Optional<Double> number(AtenItem item) {
      if (item instanceof AtenItem.Real real) {
        return Optional.of(real.value());
      }
      return item instanceof AtenItem.Size size && size.dim().isFixed()
          ? Optional.of((double) size.dim().value())
          : Optional.empty();
    }
  }

  /** Reads {@code max.dim self:Tensor dim:int keepdim:bool=False}. */
  static AtenSchema of(String line) {
    String[] words = line.split(" ");
    int dot = words[0].lastIndexOf('.');
    List<Parameter> parameters = Stream.of(words).skip(1).map(Parameter::of).toList();
    return new AtenSchema(words[0].substring(0, dot), words[0].substring(dot + 1), parameters);
  }

  /** The name with the overload. */
  String key() {
    return name + "." + overload;
  }

  /** The position of a parameter, or −1. */
  int position(String parameter) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(parameter)) {
        return i;
      }
    }
    return -1;
  }

  private static AtenItem literal(String text) {
    if (text.startsWith("[")) {
      List<AtenItem> items = new ArrayList<>();
      String inner = text.substring(1, text.length() - 1);
      for (String one : inner.isEmpty() ? new String[0] : inner.split(",")) {
        items.add(literal(one));
      }
      return new AtenItem.Many(items);
    }
    if (text.startsWith("\"")) {
      return new AtenItem.Text(text.substring(1, text.length() - 1));
    }
    return switch (text) {
      case "None" -> AtenItem.NOTHING;
      case "True" -> new AtenItem.Flag(true);
      case "False" -> new AtenItem.Flag(false);
      default ->
          text.matches("-?\\d+")
              ? AtenItem.of(Long.parseLong(text))
              : new AtenItem.Real(Double.parseDouble(text));
    };
  }
}
