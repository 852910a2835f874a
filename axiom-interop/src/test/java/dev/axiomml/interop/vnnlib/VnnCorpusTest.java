package dev.axiomml.interop.vnnlib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shared queries: the examples of VNN-LIB 2.0, and smoke tests of competitions. */
class VnnCorpusTest {
  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> all = Files.list(Needs.shared("corpus/vnn/" + folder))) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static boolean isRefused(Path file) {
    try {
      VnnLib.read(file);
      return false;
    } catch (ModelImportException refused) {
      return true;
    }
  }

  @Test
  void examples_of_2_0_are_read_and_those_that_are_listed_as_errors_refused() throws IOException {
    List<String> errors =
        Files.readAllLines(Needs.shared("corpus/vnn/vnnlib2_syntax/error-files.txt"));

    for (Path file : files("vnnlib2_syntax", ".vnnlib")) {
      boolean expected = errors.contains(file.getFileName().toString());
      assertThat(isRefused(file)).as(file.toString()).isEqualTo(expected);
    }
  }

  @Test
  void queries_of_the_smoke_tests_are_one_box_each() throws IOException {
    for (Path file : files("test_sanity/vnnlib", ".gz")) {
      assertThat(VnnLib.read(file).boxes(InputRounding.EXACT).boxes()).hasSize(1);
    }
  }

  @Test
  void thousands_of_disjuncts_become_boxes_of_their_own() {
    Path file = Needs.shared("corpus/vnn/nn4sys_lindex/vnnlib/lindex_3000.vnnlib.gz");

    InputBoxes boxes = VnnLib.read(file).boxes(InputRounding.EXACT);

    assertThat(boxes.boxes().size() + boxes.empty()).isBetween(2_900, 6_000);
  }
}
