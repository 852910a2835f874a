package dev.axiomml.interop.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the standard says of its operators: since when they stand, how many operands they have. */
final class OnnxFirstOpsets {
  private static final List<String[]> ROWS = read();

  private static final int OPERANDS = 3;

  private OnnxFirstOpsets() {}

  /** 1 for operators of other domains. */
  static int of(String op) {
    return rows(op).mapToInt(OnnxFirstOpsets::since).min().orElse(1);
  }

  /** How many operands a node of an operator set may have; 0 where that is not known. */
  static int operands(String op, int opset) {
    return rows(op)
        .filter(row -> since(row) <= opset)
        .max(Comparator.comparing(OnnxFirstOpsets::since))
        .map(row -> row[OPERANDS].split(" ").length)
        .orElse(0);
  }

  private static Stream<String[]> rows(String op) {
    return ROWS.stream().filter(row -> row[0].isEmpty() && row[1].equals(op));
  }

  private static int since(String[] row) {
    return Integer.parseInt(row[2]);
  }

  private static List<String[]> read() {
    try (InputStream in =
        OnnxFirstOpsets.class.getResourceAsStream("/dev/axiomml/interop/onnx/operators.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
