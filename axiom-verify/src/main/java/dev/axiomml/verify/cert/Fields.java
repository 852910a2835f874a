package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object that is read with suspicion: what is missing, of another kind or unknown is refused
 * with its place.
 *
 * @param node the object
 * @param place where it stands, e.g. {@code claims[2].proof}
 */
record Fields(JsonNode node, String place) {
  Fields {
    if (!node.isObject()) {
      throw malformed(place, "an object", node);
    }
  }

  static CertificateException malformed(String place, String wanted, Object found) {
    String text = String.valueOf(found);
    return new CertificateException(
        new Diagnosis(
            "expected " + wanted + ", found " + text.substring(0, Math.min(60, text.length())),
            place,
            "a certificate follows its format to the letter, or nothing in it can be trusted",
            "take the file as it was written by report.certificate().save(path)"));
  }

  static CertificateException refused(String place, String wanted, RuntimeException cause) {
    return new CertificateException(
        malformed(place, wanted, String.valueOf(cause.getMessage())).diagnosis(), cause);
  }

  /** Refuses fields of other names. */
  Fields only(String... known) {
    Set<String> names = Set.of(known);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw malformed(place, "one of the fields " + List.of(known), name);
              }
            });
    return this;
  }

  boolean has(String name) {
    return node.has(name);
  }

  private JsonNode required(String name) {
    return Optional.ofNullable(node.get(name))
        .orElseThrow(() -> malformed(place, "the field " + name, "none"));
  }

  String text(String name) {
    JsonNode field = required(name);
    if (!field.isTextual()) {
      throw malformed(place + "." + name, "text", field);
    }
    return field.textValue();
  }

  /** A double; infinities and NaN are written as text. */
  double number(String name) {
    JsonNode field = required(name);
    if (field.isNumber()) {
      return field.doubleValue();
    }
    return switch (field.asText()) {
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      case "NaN" -> Double.NaN;
      default -> throw malformed(place + "." + name, "a number", field);
    };
  }

  long whole(String name) {
    JsonNode field = required(name);
    if (!field.isIntegralNumber() || !field.canConvertToLong()) {
      throw malformed(place + "." + name, "a whole number", field);
    }
    return field.longValue();
  }

  Fields object(String name) {
    return new Fields(required(name), place + "." + name);
  }

  List<Fields> objects(String name) {
    List<Fields> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      list.add(new Fields(element, place + "." + name + "[" + list.size() + "]"));
    }
    return list;
  }

  List<String> texts(String name) {
    List<String> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isTextual()) {
        throw malformed(place + "." + name, "text", element);
      }
      list.add(element.textValue());
    }
    return list;
  }

  List<Integer> indices(String name) {
    List<Integer> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isInt() || element.intValue() < 0) {
        throw malformed(place + "." + name, "a whole number from 0 on", element);
      }
      list.add(element.intValue());
    }
    return list;
  }

  <E extends Enum<E>> E choice(String name, E[] values) {
    String text = text(name);
    for (E value : values) {
      if (value.name().toLowerCase(java.util.Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw malformed(place + "." + name, "one of " + List.of(values), text);
  }

  private JsonNode array(String name) {
    JsonNode field = required(name);
    if (!field.isArray()) {
      throw malformed(place + "." + name, "a list", field);
    }
    return field;
  }
}
