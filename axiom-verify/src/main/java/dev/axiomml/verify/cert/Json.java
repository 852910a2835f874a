package dev.axiomml.verify.cert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import java.util.Locale;

/** JSON with limits: depth 256, texts of 128 Mi characters, no duplicate names, nothing after. */
final class Json {
  private static final int DEPTH = 256;
  private static final int TEXT = 1 << 27;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(TEXT)
                          .maxNumberLength(64)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode number(ObjectNode to, String name, double value) {
    return Double.isFinite(value) ? to.put(name, value) : to.put(name, String.valueOf(value));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new CertificateException(
          new Diagnosis(
              "no JSON that a certificate could be: " + e.getOriginalMessage(),
              "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()),
              "a certificate is one JSON object, nested at most " + DEPTH + " deep",
              "take the file as it was written by report.certificate().save(path)"),
          e);
    }
  }

  static String text(JsonNode node, boolean pretty) {
    try {
      return pretty
          ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node)
          : MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }
}
