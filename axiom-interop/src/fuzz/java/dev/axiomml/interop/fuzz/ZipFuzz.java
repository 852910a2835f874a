package dev.axiomml.interop.fuzz;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.file.ZipArchive;

/** Any bytes as a zip archive, each record read. */
public final class ZipFuzz {
  private ZipFuzz() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Refusals.allowed(
        () -> {
          ZipArchive zip = ZipArchive.open(FileRegion.of(bytes), new FilePlace("fuzz"));
          zip.names().forEach(zip::record);
        });
  }
}
