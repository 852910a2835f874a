package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of every page is what it claims to be.
 *
 * <p>{@code java} is compiled and run; {@code java type} declares members and is compiled; {@code
 * java continues} goes on where the page's last one ended; {@code java prints} prints the {@code
 * text} block that follows it; {@code java does-not-compile WORD} is refused by the compiler with a
 * message about the word. {@code console} holds commands that end as they should and print what is
 * shown. Hidden set-up stands in comments before the block. The imports are those of {@code
 * docs/README.md}.
 */
class SnippetsTest {
  private static final Path ROOT = Needs.repositoryRoot();
  private static final String NOT = "does-not-compile";
  @TempDir private static Path classes;
  private static Compiled compiled;

  static List<Snippet> all() throws IOException {
    List<Snippet> all = new ArrayList<>();
    for (Path page : Snippet.pages(ROOT)) {
      all.addAll(Snippet.of(ROOT, page));
    }
    return all;
  }

  private static Stream<JavaSnippet> everyJava() throws IOException {
    List<Snippet> all = all();
    String imports =
        all.stream().filter(s -> s.is("imports")).map(Snippet::text).findFirst().orElseThrow();
    return all.stream()
        .filter(s -> s.language().equals("java") && !s.is("imports"))
        .map(s -> JavaSnippet.of(s, imports));
  }

  static Stream<JavaSnippet> java() throws IOException {
    return everyJava().filter(java -> !java.snippet().is(NOT));
  }

  static Stream<JavaSnippet> wrongJava() throws IOException {
    return everyJava().filter(java -> java.snippet().is(NOT));
  }

  static Stream<Snippet> console() throws IOException {
    return all().stream().filter(s -> s.language().equals("console"));
  }

  @BeforeAll
  static void compileAll() throws IOException {
    compiled = Compiled.of(everyJava().toList(), classes);
  }

  @ParameterizedTest
  @MethodSource("java")
  void java_on_a_page_compiles_and_runs(JavaSnippet java, @TempDir Path out) throws Exception {
    assertThat(compiled.errors(java)).as(() -> java + java.numbered()).isEmpty();
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      compiled.run(java, out);
    } finally {
      System.setOut(before);
    }
    if (java.snippet().is("prints")) {
      List<String> lines = after(java.snippet()).text().lines().toList();
      Shown.require(java.snippet(), lines, printed.toString(StandardCharsets.UTF_8));
    }
  }

  private static Snippet after(Snippet snippet) throws IOException {
    return all().stream()
        .filter(s -> s.page().equals(snippet.page()) && s.line() > snippet.line())
        .filter(s -> s.language().equals("text"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("wrongJava")
  void wrong_java_on_a_page_does_not_compile(JavaSnippet java) {
    List<String> flags = java.snippet().flags();
    assertThat(compiled.errors(java)).as("%s", java).contains(flags.get(flags.indexOf(NOT) + 1));
  }

  @ParameterizedTest
  @MethodSource("console")
  void commands_on_a_page_end_as_they_should(Snippet snippet, @TempDir Path folder) {
    for (ConsoleLine line : ConsoleLine.of(snippet)) {
      ConsoleLine.Ended ended = line.run(ROOT, folder);
      assertThat(ended.exit())
          .as("%s: %s%n%s", snippet, line, ended.printed())
          .isEqualTo(line.exit());
      Shown.require(snippet, line.shown(), ended.printed());
    }
  }

  @Test
  void every_block_has_a_language_that_somebody_checks() throws IOException {
    assertThat(all()).isNotEmpty();
    assertThat(all())
        .allMatch(
            s ->
                List.of("java", "console", "text", "xml", "mermaid", "python", "json", "sh")
                    .contains(s.language()));
  }
}
