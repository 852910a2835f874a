package dev.axiomml.verify.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Changes to a certificate's text, one to three at a time, field by field. */
final class CertificateMutation {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String[] WORDS =
      ("float32|real|proved|proved over the reals|refuted|tested|unknown|compare|check|"
           + "argmax|argmax_stays|true|and|or|not|implies|le|lt|ge|gt|eq|near|output|x|"
           + "softmax|no_nan|no_inf|finite|valid_probabilities|element|reduce|constant|binary|"
           + "sum|max|min|norm1|norm2|norminf|plus|minus|times|range|box|ball|declared|named|x|gain|rate|memory|state|ids|everything|linf|l1|l2|NaN|Infinity|-Infinity||L|S|I|E|0.0@3f000000"
           + " L L")
          .split("\\|", -1);
  private static final double[] NUMBERS =
      java.util.Arrays.stream(
              ("0 -0.0 1 -1 2 3 0.1 0.5 1e-7 -1e-7 1e-45 1e30 3.5e38 1e39 "
                      + "1e308 5e-324 77 -5 2147483647 1099511627776")
                  .split(" "))
          .mapToDouble(Double::parseDouble)
          .toArray();

  private final Random random;

  /** One node in its parent. */
  private record Place(JsonNode parent, String name, int index) {
    JsonNode get() {
      return parent.isObject() ? parent.get(name) : parent.get(index);
    }

    void set(JsonNode node) {
      if (parent instanceof ObjectNode object) {
        object.set(name, node);
      } else {
        ((ArrayNode) parent).set(index, node);
      }
    }
  }

  CertificateMutation(Random random) {
    this.random = random;
  }

  /** A changed certificate; another one lends parts. */
  String of(String text, String other) {
    try {
      JsonNode root = MAPPER.readTree(text);
      JsonNode lender = MAPPER.readTree(other);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        change(root, lender);
      }
      String changed = MAPPER.writeValueAsString(root);
      return random.nextInt(12) == 0 ? broken(changed) : changed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cut, doubled or with another character. */
  private String broken(String text) {
    int at = random.nextInt(text.length());
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.replaceFirst("\"version\":1", "\"version\":1,\"version\":1");
      case 2 -> text.replaceFirst("\"verdict\"", "\"verdict\":{\"is\":\"true\"},\"verdict\"");
      default -> text.substring(0, at) + (char) (32 + random.nextInt(95)) + text.substring(at + 1);
    };
  }

  private void change(JsonNode root, JsonNode lender) {
    List<Place> places = places(root.get("claims"));
    List<Place> others = places(lender.get("claims"));
    if (places.isEmpty()) {
      return;
    }
    Place at = places.get(random.nextInt(places.size()));
    JsonNode node = at.get();
    if (random.nextInt(4) == 0) {
      List<Place> same = others.stream().filter(p -> p.name().equals(at.name())).toList();
      if (!same.isEmpty()) {
        at.set(same.get(random.nextInt(same.size())).get().deepCopy());
      }
    } else if (node.isNumber()) {
      at.set(number(node));
    } else if (node.isTextual()) {
      at.set(MAPPER.getNodeFactory().textNode(text(at.name(), node.textValue())));
    } else {
      structure(at, places);
    }
  }

  private JsonNode number(JsonNode node) {
    double value = NUMBERS[random.nextInt(NUMBERS.length)];
    double near = node.doubleValue() + (random.nextBoolean() ? 1e-7 : -0.25);
    double chosen = random.nextInt(3) == 0 ? near : value;
    boolean whole = chosen == Math.rint(chosen) && Math.abs(chosen) < 1e15 && random.nextBoolean();
    return whole
        ? MAPPER.getNodeFactory().numberNode((long) chosen)
        : MAPPER.getNodeFactory().numberNode(chosen);
  }

  private String text(String name, String old) {
    if (name.equals("bytes")) {
      byte[] bytes = Base64.getDecoder().decode(old);
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      return Base64.getEncoder().encodeToString(bytes);
    }
    return name.equals("tree") && random.nextInt(4) > 0
        ? tree(old)
        : WORDS[random.nextInt(WORDS.length)];
  }

  private String tree(String old) {
    String[] words = old.split(" ");
    int at = random.nextInt(words.length);
    words[at] =
        switch (random.nextInt(5)) {
          case 0 -> String.valueOf("LISE".charAt(random.nextInt(4)));
          case 1 -> "";
          case 2 -> words[at] + " L";
          case 3 -> random.nextInt(3) + "." + random.nextInt(4) + "@3f000000";
          default -> "0.0@" + Integer.toHexString(Float.floatToIntBits(random.nextFloat()));
        };
    return random.nextInt(3) == 0 ? "L" : String.join(" ", words).trim();
  }

  /** A part swapped with another of the same name, or taken out. */
  private void structure(Place at, List<Place> places) {
    List<Place> same = places.stream().filter(p -> p.name().equals(at.name()) && p != at).toList();
    if (at.parent() instanceof ObjectNode object && random.nextInt(6) == 0) {
      object.remove(at.name());
    } else if (!same.isEmpty()) {
      at.set(same.get(random.nextInt(same.size())).get().deepCopy());
    }
  }

  private static List<Place> places(JsonNode from) {
    List<Place> places = new ArrayList<>();
    collect(from, places);
    return places;
  }

  private static void collect(JsonNode node, List<Place> to) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              to.add(new Place(node, name, -1));
              collect(node.get(name), to);
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      to.add(new Place(node, "", i));
      collect(node.get(i), to);
    }
  }
}
