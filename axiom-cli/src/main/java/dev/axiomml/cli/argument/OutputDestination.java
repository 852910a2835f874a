package dev.axiomml.cli.argument;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Places where answers go, looked at before the work begins. */
public final class OutputDestination {
  private OutputDestination() {}

  /** Refuses files that cannot be written, and one file for two answers. */
  public static void requireFiles(String option, List<Path> files) {
    for (Path file : files) {
      requireFile(option, file);
    }
    requireApart(option, files);
  }

  /** Refuses one file for two answers. */
  public static void requireApart(String options, List<Path> files) {
    Set<Path> seen = new HashSet<>();
    for (Path file : files) {
      if (!seen.add(file.toAbsolutePath().normalize())) {
        throw refused(
            options + " " + file + " twice",
            file,
            "each answer has a file of its own",
            "give another name");
      }
    }
  }

  /** Refuses a file that cannot be written. */
  public static void requireFile(String option, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw refused(
          option + " " + file + " is no file",
          file,
          "a folder or a device is never replaced by an answer",
          "write " + option + " and the name of a file, e.g. " + file.resolve("answer"));
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw refused(
          option + " " + file + " cannot be written", file, "it is read-only", "choose another");
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw refused(
          option + " " + file + " cannot be written",
          file,
          "there is no folder " + parent,
          "mkdir -p " + parent);
    }
    tried(option, file, parent);
  }

  /** Refuses a folder that can neither be made nor written into; makes it. */
  public static void requireFolder(String option, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw refused(
          option + " " + folder + " cannot be made",
          folder,
          String.valueOf(e),
          "choose a folder that can be written");
    }
    tried(option, folder, folder);
  }

  /** Permissions tell half of it; a file system may be full, read-only or not one at all. */
  private static void tried(String option, Path asked, Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".axiom", ".part"));
    } catch (IOException e) {
      throw refused(
          option + " " + asked + " cannot be written",
          asked,
          "no file can be made in " + folder + ": " + e,
          "choose a folder that can be written");
    }
  }

  private static ModelExportException refused(String what, Path where, String why, String fix) {
    return new ModelExportException(new Diagnosis(what, where.toString(), why, fix));
  }
}
