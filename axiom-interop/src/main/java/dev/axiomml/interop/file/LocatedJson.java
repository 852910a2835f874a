package dev.axiomml.interop.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value with its place, so that every missing or wrong field is an error that names it.
 *
 * @param node the value
 * @param place where it is
 */
public record LocatedJson(JsonNode node, FilePlace place) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /**
   * Parses a text. @throws dev.axiomml.core.error.ModelImportException when it is no JSON object
   */
  public static LocatedJson parse(String text, FilePlace place) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return new LocatedJson(node, place).object();
    } catch (JsonProcessingException e) {
      Diagnosis diagnosis =
          new Diagnosis(
              "not readable as JSON: " + e.getOriginalMessage(),
              "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()),
              "the text must be one complete JSON object",
              "write the file again; it may have been cut");
      throw place.fault(diagnosis, e);
    }
  }

  private LocatedJson object() {
    if (!node.isObject()) {
      throw wrong("an object");
    }
    return this;
  }

  /** A field that must be there. */
  public LocatedJson at(String field) {
    JsonNode found = node.get(field);
    if (found == null) {
      throw place.fault(
          "field " + field + " is missing",
          "the format requires it here",
          "write the file again with a newer PyTorch");
    }
    return new LocatedJson(found, place.in(field));
  }

  /** Whether a field is there and not null. */
  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** The elements of a list. */
  public List<LocatedJson> list() {
    if (!node.isArray()) {
      throw wrong("a list");
    }
    List<LocatedJson> elements = new ArrayList<>();
    for (JsonNode element : node) {
      elements.add(new LocatedJson(element, place.in("" + elements.size())));
    }
    return elements;
  }

  /** The fields of an object, in the file's order. */
  public Map<String, LocatedJson> fields() {
    object();
    Map<String, LocatedJson> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      fields.put(entry.getKey(), new LocatedJson(entry.getValue(), place.in(entry.getKey())));
    }
    return fields;
  }

  /** The only field of a tagged union: its tag and its value. */
  public Map.Entry<String, LocatedJson> only() {
    Map<String, LocatedJson> fields = fields();
    if (fields.size() != 1) {
      throw wrong("an object of one field");
    }
    return fields.entrySet().iterator().next();
  }

  /** A text. */
  public String text() {
    if (!node.isTextual()) {
      throw wrong("a text");
    }
    return node.textValue();
  }

  /** A whole number. */
  public long whole() {
    if (!node.canConvertToLong() || !node.isIntegralNumber()) {
      throw wrong("a whole number");
    }
    return node.longValue();
  }

  /** A number; infinities and NaN are written as text. */
  public double number() {
    if (node.isTextual()) {
      String text = node.textValue();
      if (text.matches("-?Infinity|NaN")) {
        return Double.parseDouble(text);
      }
    }
    if (!node.isNumber()) {
      throw wrong("a number");
    }
    return node.doubleValue();
  }

  /** A boolean. */
  public boolean flag() {
    if (!node.isBoolean()) {
      throw wrong("true or false");
    }
    return node.booleanValue();
  }

  /** Whether it is null. */
  public boolean isNull() {
    return node.isNull();
  }

  /** An error: something else was expected here. */
  public RuntimeException wrong(String expected) {
    return place.fault(
        "expected " + expected + ", got " + node,
        "the format says so for this field",
        "write the file again");
  }
}
