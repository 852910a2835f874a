package dev.axiomml.cli.demo;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The tour's model and digits, unpacked into a folder.
 *
 * @param folder where they are, and where certificate and report go
 */
record DemoFiles(Path folder) {
  private static final String[] NAMES = {
    "digits.pt2",
    "digits.json",
    "digits-test-images.npy",
    "digits-test-labels.npy",
    "digits-test-outputs.npy"
  };

  /** Unpacks into a folder, which is made when it is missing. */
  static DemoFiles into(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String name : NAMES) {
        unpack(name, folder.resolve(name));
      }
      return new DemoFiles(folder);
    } catch (IOException e) {
      throw new ModelExportException(
          new Diagnosis(
              "cannot write to " + folder,
              "axiom demo",
              String.valueOf(e),
              "give a folder that can be written: axiom demo --out DIR"),
          e);
    }
  }

  private static void unpack(String name, Path target) throws IOException {
    try (InputStream in = DemoFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build of Axiom lacks " + name);
      }
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A file by name. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** An array by name. */
  Tensor array(String name) {
    return Npy.read(file(name));
  }
}
