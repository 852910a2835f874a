package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names of types: each once in the project, and of one word only where the glossary has it. */
class NamesTest {
  private static final Path ROOT = Needs.repositoryRoot();
  private static final Pattern ENTRY = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
  private static final Pattern ONE_WORD = Pattern.compile("[A-Z][a-z0-9]*");
  private static final Path OPERATORS = Path.of("dev/axiomml/core/op");

  private static List<Path> types() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 20)) {
      return files
          .filter(file -> file.toString().matches(".*axiom-[^/]*/src/main/java/.*\\.java"))
          .filter(file -> !simpleName(file).endsWith("-info"))
          .toList();
    }
  }

  private static String simpleName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static Set<String> glossary() throws IOException {
    return ENTRY
        .matcher(Files.readString(ROOT.resolve("docs/glossary.md")))
        .results()
        .map((MatchResult entry) -> entry.group(1))
        .collect(Collectors.toSet());
  }

  /** Operators have rooms below that of their contract. */
  private static boolean isOperator(Path file) {
    String folder = String.valueOf(file.getParent());
    return folder.contains(OPERATORS + "/");
  }

  @Test
  void a_simple_name_exists_once() throws IOException {
    Map<String, List<Path>> byName =
        types().stream().collect(Collectors.groupingBy(NamesTest::simpleName));
    assertThat(byName.values()).hasSizeGreaterThan(900).allMatch(files -> files.size() == 1);
  }

  @Test
  void a_name_of_one_word_is_an_operators_or_stands_in_the_glossary() throws IOException {
    Set<String> glossary = glossary();
    assertThat(types().stream().filter(file -> !isOperator(file)).map(NamesTest::simpleName))
        .filteredOn(name -> ONE_WORD.matcher(name).matches())
        .isSubsetOf(glossary);
  }

  @Test
  void every_word_of_the_glossary_is_a_type() throws IOException {
    assertThat(types().stream().map(NamesTest::simpleName)).containsAll(glossary());
  }
}
