package dev.axiomml.interop.onnx.rules.text;

import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code StringNormalizer} does to a text.
 *
 * @param action how capital and small letters are changed
 * @param exact whether words to leave out are compared by case too
 * @param stops the words to leave out, in small letters where case does not count
 * @param locale whose letters
 */
record TextCase(String action, boolean exact, Set<String> stops, Locale locale) {
  private static final List<String> ACTIONS = List.of("NONE", "LOWER", "UPPER");

  TextCase {
    stops = Set.copyOf(stops);
  }

  static TextCase of(OnnxNodeContext at) {
    String action = at.attributes().text("case_change_action", "NONE");
    if (!ACTIONS.contains(action)) {
      throw at.refuse("case_change_action " + action, ACTIONS + " are known");
    }
    boolean exact = at.attributes().flag("is_case_sensitive", false);
    Locale locale = locale(at);
    Set<String> stops = new HashSet<>();
    at.attributes()
        .texts("stopwords")
        .orElse(List.of())
        .forEach(word -> stops.add(exact ? word : word.toLowerCase(locale)));
    return new TextCase(action, exact, stops, locale);
  }

  private static Locale locale(OnnxNodeContext at) {
    String name = at.attributes().text("locale", "");
    String tag = name.replaceFirst("\\..*", "").replace('_', '-');
    if (tag.isEmpty() || tag.equals("C") || tag.equals("POSIX")) {
      return Locale.ROOT;
    }
    try {
      return new Locale.Builder().setLanguageTag(tag).build();
    } catch (IllformedLocaleException e) {
      throw at.refuse("locale " + name, "it must be like en_US");
    }
  }

  boolean keeps(String text) {
    return !stops.contains(exact ? text : text.toLowerCase(locale));
  }

  String of(String text) {
    return switch (action) {
      case "LOWER" -> text.toLowerCase(locale);
      case "UPPER" -> text.toUpperCase(locale);
      default -> text;
    };
  }
}
