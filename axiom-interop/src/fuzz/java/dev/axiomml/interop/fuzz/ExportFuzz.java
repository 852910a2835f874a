package dev.axiomml.interop.fuzz;

import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.export.ExportedProgram;
import java.nio.file.Path;
import java.util.Map;

/** Any bytes as the JSON of an exported program in an otherwise sound archive. */
public final class ExportFuzz {
  /** The archive, and the record in it that the fuzzer writes. */
  static final String ARCHIVE = "mlp/model.pt2";

  static final String RECORD = "model/models/model.json";
  private static final Map<String, byte[]> RECORDS = Fixtures.records(ARCHIVE);

  private ExportFuzz() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    byte[] zip = Fixtures.with(RECORDS, RECORD, bytes);
    Refusals.allowed(() -> ExportedProgram.read(ModelFile.of(Path.of("fuzz"), FileRegion.of(zip))));
  }
}
