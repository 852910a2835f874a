package dev.axiomml.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NeedsTest {
  @TempDir Path shared;

  @Test
  void a_missing_part_skips_the_test_and_says_why() {
    var needs = new Needs(Set.of("native"), shared);

    assertThatThrownBy(() -> needs.part("z3", false, "no z3 jar"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("z3 is absent: no z3 jar");
  }

  @Test
  void a_missing_part_that_is_required_fails_the_test_and_says_why() {
    var needs = new Needs(Set.of("z3"), shared);

    assertThatThrownBy(() -> needs.part("z3", false, "no z3 jar"))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("z3 is required here: no z3 jar");
  }

  @Test
  void a_present_part_changes_nothing() {
    var needs = new Needs(Set.of("z3"), shared);

    assertThatCode(() -> needs.part("z3", true, "unused")).doesNotThrowAnyException();
  }

  @Test
  void a_shared_file_is_found_below_the_shared_folder() throws IOException {
    Path there = Files.createFile(shared.resolve("digits.npy"));

    assertThat(new Needs(Set.of("shared"), shared).file("digits.npy")).isEqualTo(there);
  }

  @Test
  void an_absent_shared_file_is_named_in_the_reason() {
    var needs = new Needs(Set.of(), shared);

    assertThatThrownBy(() -> needs.file("gone.npy"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining(shared.resolve("gone.npy").toString());
  }

  @Test
  void a_misspelt_part_is_refused_instead_of_ignored() {
    assertThatThrownBy(() -> new Needs(Needs.words("native, zz3"), shared))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zz3")
        .hasMessageContaining("[native, nd4j, shared, z3]");
  }

  @Test
  void the_list_of_required_parts_may_hold_blanks() {
    assertThat(Needs.words(" native, z3 ,,shared "))
        .containsExactlyInAnyOrder("native", "z3", "shared");
  }

  @Test
  void the_repository_root_is_found_from_a_module_folder() {
    assertThat(Needs.repositoryRoot().resolve("pom.xml")).exists();
  }
}
