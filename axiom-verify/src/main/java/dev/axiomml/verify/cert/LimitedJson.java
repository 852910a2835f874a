package dev.axiomml.verify.cert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * JSON with limits: depth 256, texts of 128 Mi characters, at most {@link JsonTree#VALUES} values,
 * no duplicate names, nothing after.
 */
final class LimitedJson {
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
          .build();

  private LimitedJson() {}

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
    try (JsonParser parser = MAPPER.createParser(text)) {
      return parse(parser);
    } catch (IOException e) {
      throw new IllegalStateException("a text can always be read", e);
    }
  }

  /** Reads UTF-8 bytes as they come. @throws IOException when the stream cannot be read */
  static JsonNode parse(java.io.InputStream from) throws IOException {
    try (JsonParser parser = MAPPER.createParser(from)) {
      return parse(parser);
    }
  }

  private static JsonNode parse(JsonParser parser) throws IOException {
    try {
      return JsonTree.read(parser);
    } catch (JsonProcessingException | java.io.CharConversionException e) {
      boolean placed = e instanceof JsonProcessingException json && json.getLocation() != null;
      String line = placed ? "" + ((JsonProcessingException) e).getLocation().getLineNr() : "?";
      String what =
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      throw new CertificateException(
          new Diagnosis(
              "no JSON that a certificate could be: " + what,
              "line " + line,
              "a certificate is one JSON object in UTF-8, nested at most " + DEPTH + " deep",
              "take the file as it was written by report.certificate().save(path)"),
          e);
    }
  }

  static void write(JsonNode node, boolean pretty, OutputStream to) throws IOException {
    com.fasterxml.jackson.databind.ObjectWriter writer =
        pretty ? MAPPER.writerWithDefaultPrettyPrinter() : MAPPER.writer();
    writer
        .without(com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValue(to, node);
  }
}
