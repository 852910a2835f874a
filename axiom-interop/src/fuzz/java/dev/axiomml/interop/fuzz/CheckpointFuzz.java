package dev.axiomml.interop.fuzz;

import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.pytorch.file.WeightTensors;
import java.nio.file.Path;

/**
 * Any bytes as a checkpoint of whatever kind they look like: zip, legacy stream, tar, safetensors.
 */
public final class CheckpointFuzz {
  private CheckpointFuzz() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Refusals.allowed(() -> WeightTensors.of(ModelFile.of(Path.of("fuzz"), FileRegion.of(bytes))).toMap());
  }
}
