package dev.axiomml.interop.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The operator set in which each operator of the standard domain first stood. */
final class OnnxFirstOpsets {
  private static final Map<String, Integer> FIRST = read();

  private OnnxFirstOpsets() {}

  /** 1 for operators of other domains. */
  static int of(String op) {
    return FIRST.getOrDefault(op, 1);
  }

  private static Map<String, Integer> read() {
    Map<String, Integer> first = new HashMap<>();
    try (InputStream in =
        OnnxFirstOpsets.class.getResourceAsStream("/dev/axiomml/interop/onnx/operators.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .map(line -> line.split("\t", -1))
          .filter(cells -> cells[0].isEmpty())
          .forEach(cells -> first.merge(cells[1], Integer.parseInt(cells[2]), Math::min));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return first;
  }
}
