package dev.axiomml.interop.pytorch.export;

import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.Json;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.file.Place;
import dev.axiomml.interop.file.ZipArchive;
import dev.axiomml.interop.pytorch.aten.Program;
import dev.axiomml.interop.weights.StateDict;
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

  private static final String WEIGHTS = "serialized_state_dict.pt";

  private ExportedProgram() {}

  /**
   * Its program.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is cut, damaged or of an unknown
   *     schema
   */
  public static Program read(ModelFile file) {
    ZipArchive archive = ZipArchive.open(file.bytes(), file.place());
    if (archive.has(OLD)) {
      Json program = Json.parse(archive.text(OLD), archive.place().in(OLD));
      return ProgramReader.read(program, pickled(file, archive)::tensor);
    }
    return framed(archive);
  }

  /** The state dict that lies as a checkpoint inside of the older layout. */
  private static StateDict pickled(ModelFile file, ZipArchive archive) {
    String reason = "an exported program keeps its weights in " + WEIGHTS;
    return dev.axiomml.interop.pytorch.file.Weights.of(
        new ModelFile(file.path(), FileKind.TORCH_ZIP, reason, archive.record(WEIGHTS)));
  }

  private static Program framed(ZipArchive archive) {
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
