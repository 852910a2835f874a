package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The backend tests of the ONNX project end as the list beside this test says. */
class OnnxConformanceTest {
  private static Map<String, String> expected() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OnnxConformanceTest.class.getResourceAsStream("expected.csv"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .skip(1)
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.lastIndexOf(',')),
                  line -> line.substring(line.lastIndexOf(',') + 1),
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  @Test
  void each_test_ends_as_listed_and_none_in_silence() throws IOException {
    Path corpus = Needs.shared("corpus/onnx");
    List<OnnxConformance.Result> results =
        OnnxConformance.run(corpus, new ReferenceBackend(), result -> {});
    Map<String, String> actual = new TreeMap<>();
    results.forEach(r -> actual.put(r.suite() + "," + r.test(), r.status().toString()));
    assertThat(results)
        .filteredOn(r -> r.status() == OnnxConformance.Status.MISMATCH)
        .as("tests that ran and gave something else")
        .isEmpty();
    assertThat(actual).isEqualTo(expected());
  }
}
