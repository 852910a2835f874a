package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package holds thirty files at most, unless all of them are of one kind. */
class PackageSizesTest {
  private static final int MOST = 30;
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** Larger packages, by what each file in them is. */
  private static final Map<String, String> OF_ONE_KIND =
      Map.of("dev.axiomml.core.op.scalar", "a function of each element");

  /** The packages with more files than that below a folder of modules, with their number. */
  private static Map<String, Long> large(Path modules) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> all = Files.list(modules)) {
      for (Path module : all.map(one -> one.resolve(SOURCES)).filter(Files::exists).toList()) {
        sizes.putAll(sizes(module));
      }
    }
    sizes.values().removeIf(size -> size <= MOST);
    return sizes;
  }

  private static Map<String, Long> sizes(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && !file.toString().contains("-info"))
          .map(file -> sources.relativize(file.resolveSibling("")).toString())
          .collect(Collectors.groupingBy(name -> name.replace('/', '.'), Collectors.counting()));
    }
  }

  @Test
  void no_package_of_mixed_kinds_has_more_than_thirty_files() throws IOException {
    Map<String, Long> large = large(Needs.repositoryRoot());
    large.keySet().removeAll(OF_ONE_KIND.keySet());
    assertThat(large.keySet()).isEmpty();
  }

  @Test
  void an_exception_is_still_needed() throws IOException {
    assertThat(large(Needs.repositoryRoot()).keySet()).containsAll(OF_ONE_KIND.keySet());
  }

  @Test
  void a_package_with_one_file_more_is_found(@TempDir Path wrong) throws IOException {
    for (String name : new String[] {"full", "crowded"}) {
      Path room = Files.createDirectories(wrong.resolve("house").resolve(SOURCES).resolve(name));
      Files.createFile(room.resolve("package-info.java"));
      for (int i = 0; i < MOST; i++) {
        Files.createFile(room.resolve("Room" + i + ".java"));
      }
    }
    Files.createFile(wrong.resolve("house").resolve(SOURCES).resolve("crowded/OneMore.java"));

    assertThat(large(wrong)).containsExactly(Map.entry("crowded", MOST + 1L));
  }
}
