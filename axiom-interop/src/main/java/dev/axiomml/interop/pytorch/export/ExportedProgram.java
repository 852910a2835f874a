package dev.axiomml.interop.pytorch.export;

import dev.axiomml.interop.file.FileKind;
import dev.axiomml.interop.file.LocatedJson;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.file.ZipArchive;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.weights.StateDict;

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
  public static AtenProgram read(ModelFile file) {
    ZipArchive archive = ZipArchive.open(file.bytes(), file.place());
    if (archive.has(OLD)) {
      LocatedJson program = LocatedJson.parse(archive.text(OLD), archive.place().in(OLD));
      return ProgramReader.read(program, pickled(file, archive)::tensor);
    }
    return framed(archive);
  }

  /**
   * Its parameters and persistent buffers under the names they have in the module.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is cut or damaged
   */
  public static StateDict tensors(ModelFile file) {
    ZipArchive archive = ZipArchive.open(file.bytes(), file.place());
    return archive.has(OLD)
        ? pickled(file, archive)
        : weights(archive, graph(archive)).named(file.place());
  }

  /** The state dict that lies as a checkpoint inside of the older layout. */
  private static StateDict pickled(ModelFile file, ZipArchive archive) {
    String reason = "an exported program keeps its weights in " + WEIGHTS;
    return dev.axiomml.interop.pytorch.file.WeightTensors.of(
        new ModelFile(file.path(), FileKind.TORCH_ZIP, reason, archive.record(WEIGHTS)));
  }

  private static AtenProgram framed(ZipArchive archive) {
    String record = graph(archive);
    LocatedJson program = LocatedJson.parse(archive.text(record), archive.place().in(record));
    return ProgramReader.read(program, weights(archive, record)::find);
  }

  /** What lies beside the record of a graph. */
  private static ExportWeights weights(ZipArchive archive, String record) {
    int models = record.indexOf("models/");
    String name = record.substring(models + "models/".length(), record.length() - ".json".length());
    return ExportWeights.of(archive, record.substring(0, models), name);
  }

  /** The record of the graph: {@code ROOT/models/NAME.json}, the first by name. */
  private static String graph(ZipArchive archive) {
    return archive.names().stream()
        .filter(n -> n.matches("([^/]*/)?models/[^/]+\\.json"))
        .sorted()
        .findFirst()
        .orElseThrow(
            () ->
                archive
                    .place()
                    .fault(
                        "no models/….json in the archive",
                        "an exported program holds its graph there",
                        "save the model with torch.export.save"));
  }
}
