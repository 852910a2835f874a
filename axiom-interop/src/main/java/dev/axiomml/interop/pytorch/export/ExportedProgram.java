package dev.axiomml.interop.pytorch.export;

import dev.axiomml.interop.file.Json;
import dev.axiomml.interop.file.Place;
import dev.axiomml.interop.file.ZipArchive;
import dev.axiomml.interop.pytorch.aten.Program;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A file of {@code torch.export.save}, in either archive layout: {@code models/NAME.json} with raw
 * weights (PyTorch 2.8 and newer), or {@code serialized_exported_program.json} with a pickled state
 * dict (before).
 */
public final class ExportedProgram {
  private static final String OLD = "serialized_exported_program.json";

  private ExportedProgram() {}

  /** Whether an archive is one. */
  public static boolean is(ZipArchive archive) {
    return archive.has(OLD) || model(archive).isPresent();
  }

  /**
   * Its program.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is cut, damaged or of an unknown
   *     schema
   */
  public static Program read(ZipArchive archive) {
    String record =
        model(archive)
            .orElseThrow(
                () ->
                    archive
                        .place()
                        .fault(
                            "no models/….json in the archive",
                            "an exported program holds its graph there",
                            "save the model with torch.export.save"));
    Place place = archive.place().in(record);
    Json program = Json.parse(archive.text(record), place);
    int models = record.indexOf("models/");
    String name = record.substring(models + "models/".length(), record.length() - ".json".length());
    Weights weights = Weights.of(archive, record.substring(0, models), name);
    return ProgramReader.read(program, weights::find);
  }

  /** The record of the graph: {@code ROOT/models/NAME.json}, the first by name. */
  private static Optional<String> model(ZipArchive archive) {
    List<String> found =
        archive.names().stream().filter(n -> n.matches("([^/]*/)?models/[^/]+\\.json")).toList();
    return new TreeSet<>(found).stream().findFirst();
  }
}
