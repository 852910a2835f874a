package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SupportMatrixTest {
  private static final String WRITE = "axiom.docs.write";

  @Test
  void the_page_says_what_the_tables_say() throws IOException {
    Path page = Needs.repositoryRoot().resolve(SupportMatrix.PAGE);
    String made = SupportMatrix.page(Needs.repositoryRoot());
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(page, made);
    }
    assertThat(Files.readString(page))
        .as(
            "%s is out of date; make it anew: mvn -q verify -pl docs -am -Dtest=SupportMatrixTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            SupportMatrix.PAGE, WRITE)
        .isEqualTo(made);
  }
}
