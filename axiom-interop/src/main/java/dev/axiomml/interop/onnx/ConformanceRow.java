package dev.axiomml.interop.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an index says of a test.
 *
 * @param relative tolerance relative to what is expected
 * @param absolute tolerance on top
 * @param compared whether the numbers count, else shape and type only
 */
record ConformanceRow(double relative, double absolute, boolean compared) {
  static final ConformanceRow USUAL = new ConformanceRow(1e-3, 1e-7, true);

  /** The rows of an index by suite/test; none where there is no file. */
  static Map<String, ConformanceRow> of(Path index) {
    Map<String, ConformanceRow> rows = new HashMap<>();
    if (!Files.exists(index)) {
      return rows;
    }
    try {
      List<String> lines = Files.readAllLines(index);
      List<String> names = Arrays.asList(lines.get(0).split(",", -1));
      for (String line : lines.subList(1, lines.size())) {
        List<String> cells = Arrays.asList(line.split(",", -1));
        String golden = cells.get(names.indexOf("golden"));
        rows.put(
            cells.get(names.indexOf("suite")) + "/" + cells.get(names.indexOf("test")),
            new ConformanceRow(
                Double.parseDouble(cells.get(names.indexOf("rtol"))),
                Double.parseDouble(cells.get(names.indexOf("atol"))),
                golden.equals("ok") || golden.equals("check")));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
