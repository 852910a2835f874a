package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages say of files beside them. */
class PagesTest {
  private static final Path ROOT = Needs.repositoryRoot();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern MANAGED =
      Pattern.compile("<dependencyManagement>.*?</dependencyManagement>", Pattern.DOTALL);

  @Test
  void the_first_steps_pom_is_that_of_the_application_that_is_built() throws IOException {
    String version = find(Pattern.compile("<version>([^<]+)</version>"), "pom.xml");
    String page = find(MANAGED, "docs/first-steps.md");
    String application = find(MANAGED, "docs/src/it/application/pom.xml");

    assertThat(plain(page))
        .isEqualTo(plain(application.replace("@project.version@", version)))
        .contains(version);
  }

  @Test
  void every_link_to_a_file_leads_to_one() throws IOException {
    for (Path page : Snippet.pages(ROOT)) {
      Path folder = page.toAbsolutePath().getParent();
      List<String> targets =
          LINK.matcher(Files.readString(page)).results().map(m -> m.group(1)).toList();
      assertThat(targets)
          .as("links of %s", ROOT.relativize(page))
          .allMatch(target -> folder != null && Files.exists(folder.resolve(target)));
    }
  }

  private static String find(Pattern pattern, String file) throws IOException {
    MatchResult found =
        pattern.matcher(Files.readString(ROOT.resolve(file))).results().findFirst().orElseThrow();
    return found.group(found.groupCount());
  }

  private static String plain(String xml) {
    return xml.replaceAll("\\s+", "");
  }
}
