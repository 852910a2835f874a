package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import java.nio.charset.StandardCharsets;
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
record StrictFields(JsonNode node, String place) {
  StrictFields {
    if (!node.isObject()) {
      throw malformed(place, "an object", node);
    }
  }

  static CertificateException malformed(String place, String wanted, Object found) {
    String text =
        found instanceof JsonNode json && !json.isValueNode()
            ? (json.isObject() ? "an object" : "a list")
            : String.valueOf(found);
    return new CertificateException(
        expected(wanted, text.substring(0, Math.min(60, text.length())), place));
  }

  private static Diagnosis expected(String wanted, String found, String place) {
    return new Diagnosis(
        "expected " + wanted + ", found " + found,
        place,
        "a certificate follows its format to the letter, or nothing in it can be trusted",
        "take the file as it was written by report.certificate().save(path)");
  }

  static CertificateException refused(String place, String wanted, RuntimeException cause) {
    return new CertificateException(
        expected(wanted, "one refused: " + cause.getMessage(), place), cause);
  }

  /** Refuses fields of other names. */
  StrictFields only(String... known) {
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
    return text(required(name), place + "." + name);
  }

  private static String text(JsonNode field, String place) {
    if (field instanceof POJONode node && node.getPojo() instanceof byte[] ascii) {
      return new String(ascii, StandardCharsets.ISO_8859_1);
    }
    if (!field.isTextual()) {
      throw malformed(place, "text", field);
    }
    return field.textValue();
  }

  /** A text a byte a character, with {@code ?} where one does not fit; not copied. */
  byte[] ascii(String name) {
    JsonNode field = required(name);
    return field instanceof POJONode node && node.getPojo() instanceof byte[] ascii
        ? ascii
        : text(name).getBytes(StandardCharsets.US_ASCII);
  }

  /** A text where the field is there. */
  Optional<String> optional(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
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

  StrictFields object(String name) {
    return new StrictFields(required(name), place + "." + name);
  }

  List<StrictFields> objects(String name) {
    List<StrictFields> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      list.add(new StrictFields(element, place + "." + name + "[" + list.size() + "]"));
    }
    return list;
  }

  List<String> texts(String name) {
    List<String> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      list.add(text(element, place + "." + name));
    }
    return list;
  }

  List<Integer> indices(String name) {
    List<Integer> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isIntegralNumber() || !element.canConvertToInt() || element.intValue() < 0) {
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
