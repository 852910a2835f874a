package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of every page is what it claims to be.
 *
 * <p>{@code java} is compiled and run; {@code java type} declares members and is compiled; {@code
 * java does-not-compile} must not compile; {@code console} holds commands that end as they should.
 * Hidden set-up stands in comments before the block.
 */
class SnippetsTest {
  static List<Snippet> all() throws IOException {
    Path root = Needs.repositoryRoot();
    List<Snippet> all = new ArrayList<>();
    for (Path page : Snippet.pages(root)) {
      all.addAll(Snippet.of(root, page));
    }
    return all;
  }

  static Stream<Snippet> java() throws IOException {
    return all().stream().filter(s -> s.language().equals("java"));
  }

  static Stream<Snippet> console() throws IOException {
    return all().stream().filter(s -> s.language().equals("console"));
  }

  @ParameterizedTest
  @MethodSource("java")
  void java_on_a_page_compiles_and_runs(Snippet snippet, @TempDir Path folder) throws Exception {
    JavaSnippet java = JavaSnippet.of(snippet);
    String messages = java.compile(folder);
    if (snippet.is("does-not-compile")) {
      assertThat(messages).as("%s was meant not to compile", snippet).isNotEmpty();
      return;
    }
    assertThat(messages).as("%s", snippet).isEmpty();
    java.run(folder, folder);
  }

  @ParameterizedTest
  @MethodSource("console")
  void commands_on_a_page_end_as_they_should(Snippet snippet, @TempDir Path folder) {
    for (ConsoleLine line : ConsoleLine.of(snippet)) {
      assertThat(line.run(Needs.repositoryRoot(), folder))
          .as("%s: %s", snippet, line)
          .isEqualTo(line.exit());
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
