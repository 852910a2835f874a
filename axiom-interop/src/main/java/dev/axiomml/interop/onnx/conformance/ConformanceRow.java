package dev.axiomml.interop.onnx.conformance;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import java.io.IOException;
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
public record ConformanceRow(double relative, double absolute, boolean compared) {
  public static final ConformanceRow USUAL = new ConformanceRow(1e-3, 1e-7, true);

  /** The rows of an index by suite/test; none where there is no file. */
  public static Map<String, ConformanceRow> of(Path index) {
    Map<String, ConformanceRow> rows = new HashMap<>();
    if (!Files.exists(index)) {
      return rows;
    }
    try {
      List<String> lines = Files.readAllLines(index);
      List<String> names =
          Arrays.asList(lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1));
      for (int i = 1; i < lines.size(); i++) {
        List<String> cells = Arrays.asList(lines.get(i).split(",", -1));
        rows.put(cell(cells, names, "suite") + "/" + cell(cells, names, "test"), of(cells, names));
      }
      return rows;
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelImportException(
          new Diagnosis(
              "an index that cannot be read: " + e,
              index.toString(),
              "its first line names the columns, among them suite, test, golden, rtol and atol",
              "mend the file, or take it away for rtol 1e-3 and atol 1e-7"),
          e);
    }
  }

  private static ConformanceRow of(List<String> cells, List<String> names) {
    String golden = cell(cells, names, "golden");
    return new ConformanceRow(
        Double.parseDouble(cell(cells, names, "rtol")),
        Double.parseDouble(cell(cells, names, "atol")),
        golden.equals("ok") || golden.equals("check"));
  }

  private static String cell(List<String> cells, List<String> names, String name) {
    int column = names.indexOf(name);
    if (column < 0 || column >= cells.size()) {
      throw new IllegalArgumentException("no " + name + " in " + cells);
    }
    return cells.get(column);
  }
}
