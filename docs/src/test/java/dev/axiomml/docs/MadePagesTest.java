package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Pages that are made of tables say what the tables say. */
class MadePagesTest {
  private static final String WRITE = "axiom.docs.write";

  @Test
  void the_support_matrix_says_what_the_tables_say() throws IOException {
    check(SupportMatrix.PAGE, SupportMatrix.page(Needs.repositoryRoot()));
  }

  @Test
  void the_list_of_onnx_operators_says_what_the_table_of_rules_says() throws IOException {
    check(OnnxOperators.PAGE, OnnxOperators.page(Needs.repositoryRoot()));
  }

  private static void check(String name, String made) throws IOException {
    Path page = Needs.repositoryRoot().resolve(name);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(page, made);
    }
    assertThat(Files.readString(page))
        .as(
            "%s is out of date; make it anew: mvn -q verify -pl docs -am -Dtest=MadePagesTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            name, WRITE)
        .isEqualTo(made);
  }
}
