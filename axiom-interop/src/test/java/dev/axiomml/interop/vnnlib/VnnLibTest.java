package dev.axiomml.interop.vnnlib;

import static dev.axiomml.interop.vnnlib.VnnTexts.NETWORK;
import static dev.axiomml.interop.vnnlib.VnnTexts.PLAIN;
import static dev.axiomml.interop.vnnlib.VnnTexts.UNIT;
import static dev.axiomml.interop.vnnlib.VnnTexts.network;
import static dev.axiomml.interop.vnnlib.VnnTexts.plain;
import static dev.axiomml.interop.vnnlib.VnnTexts.refusal;
import static dev.axiomml.interop.vnnlib.VnnTexts.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammars of both versions. */
class VnnLibTest {
  @TempDir Path folder;

  private static boolean satisfied(VnnQuery query, Tensor x, Tensor y) {
    return query.isSatisfiedBy(x, y, InputRounding.EXACT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(<= Y_0 Y_1)                            | 1, 1 | 2, 1",
        "(< Y_0 Y_1)                             | 0, 1 | 1, 1",
        "(>= 3 Y_0)                              | 3, 0 | 3.5, 0",
        "(> Y_0 -1e-05)                          | 0, 0 | -1, 0",
        "(= Y_0 .5)                              | 0.5, 0 | 0.25, 0",
        "(or (<= Y_0 0) (and (>= Y_0 1) (<= Y_1 0))) | 1, 0 | 1, 1",
        "(<= (+ Y_0 Y_1 (- Y_0)) 0)              | 5, 0 | -5, 1",
        "(<= (- Y_0 1 2) (* 2 Y_1))              | 5, 1 | 6, 1",
        "(<= (* 2 0.5 Y_0) Y_0)                  | 7, 0 |",
        "(>= (* Y_0 0) 1)                        | | 1, 0",
      })
  void what_is_asserted_in_1_0_means_what_it_says(String text, String holds, String fails) {
    VnnQuery query = plain(UNIT + "(assert " + text.strip() + ")");

    for (String output : new String[] {holds, fails}) {
      if (output != null) {
        float y0 = Float.parseFloat(output.split(",")[0]);
        float y1 = Float.parseFloat(output.split(",")[1]);
        assertThat(satisfied(query, row(0, 1), row(y0, y1))).isEqualTo(output.equals(holds));
      }
    }
  }

  @Test
  void all_assertions_hold_at_once_also_behind_a_disjunction() {
    VnnQuery query = plain("(assert (or (<= Y_0 0) (<= Y_1 0)))" + UNIT + "(assert (>= Y_0 1))");

    assertThat(satisfied(query, row(0, 0), row(1, 0))).isTrue();
    assertThat(satisfied(query, row(0, 0), row(0, 0))).isFalse();
    assertThat(satisfied(query, row(2, 0), row(1, 0))).isFalse();
  }

  @Test
  void networks_of_2_0_name_elements_by_their_indices() {
    String unit =
        "(assert (and (>= X[0,0] 0) (<= X[0,0] 1) (>= (* -1.0 X[0,1]) -1) (>= X[0,1] 0)))";
    VnnQuery query = network(unit + "(assert (!= Y[0] 0.0)) (assert (== Y[1] 2))");

    assertThat(query.obstacle()).isEmpty();
    assertThat(query.input().shape()).containsExactly(1, 2);
    assertThat(satisfied(query, row(1, 1), row(3, 2))).isTrue();
    assertThat(satisfied(query, row(1, 1), row(0, 2))).isFalse();
    assertThat(satisfied(query, row(1, 1), row(3, 1))).isFalse();
    assertThat(satisfied(query, row(1, 1.5f), row(3, 2))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(declare-network A (declare-input X Real [2]) (declare-output Y Real []))"
            + " (declare-network B (equal-to A) (declare-input U Real [2]) (declare-output V Real"
            + " [])) | 2 networks",
        "(declare-network A (declare-input X Real [2]) (declare-input Z Real [1]) (declare-output Y"
            + " Real [])) | 2 inputs",
        "(declare-network A (declare-input X Real [2]) (declare-hidden H Real [3] \"node \\\" 1\")"
            + " (declare-output Y Real [])) | hidden values",
        "(declare-network A (declare-input X Real [2]) (declare-output Y Real []) (declare-output Z"
            + " Real [])) | 2 outputs",
        "(declare-network A (declare-input X Real [2] initialized) (declare-output Y Real [])) |"
            + " initializes",
      })
  void what_cannot_be_proved_yet_is_read_and_says_why(String networks, String why) {
    VnnQuery query =
        VnnLib.parse("(vnnlib-version <2.1>)" + networks + "(assert (<= Y 0.5))", "q.vnnlib");

    assertThat(query.obstacle().orElseThrow()).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(declare-const X_3 Real)                | q.vnnlib › line | 3 names X_…, the last X_3",
        "(declare-const X_0 Real)                | line 5, column 16 | declared twice",
        "(declare-const Z_0 Real)                | line 5, column 16 | \"Z_0\"",
        "(declare-const X_02 Real)               | line 5, column 16 | \"X_02\"",
        "(declare-const X_2 Int)                 | line 5, column 20 | \"Int\"",
        "(assert (<= X_7 0))                     | line 5, column 13 | X_7 is not declared",
        "(assert (<= X_0 nan))                   | line 5, column 17 | nan",
        "(assert (<= X_0 -inf))                  | line 5, column 17 | -inf",
        "(assert (<= (* X_0 Y_0) 0))             | line 5, column 14 | not linear",
        "(assert (<= (* 2 (+ X_0 1) (- Y_0 Y_1)) 0)) | line 5, column 14 | not linear",
        "(assert (<= X_0 0 1))                   | line 5, column 19 | \"1\"",
        "(assert (<= X_0))                       | line 5, column 16 | \")\"",
        "(assert (or))                           | line 5, column 12 | \")\"",
        "(assert (not (<= X_0 0)))               | line 5, column 10 | \"not\"",
        "(assert (== X_0 0))                     | line 5, column 10 | \"==\"",
        "(assert (<= X_0 1e3000))                | line 5, column 17 | digits",
        "(assert (<= X_0 1e9999999999))          | line 5, column 17 | 1e9999999999",
        "(assert (<= (* 1e1500 1e1500) 0))       | line 5, column 14 | digits",
        "(assert (<= X_0 0)                      | line 5, column | the text ends",
        "(assert (<= X_0 \"0))                   | line 5, column 17 | without its end",
        "(check-sat)                             | line 5, column 1 | \"(\"",
        "assert                                  | line 5, column 1 | \"assert\"",
      })
  void malformed_1_0_is_refused_at_its_place(String text, String place, String what) {
    var refusal = refusal(PLAIN + text);

    assertThat(refusal.where()).contains(place);
    assertThat(refusal.what()).contains(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(assert (<= X[0] 0))                    | line 5, column 13 | element [0] of X",
        "(assert (<= X[0,2] 0))                  | line 5, column 13 | element [0, 2] of X",
        "(assert (<= X 0))                       | line 5, column 13 | without an index",
        "(assert (<= Y[-1] 0))                   | line 5, column 15 | \"-1\"",
        "(assert (<= Y[0.5] 0))                  | line 5, column 15 | \"0.5\"",
        "(assert (<= Z[0] 0))                    | line 5, column 13 | Z is not declared",
        "(assert (= Y[0] 0))                     | line 5, column 10 | \"=\"",
        "(assert (<= (* Y[0] Y[0]) 0))           | line 5, column 14 | not linear",
        "(declare-const X_0 Real)                | line 5, column 1 | \"(\"",
      })
  void malformed_2_0_is_refused_at_its_place(String text, String place, String what) {
    var refusal = refusal(NETWORK + text);

    assertThat(refusal.where()).contains(place);
    assertThat(refusal.what()).contains(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(declare-input X Real [2]) (declare-output X Real [1])  | X is declared twice",
        "(declare-input X Real [0]) (declare-output Y Real [1])  | sizes [0]",
        "(declare-input X Real [-1]) (declare-output Y Real [1]) | \"-1\"",
        "(declare-input X Float [2]) (declare-output Y Real [1]) | \"Float\"",
        "(declare-input X Real 2) (declare-output Y Real [1])    | \"2\"",
        "(declare-output Y Real [1]) (declare-input X Real [2])  | \"(\"",
        "(declare-input X Real [2])                              | \")\"",
        "(declare-input X Real [99999,99999]) (declare-output Y Real [1]) | elements",
        "(equal-to M) (declare-input X Real [2]) (declare-output Y Real [1]) | M is no network",
        "(declare-input X Real [2]) (declare-hidden H Real [2]) (declare-output Y Real [1]) |"
            + " \")\"",
        "(declare-input N Real [2]) (declare-output N Real [1])  | N is declared twice",
      })
  void malformed_networks_are_refused(String declared, String what) {
    String text = "(vnnlib-version <2.0>)(declare-network M2 " + declared + ")(assert (<= 0 1))";

    assertThat(refusal(text).what()).contains(what);
  }

  @Test
  void a_query_needs_networks_and_assertions() {
    assertThat(refusal("(vnnlib-version <2.0>) (assert (<= 0 1))").what())
        .contains("(declare-network …)");
    assertThat(refusal(NETWORK).what()).contains("(assert …)");
    assertThat(refusal(PLAIN).what()).contains("(assert …)");
    assertThat(refusal("").what()).contains("names X_");
  }

  @Test
  void elements_of_two_types_are_not_compared() {
    String text =
        """
        (vnnlib-version <2.0>)
        (declare-network N (declare-input X float32 [1]) (declare-output Y float64 [1]))
        (assert (<= X[0] Y[0]))
        """;

    assertThat(refusal(text).what()).contains("Y float64 [1] beside an element of float32");
  }

  @Test
  void like_networks_have_like_tensors() {
    String one = "(declare-network A (declare-input X Real [2]) (declare-output Y Real [1]))";
    String other =
        "(declare-network B (isomorphic-to A) (declare-input U Real [3]) (declare-output V Real"
            + " [1]))";

    assertThat(refusal("(vnnlib-version <2.0>)" + one + other + "(assert (<= Y[0] 0))").what())
        .contains("B is declared like A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<3.0>", "<1.0>", "2.0", "<2>"})
  void other_versions_are_refused(String version) {
    assertThat(refusal(NETWORK.replace("<2.0>", version)).where()).contains("line 1, column 17");
  }

  @Test
  void deep_nesting_is_refused_before_the_stack_ends() {
    String deep = "(and ".repeat(100_000);

    assertThat(refusal(PLAIN + "(assert " + deep).what()).contains("nested deeper than 200");
  }

  @Test
  void files_are_read_plain_and_packed() throws IOException {
    String text = PLAIN + UNIT + "(assert (<= Y_0 0)) ; β";
    Path plain = Files.writeString(folder.resolve("q.vnnlib"), text);
    Path packed = folder.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(VnnLib.read(plain).input().size()).isEqualTo(2);
    assertThat(VnnLib.read(packed).input().size()).isEqualTo(2);
  }

  @Test
  void files_that_are_cut_or_missing_are_refused() throws IOException {
    Path cut = folder.resolve("cut.gz");
    Files.write(cut, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});

    for (Path file : new Path[] {cut, folder.resolve("none"), folder}) {
      assertThatThrownBy(() -> VnnLib.read(file))
          .isInstanceOf(ModelImportException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
