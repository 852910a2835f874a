package dev.axiomml.interop.fuzz;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.script.ScriptReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Any bytes as the TorchScript source of the outermost module in an otherwise sound archive. */
public final class ScriptFuzz {
  /** The archive, and the record in it that the fuzzer writes. */
  static final String ARCHIVE = "cnn/script.pt";

  static final String RECORD =
      "script/code/__torch__/torch/nn/modules/container/___torch_mangle_27.py";
  private static final Map<String, byte[]> RECORDS = Fixtures.records(ARCHIVE);
  private static final List<InputSpec> INPUT = List.of(InputSpec.of(Shape.of(2, 12, 8)));

  private ScriptFuzz() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    byte[] zip = Fixtures.with(RECORDS, RECORD, bytes);
    Refusals.allowed(() -> ScriptReader.read(ModelFile.of(Path.of("fuzz"), FileRegion.of(zip)), INPUT));
  }
}
