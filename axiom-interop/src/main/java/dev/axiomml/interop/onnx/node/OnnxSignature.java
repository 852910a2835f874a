package dev.axiomml.interop.onnx.node;

import dev.axiomml.interop.onnx.proto.AttributeProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operands, results and settings that ONNX gives an operator in one of its versions, from the
 * table {@code operators.tsv}.
 *
 * @param since the operator set that introduced this version
 * @param in its operands
 * @param out its results
 * @param settings its settings by name
 * @param types the element types that each of its type variables may stand for
 */
public record OnnxSignature(
    int since,
    List<Formal> in,
    List<Formal> out,
    Map<String, Setting> settings,
    Map<String, Set<String>> types) {

  /** Whether an operand must be there. */
  enum Presence {
    REQUIRED,
    OPTIONAL,
    REPEATED,
    REPEATED_ANY
  }

  /**
   * An operand or a result.
   *
   * @param name its name in ONNX's documentation
   * @param type a type variable, or the only type it has
   * @param presence whether it must be there, and how often it may be
   */
  public record Formal(String name, String type, Presence presence) {
    boolean repeats() {
      return presence == Presence.REPEATED || presence == Presence.REPEATED_ANY;
    }
  }

  /**
   * A setting.
   *
   * @param kind its kind as ONNX spells it, {@code INTS} for one
   * @param required whether it must be stated
   * @param usual its default; empty where it has none, or none of one word
   */
  record Setting(String kind, boolean required, String usual) {
    /** Whether an attribute says no more than the default. */
    boolean isUsual(AttributeProto attribute) {
      return !usual.isEmpty()
          && switch (kind) {
            case "INT" -> attribute.getI() == Long.parseLong(usual);
            case "FLOAT" -> attribute.getF() == Float.parseFloat(usual);
            case "STRING" -> attribute.getS().equals(usual);
            default -> false;
          };
    }
  }

  private static final Map<String, TreeMap<Integer, String[]>> ROWS = rows();

  public OnnxSignature {
    in = List.copyOf(in);
    out = List.copyOf(out);
    settings = Map.copyOf(settings);
    types = Map.copyOf(types);
  }

  /** The signature that an operator has in an operator set; empty where ONNX knows none. */
  public static Optional<OnnxSignature> of(String domain, String op, int version) {
    return Optional.ofNullable(ROWS.get(domain + ":" + op))
        .map(versions -> versions.floorEntry(version))
        .map(row -> read(row.getKey(), row.getValue()));
  }

  /** Whether two operator sets say the same of an operator. */
  public static boolean isAlike(String domain, String op, int one, int other) {
    return of(domain, op, one)
        .filter(own -> of(domain, op, other).filter(o -> o.since() == own.since()).isPresent())
        .isPresent();
  }

  /** The formal operand or result at a position; empty beyond the last. */
  public static Optional<Formal> at(List<Formal> formals, int i) {
    int last = formals.size() - 1;
    if (i <= last) {
      return Optional.of(formals.get(i));
    }
    return last >= 0 && formals.get(last).repeats()
        ? Optional.of(formals.get(last))
        : Optional.empty();
  }

  private static Map<String, TreeMap<Integer, String[]>> rows() {
    Map<String, TreeMap<Integer, String[]>> rows = new HashMap<>();
    try (InputStream in = OnnxSignature.class.getResourceAsStream("operators.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        String[] cells = line.split("\t", -1);
        rows.computeIfAbsent(cells[0] + ":" + cells[1], key -> new TreeMap<>())
            .put(Integer.parseInt(cells[2]), cells);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(rows);
  }

  private static OnnxSignature read(int since, String[] cells) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (String word : words(cells[5])) {
      String[] parts = word.split("[:=]", 3);
      boolean required = parts[1].endsWith("!");
      String usual = parts.length > 2 ? parts[2] : "";
      settings.put(parts[0], new Setting(parts[1].replace("!", ""), required, usual));
    }
    Map<String, Set<String>> types = new HashMap<>();
    for (String word : words(cells[6])) {
      int sign = word.indexOf('=');
      types.put(word.substring(0, sign), Set.of(word.substring(sign + 1).split("\\|")));
    }
    return new OnnxSignature(since, formals(cells[3]), formals(cells[4]), settings, types);
  }

  private static List<String> words(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(" "));
  }

  private static List<Formal> formals(String cell) {
    List<Formal> formals = new ArrayList<>();
    for (String word : words(cell)) {
      int colon = word.lastIndexOf(':');
      Presence presence =
          switch (word.charAt(word.length() - 1)) {
            case '?' -> Presence.OPTIONAL;
            case '*' -> Presence.REPEATED;
            case '+' -> Presence.REPEATED_ANY;
            default -> Presence.REQUIRED;
          };
      int end = presence == Presence.REQUIRED ? word.length() : word.length() - 1;
      formals.add(new Formal(word.substring(0, colon), word.substring(colon + 1, end), presence));
    }
    return formals;
  }
}
