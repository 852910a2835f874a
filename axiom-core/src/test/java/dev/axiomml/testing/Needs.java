package dev.axiomml.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.AssertionFailedError;

/**
 * Outside parts a test cannot do without: the native library, Z3, ND4J, the shared files.
 *
 * <p>A test whose part is missing is skipped with the reason, unless the part is named in the
 * environment variable {@code AXIOM_REQUIRE} (comma-separated, as in {@code native,z3,shared});
 * then it fails with the same reason.
 *
 * @param required the parts that must be there
 * @param sharedRoot folder of the shared files, which need not exist
 */
public record Needs(Set<String> required, Path sharedRoot) {
  private static final Set<String> PARTS = Set.of("native", "z3", "nd4j", "shared");

  public Needs {
    required = Set.copyOf(required);
    if (!PARTS.containsAll(required)) {
      throw new IllegalArgumentException(
          "AXIOM_REQUIRE knows %s, got %s"
              .formatted(new TreeSet<>(PARTS), new TreeSet<>(required)));
    }
  }

  /** What this run was told by {@code AXIOM_REQUIRE} and {@code AXIOM_SHARED}. */
  public static Needs ofThisRun() {
    return new Needs(words(setting("axiom.required", "AXIOM_REQUIRE").orElse("")), sharedFolder());
  }

  /** A shared file or folder, by its path below the shared folder; without it the test stops. */
  public static Path shared(String relative) {
    return ofThisRun().file(relative);
  }

  /** Stops the test when the native library is absent. */
  public static void nativeLibrary(boolean present, String whyAbsent) {
    ofThisRun().part("native", present, whyAbsent);
  }

  /** Stops the test when Z3 is absent. */
  public static void z3(boolean present, String whyAbsent) {
    ofThisRun().part("z3", present, whyAbsent);
  }

  /** Stops the test when ND4J is absent. */
  public static void nd4j(boolean present, String whyAbsent) {
    ofThisRun().part("nd4j", present, whyAbsent);
  }

  Path file(String relative) {
    Path path = sharedRoot.resolve(relative);
    part("shared", Files.exists(path), "no " + path + " (AXIOM_SHARED names the shared folder)");
    return path;
  }

  void part(String name, boolean present, String whyAbsent) {
    if (present) {
      return;
    }
    if (required.contains(name)) {
      throw new AssertionFailedError("%s is required here: %s".formatted(name, whyAbsent));
    }
    Assumptions.abort("%s is absent: %s".formatted(name, whyAbsent));
  }

  static Set<String> words(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Optional<String> setting(String property, String variable) {
    return Optional.ofNullable(System.getProperty(property))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .filter(value -> !value.isBlank());
  }

  private static Path sharedFolder() {
    return setting("axiom.shared", "AXIOM_SHARED")
        .map(Path::of)
        .orElseGet(() -> repositoryRoot().resolveSibling("shared"))
        .toAbsolutePath()
        .normalize();
  }

  /** The folder of this project's sources: the nearest one above that holds {@code .mvn}. */
  public static Path repositoryRoot() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(".mvn"))) {
        return at;
      }
    }
    throw new IllegalStateException("no folder above " + start + " holds .mvn");
  }
}
