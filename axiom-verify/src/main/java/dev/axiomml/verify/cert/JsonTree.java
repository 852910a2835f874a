package dev.axiomml.verify.cert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.Writer;

/**
 * JSON as a tree of bounded size: at most {@link #VALUES} values, and long texts kept a byte a
 * character, so that a file takes little more memory than it is long.
 */
final class JsonTree {
  /** More values than a thousand claims have. */
  static final int VALUES = 1 << 18;

  private static final int LONG = 1 << 10;
  private final JsonParser parser;
  private int values;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads one value and demands that nothing comes after it. */
  static JsonNode read(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    JsonNode root = new JsonTree(parser).value(first);
    if (parser.nextToken() != null) {
      throw StrictFields.malformed("certificate", "one JSON object", "more after its end");
    }
    return root;
  }

  private JsonNode value(JsonToken token) throws IOException {
    if (++values > VALUES) {
      throw StrictFields.malformed("certificate", "at most " + VALUES + " values", "more of them");
    }
    if (token == null) {
      throw StrictFields.malformed("certificate", "a value", "the end of the text");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> text();
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> DoubleNode.valueOf(parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(token == JsonToken.VALUE_TRUE);
      default -> NullNode.getInstance();
    };
  }

  private ObjectNode object() throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      node.set(name, value(parser.nextToken()));
    }
    return node;
  }

  private ArrayNode array() throws IOException {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    for (JsonToken at = parser.nextToken(); at != JsonToken.END_ARRAY; at = parser.nextToken()) {
      node.add(value(at));
    }
    return node;
  }

  private JsonNode whole() throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? BigIntegerNode.valueOf(parser.getBigIntegerValue())
        : LongNode.valueOf(parser.getLongValue());
  }

  private JsonNode text() throws IOException {
    int length = parser.getTextLength();
    if (length < LONG) {
      return TextNode.valueOf(parser.getText());
    }
    Bytes bytes = new Bytes(length);
    parser.getText(bytes);
    return bytes.plain ? new POJONode(bytes.all) : TextNode.valueOf(parser.getText());
  }

  /** Characters as bytes, while they fit one. */
  private static final class Bytes extends Writer {
    private final byte[] all;
    private boolean plain = true;
    private int size;

    Bytes(int length) {
      all = new byte[length];
    }

    @Override
    public void write(char[] from, int start, int count) {
      for (int i = start; i < start + count; i++) {
        plain &= from[i] < 128;
        all[size++] = (byte) from[i];
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
