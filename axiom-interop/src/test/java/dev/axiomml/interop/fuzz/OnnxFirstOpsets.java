package dev.axiomml.interop.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the standard says of its operators: since when they stand, how many operands they have. */
final class OnnxFirstOpsets {
  private static final List<String[]> ROWS = read();

  private static final int OPERANDS = 3;
  private static final int SETTINGS = 5;

  private OnnxFirstOpsets() {}

  /** 1 for operators of other domains. */
  static int of(String op) {
    return rows("", op).mapToInt(OnnxFirstOpsets::since).min().orElse(1);
  }

  /** How many operands a node may have; 0 where that is not known. */
  static int operands(OnnxDraft node) {
    return row(node).map(row -> row[OPERANDS].split(" ").length).orElse(0);
  }

  /** The settings that a node may have, each with its kind: {@code axis:INT=0}. */
  static List<String> settings(OnnxDraft node) {
    return row(node).map(row -> List.of(row[SETTINGS].split(" "))).orElse(List.of());
  }

  private static Optional<String[]> row(OnnxDraft node) {
    int opset = node.domain().isEmpty() ? node.opset() : 1;
    return rows(node.domain(), node.op())
        .filter(row -> since(row) <= opset)
        .max(Comparator.comparing(OnnxFirstOpsets::since));
  }

  private static Stream<String[]> rows(String domain, String op) {
    return ROWS.stream().filter(row -> row[0].equals(domain) && row[1].equals(op));
  }

  private static int since(String[] row) {
    return Integer.parseInt(row[2]);
  }

  private static List<String[]> read() {
    try (InputStream in =
        OnnxFirstOpsets.class.getResourceAsStream("/dev/axiomml/interop/onnx/node/operators.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
