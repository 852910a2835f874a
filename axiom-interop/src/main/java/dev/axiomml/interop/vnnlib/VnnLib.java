package dev.axiomml.interop.vnnlib;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.file.GzipStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Questions about networks in VNN-LIB, versions 1.0 and 2, in files that may be packed by gzip.
 *
 * <pre>{@code
 * VnnQuery query = VnnLib.read(Path.of("prop_1.vnnlib"));
 * }</pre>
 */
public final class VnnLib {
  private static final int LARGEST = 1 << 30;

  private VnnLib() {}

  /**
   * The query in a file.
   *
   * @throws ModelImportException when it cannot be read, or saying line, column and reason where it
   *     is no query
   */
  public static VnnQuery read(Path file) {
    FilePlace place = FilePlace.of(file);
    try (InputStream bytes = GzipStream.unpacked(Files.newInputStream(file))) {
      byte[] text = bytes.readNBytes(LARGEST);
      if (text.length == LARGEST) {
        throw place.fault("a query of 1 GiB", "a query is smaller than 1 GiB", "split it");
      }
      return parse(new String(text, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw place.fault(
          new Diagnosis(
              "cannot read " + file + ": " + FilePlace.shown(String.valueOf(e)),
              "",
              "a query is a text in VNN-LIB, plain or packed by gzip",
              "check the path, or copy the file again"),
          e);
    }
  }

  /**
   * The query in a text.
   *
   * @param file its name, for errors
   * @throws ModelImportException saying line, column and reason where it is no query
   */
  public static VnnQuery parse(String text, String file) {
    VnnTokens tokens = new VnnTokens(text, file);
    return tokens.opens("vnnlib-version")
        ? new NetworkQueryReader(tokens).read()
        : new PlainQueryReader(tokens).read();
  }
}
