package dev.axiomml.interop.pytorch.bridge;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model that PyTorch's own Python rewrote into a file this library reads; the file is gone when
 * this is closed.
 *
 * <p>The exporter script runs in a process of its own: an empty environment, a temporary folder as
 * home, limits on time and output, and pickles read as data only. Nothing of what it prints or
 * writes is believed: the file goes through the same reader as any other.
 */
public final class PythonExport implements AutoCloseable {
  private static final String SCRIPT = "axiom_export.py";
  private static final List<String> KINDS = List.of(".pt2", ".json", ".safetensors");

  private final Path folder;
  private final Path file;

  private PythonExport(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Runs the exporter.
   *
   * @throws ModelImportException when Python cannot be started, fails, oversteps a limit or writes
   *     nothing, with the last lines it printed
   */
  public static PythonExport run(Path python, Path model, List<InputSpec> inputs) {
    return run(python, model, inputs, ProcessBounds.forModelOf(size(model)));
  }

  static PythonExport run(Path python, Path model, List<InputSpec> inputs, ProcessBounds bounds) {
    FilePlace place = FilePlace.of(model);
    try {
      Path folder = Files.createTempDirectory("axiom-python");
      try {
        return new PythonExport(folder, written(folder, command(python, model, inputs), bounds));
      } catch (IOException | InterruptedException | RuntimeException e) {
        remove(folder);
        throw e;
      }
    } catch (IOException e) {
      throw place.fault(notStarted(python, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      String why = "the thread was told to stop";
      throw place.fault(
          new Diagnosis("the wait for Python was interrupted", "", why, "call again"), e);
    } catch (ExporterFailure e) {
      throw place.fault(failed(e), e);
    }
  }

  private static Diagnosis notStarted(Path python, IOException e) {
    return new Diagnosis(
        "Python could not be run: " + e.getMessage(),
        "",
        "the exporter runs in the Python that you name, " + python,
        "name an executable Python with PyTorch, e.g. Path.of(\"venv/bin/python\")");
  }

  private static Diagnosis failed(ExporterFailure e) {
    return new Diagnosis(
        "the exporter in Python failed: " + e.what(),
        "",
        e.why(),
        "run axiom_export.py by hand to see all, or open the file with PyTorch.load");
  }

  /** The file to read: an exported program, a descriptor or safetensors. */
  public Path file() {
    return file;
  }

  /** Removes the file; where it is mapped and the system keeps mapped files, when the JVM ends. */
  @Override
  public void close() {
    remove(folder);
  }

  private static long size(Path model) {
    try {
      return Files.size(model);
    } catch (IOException e) {
      throw FilePlace.of(model)
          .fault(
              new Diagnosis("the model cannot be read", "", String.valueOf(e), "check the path"),
              e);
    }
  }

  private static List<String> command(Path python, Path model, List<InputSpec> inputs) {
    List<String> words = new ArrayList<>(List.of(executable(python), "-I", "-B", SCRIPT));
    words.add(model.toAbsolutePath().toString());
    words.addAll(List.of("--out", "out"));
    inputs.forEach(spec -> words.addAll(List.of("--input-shape", shape(spec))));
    return words;
  }

  /** The child runs in another folder; a bare name is looked up on the path, links stay links. */
  private static String executable(Path python) {
    return python.getNameCount() > 1 ? python.toAbsolutePath().toString() : python.toString();
  }

  /** A sample in the file's order after a batch of two, e.g. {@code 2,3,224,224:float32}. */
  private static String shape(InputSpec spec) {
    Type type = spec.inFileOrder(Dim.of(2));
    List<String> sizes = new ArrayList<>();
    for (int axis = 0; axis < type.shape().rank(); axis++) {
      sizes.add(String.valueOf(type.shape().size(axis)));
    }
    return String.join(",", sizes) + ":" + type.dtype().name().toLowerCase(Locale.ROOT);
  }

  private static Path written(Path folder, List<String> command, ProcessBounds bounds)
      throws IOException, InterruptedException {
    try (InputStream script = PythonExport.class.getResourceAsStream(SCRIPT)) {
      if (script == null) {
        throw new IOException("the jar has no " + SCRIPT);
      }
      Files.copy(script, folder.resolve(SCRIPT));
    }
    Process process = start(folder, command);
    ProcessMessages messages = new ProcessMessages(process.getErrorStream());
    Optional<String> overstepped = new ProcessWatch(process, messages, folder, bounds).untilEnd();
    if (overstepped.isPresent()) {
      throw new ExporterFailure(overstepped.get(), messages.lastLines());
    }
    if (process.exitValue() != 0) {
      throw new ExporterFailure("exit code " + process.exitValue(), messages.lastLines());
    }
    return found(folder.resolve("out"))
        .orElseThrow(() -> new ExporterFailure("it wrote no model", messages.lastLines()));
  }

  private static Process start(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    Optional<String> system = Optional.ofNullable(environment.get("SystemRoot"));
    environment.clear();
    system.ifPresent(root -> environment.put("SystemRoot", root)); // Windows starts nothing without
    for (String home : List.of("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP")) {
      environment.put(home, folder.toString());
    }
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Optional<Path> found(Path out) throws IOException {
    if (!Files.isDirectory(out, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(out)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> rank(file) < KINDS.size())
          .min(Comparator.comparing(PythonExport::rank));
    }
  }

  private static int rank(Path file) {
    int rank = 0;
    while (rank < KINDS.size() && !file.toString().endsWith(KINDS.get(rank))) {
      rank++;
    }
    return rank;
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(PythonExport::removeOne);
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }

  private static void removeOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit(); // Windows keeps a file that is mapped
    }
  }
}
