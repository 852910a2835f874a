package dev.axiomml.cli.vnn;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the table of a benchmark's instances, {@code verdicts.csv}. */
public final class VerdictTable {
  private static final String FILE = "verdicts.csv";
  private static final List<String> COLUMNS =
      List.of("benchmark", "onnx", "vnnlib", "timeout", "verdict", "evidence", "fastest_time");

  private final Path file;
  private final List<String> header;

  private VerdictTable(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /** The rows of a folder's table. @throws ModelImportException where it has none */
  public static List<VerdictRow> read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
      return new VerdictTable(file, header).rows(lines);
    } catch (IOException e) {
      throw refused(file, "cannot read " + file + ": " + e, "instances stand in " + FILE);
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private List<VerdictRow> rows(List<String> lines) {
    if (!header.containsAll(COLUMNS)) {
      throw refused(file, "a table with the columns " + header, "it has the columns " + COLUMNS);
    }
    List<VerdictRow> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(row(i + 1, cells(lines.get(i))));
      }
    }
    return rows;
  }

  private VerdictRow row(int line, List<String> cells) {
    if (cells.size() < header.size()) {
      String what = "line " + line + " has " + cells.size() + " cells";
      throw refused(file, what, "each row has a cell for each of the columns " + header);
    }
    List<String> row = COLUMNS.stream().map(column -> cells.get(header.indexOf(column))).toList();
    Optional<Double> fastest =
        row.get(6).isEmpty() ? Optional.empty() : Optional.of(seconds(line, row.get(6)));
    return new VerdictRow(
        row.get(0),
        row.get(1),
        row.get(2),
        seconds(line, row.get(3)),
        new VerdictRow.KnownVerdict(row.get(4), row.get(5), fastest));
  }

  private double seconds(int line, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw refused(file, "line " + line + ": " + text, "times are numbers of seconds");
    }
  }

  private static ModelImportException refused(Path file, String what, String why) {
    return new ModelImportException(
        new Diagnosis(what, file.toString(), why, "give the folder of a benchmark's " + FILE));
  }
}
