package dev.axiomml.interop.pytorch;

import dev.axiomml.core.model.Model;
import dev.axiomml.interop.pytorch.descriptor.DescriptorWriter;
import java.nio.file.Path;

/**
 * The descriptor {@code axiom.pytorch.sequential.v1}: a network of layers in a row as JSON, weights
 * included, in PyTorch's names and layouts. {@link PyTorch#load} reads it.
 *
 * <p>Numbers are kept bit for bit. About five times as large as other formats.
 *
 * <pre>{@code
 * Descriptor.save(model, Path.of("digits.json"));
 * }</pre>
 */
public final class Descriptor {
  private Descriptor() {}

  /**
   * Writes a model; the file is written aside and moved into place.
   *
   * @throws dev.axiomml.core.error.ModelExportException naming the first node that is no layer in a
   *     row, or when the file cannot be written
   */
  public static void save(Model<?> model, Path path) {
    DescriptorWriter.write(model, path);
  }
}
