package dev.axiomml.interop.fuzz;

import dev.axiomml.interop.file.ModelFile;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.safetensors.file.SafeTensorsFile;
import java.nio.file.Path;

/** Any bytes as safetensors. */
public final class SafeTensorsFuzz {
  private SafeTensorsFuzz() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Refusals.allowed(
        () -> SafeTensorsFile.read(ModelFile.of(Path.of("fuzz"), FileRegion.of(bytes))).toMap());
  }
}
