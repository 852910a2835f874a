package dev.axiomml.interop.fuzz;

import dev.axiomml.interop.onnx.Onnx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any bytes as an ONNX model. */
public final class OnnxFuzz {
  private static final Path FILE = Path.of("target/fuzz/input.onnx");

  private OnnxFuzz() {}

  /** One input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Files.write(FILE, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Refusals.allowed(() -> Onnx.load(FILE));
  }
}
