package dev.axiomml.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON into maps, lists, texts, doubles, booleans and {@code Optional.empty()} for null. */
public final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  public static Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.space();
    if (json.at != text.length()) {
      throw new IllegalArgumentException("more after the value at " + json.at);
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  public static List<?> list(Object value) {
    return (List<?>) value;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char next() {
    space();
    return text.charAt(at);
  }

  private boolean took(char wanted) {
    boolean there = next() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void require(char wanted) {
    if (!took(wanted)) {
      throw new IllegalArgumentException(wanted + " expected at " + at);
    }
  }

  private Object value() {
    return switch (next()) {
      case '{' -> map();
      case '[' -> list();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    require('{');
    if (took('}')) {
      return map;
    }
    do {
      space();
      String key = string();
      require(':');
      map.put(key, value());
    } while (took(','));
    require('}');
    return map;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    require('[');
    if (took(']')) {
      return list;
    }
    do {
      list.add(value());
    } while (took(','));
    require(']');
    return list;
  }

  /** Names in the fixtures hold no escapes; one would be an error here. */
  private String string() {
    require('"');
    int end = text.indexOf('"', at);
    String found = text.substring(at, end);
    if (found.contains("\\")) {
      throw new IllegalArgumentException("an escape at " + at);
    }
    at = end + 1;
    return found;
  }

  private Object word() {
    int from = at;
    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> Optional.empty();
      default -> Double.valueOf(word);
    };
  }
}
