package dev.axiomml.cli;

import static dev.axiomml.cli.VnnFolder.UNIT;
import static dev.axiomml.dsl.Dsl.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.core.model.Model;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.testing.Needs;
import dev.axiomml.testing.Nets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries in VNN-LIB about small models. */
class VnnCommandTest {
  @TempDir private Path path;

  private VnnFolder folder = new VnnFolder(Path.of(""));

  @BeforeEach
  void open() {
    folder = new VnnFolder(path);
  }

  private static CommandRun vnn(String model, String query, String... options) {
    List<String> words = new ArrayList<>(List.of("vnn", model, query, "--timeout", "30"));
    words.addAll(List.of(options));
    return CommandRun.of(words);
  }

  private CommandRun asked(String asserted, String... options) throws IOException {
    return vnn(folder.distance(), folder.query("q", UNIT + asserted), options);
  }

  @Test
  void what_no_input_satisfies_is_unsat_with_a_certificate_that_checks() throws IOException {
    String proof = folder.file("c.json");
    CommandRun run = asked("(assert (>= Y_0 1.5))", "--certificate", proof);

    assertThat(run.out()).startsWith("unsat\n").contains("certificate " + proof + " written");
    assertThat(run.exit()).isZero();
    CommandRun check = CommandRun.of(List.of("check-certificate", proof, folder.distance()));
    assertThat(check.out())
        .contains("not output[0] >= 1.5")
        .contains("every element in [0.0, 1.0]");
    assertThat(check.exit()).isZero();
  }

  @Test
  void what_an_input_satisfies_is_sat_with_that_input() throws IOException {
    String file = folder.file("cex");
    CommandRun run = asked("(assert (>= Y_0 0.75)) (assert (<= Y_1 0))", "--counterexample", file);

    assertThat(run.exit()).isOne();
    String witness =
        "\\(\\(X_0 ([0-9.]+)\\)\\n"
            + "\\(X_1 ([0-9.]+)\\)\\n"
            + "\\(Y_0 [0-9.]+\\)\\n"
            + "\\(Y_1 -[0-9.]+\\)\\)\\n";
    assertThat(run.out()).matches("(?s)sat\\n" + witness + ".*");
    assertThat(Files.readString(Path.of(file))).matches(witness);
    String[] numbers = run.out().split("[()\\s]+");
    float x0 = Float.parseFloat(numbers[2]);
    float x1 = Float.parseFloat(numbers[4]);
    assertThat(x1 - x0).isBetween(0.75f, 1f);
  }

  @Test
  void both_files_may_be_packed() throws IOException {
    String model = folder.packed(folder.distance());
    String query = folder.packed(folder.query("q", UNIT + "(assert (>= Y_0 1.5))"));

    assertThat(vnn(model, query).out()).startsWith("unsat\n");
  }

  @Test
  void a_counterexample_in_one_of_many_boxes_is_found() throws IOException {
    StringBuilder boxes = new StringBuilder("(assert (or");
    for (int i = 0; i < 60; i++) {
      String low = "0." + (100 + i);
      boxes.append("\n (and (>= X_0 " + low + ") (<= X_0 " + low + "5) (>= Y_1 0.9))");
    }
    String none = boxes + "))";
    String planted = boxes + "\n (and (>= X_0 0.95) (<= X_0 0.96) (>= Y_1 0.9))))";

    assertThat(asked(none).out()).startsWith("unsat\n60 of 60 boxes of inputs are proved");
    assertThat(asked(planted).out()).startsWith("sat\n((X_0 0.9");
  }

  @Test
  void constraints_of_several_inputs_count() throws IOException {
    String sum = "(assert (<= (+ X_0 X_1) 0.5))";

    assertThat(asked(sum + "(assert (>= Y_0 0.75))").out()).startsWith("unsat\n");
    assertThat(asked(sum + "(assert (>= Y_0 0.25)) (assert (!= 1 0))").err()).contains("\"!=\"");
    assertThat(asked(sum + "(assert (>= Y_0 0.25))").out()).startsWith("sat\n");
    assertThat(asked("(assert (>= Y_0 (- X_0 1)))").out()).startsWith("sat\n");
    assertThat(asked("(assert (> Y_1 (+ X_0 0.25)))").out()).startsWith("unsat\n");
  }

  @Test
  void elements_are_counted_in_the_order_of_the_file() throws IOException {
    Model<?> pool = Axiom.model("pool").input(image(2, 2, 2)).maxPool(2).output().build();
    String model = folder.model("pool", pool);
    StringBuilder query = new StringBuilder("(declare-const Y_0 Real) (declare-const Y_1 Real)");
    String[] values = {"0", "0", "0", "5", "1", "0", "0", "0"};
    for (int i = 0; i < values.length; i++) {
      query.append("(declare-const X_" + i + " Real)");
      query.append("(assert (= X_" + i + " " + values[i] + "))");
    }

    assertThat(vnn(model, folder.query("q", query + "(assert (= Y_0 5)) (assert (= Y_1 1))")).out())
        .startsWith("sat\n");
    assertThat(vnn(model, folder.query("r", query + "(assert (<= Y_0 4))")).out())
        .startsWith("unsat\n");
  }

  @Test
  void an_empty_box_is_unsat_and_says_that_it_is_empty() throws IOException {
    String tenth = "(assert (>= X_0 0.1)) (assert (<= X_0 0.1)) (assert (>= Y_0 0))";

    CommandRun exact = asked(tenth, "--certificate", folder.file("c.json"));
    CommandRun nearest = asked(tenth, "--input-rounding", "nearest");

    assertThat(exact.out())
        .startsWith("unsat\n")
        .contains("no float32 number lies between the limits of 1 of the query's 1 boxes")
        .contains("the box of inputs is empty")
        .contains("--input-rounding nearest")
        .contains("no certificate is written");
    assertThat(exact.exit()).isZero();
    assertThat(nearest.out()).startsWith("sat\n((X_0 0.1").contains("nearest float32");
  }

  @Test
  void an_output_that_is_not_a_number_is_no_counterexample() throws IOException {
    String query = UNIT.replace("1.0)", "-0.5)").replace("0.0)", "-1.0)") + "(assert (<= Y_0 100))";
    CommandRun run = vnn(folder.logarithm(), folder.query("q", query));

    assertThat(run.out()).startsWith("unknown\n").contains("NaN or infinite");
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void what_cannot_be_proved_yet_is_unknown_and_says_why() throws IOException {
    String query =
        """
        (vnnlib-version <2.0>)
        (declare-network A (declare-input X Real [2]) (declare-output Y Real [2]))
        (declare-network B (equal-to A) (declare-input U Real [2]) (declare-output V Real [2]))
        (assert (<= Y[0] V[0]))
        """;
    CommandRun run =
        vnn(folder.distance(), folder.query("q", query), "--certificate", folder.file("c"));

    assertThat(run.out()).startsWith("unknown\n").contains("2 networks");
    assertThat(run.out()).contains("no certificate is written");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(Path.of(folder.file("c"))).doesNotExist();
  }

  @Test
  void no_time_is_timeout() throws IOException {
    String query = folder.query("q", UNIT + "(assert (>= Y_0 1.5))");
    CommandRun run =
        CommandRun.of(List.of("vnn", folder.distance(), query, "--timeout", "0.000001"));

    assertThat(run.out()).startsWith("timeout\n");
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void an_interruption_is_unknown_and_soon() throws IOException {
    String model = folder.model("slow", Nets.relus(7, 30, 80, 80, 80, 1));
    StringBuilder query = new StringBuilder("(declare-const Y_0 Real) (assert (>= Y_0 400))");
    for (int i = 0; i < 30; i++) {
      String x = "X_" + i;
      query.append("(declare-const " + x + " Real)");
      query.append("(assert (>= " + x + " -1)) (assert (<= " + x + " 1))");
    }
    List<String> words = List.of("vnn", model, folder.query("q", query.toString()));
    CommandRun run = CommandRun.interrupted(1500, words);

    assertThat(run.out()).startsWith("unknown\n").contains("interrupted");
    assertThat(run.isOver(run.seconds(), 12)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(assert (<= Y_2 0))                    | line 9, column 13",
        "(declare-const X_2 Real) (assert (<= X_2 1)) (assert (>= X_2 0)) | X real [3]",
        "(declare-const Y_2 Real) (assert (<= Y_2 1)) | Y real [3]",
      })
  void a_query_that_does_not_fit_is_refused(String more, String what) throws IOException {
    CommandRun run = asked(more);

    assertThat(run.exit()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err()).contains(what).contains("why:").contains("fix:");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "float64 [2], float32 [2], X float64",
    "float32 [2], int64 [2], Y int64",
    "Real [1;2], Real [2;1], ",
    "Real [3], Real [2], X real",
  })
  void declared_tensors_are_those_of_the_model(String input, String output, String fault)
      throws IOException {
    String query =
        """
        (vnnlib-version <2.0>)
        (declare-network A (declare-input X %s) (declare-output Y %s))
        (assert (and (>= X[%s0] 0.0) (<= X[%s0] 1.0) (>= X[%s1] 0.0) (<= X[%s1] 1.0)))
        (assert (>= Y[0%s] 1.5))
        """;
    boolean matrix = input.contains(";");
    String text =
        query
            .formatted(
                input,
                output,
                matrix ? "0," : "",
                matrix ? "0," : "",
                matrix ? "0," : "",
                matrix ? "0," : "",
                matrix ? ",0" : "")
            .replace(';', ',');
    CommandRun run = vnn(folder.distance(), folder.query("q", text));

    assertThat(run.exit()).isEqualTo(fault == null ? 0 : ExitCodes.BAD_INPUT);
    assertThat(run.err()).contains(fault == null ? "" : fault);
  }

  @Test
  void files_that_cannot_be_written_are_refused_before_anything_is_read() {
    for (String option : new String[] {"--certificate", "--counterexample"}) {
      CommandRun run = vnn("none.onnx", "none.vnnlib", option, folder.file("no/such/file"));

      assertThat(run.exit()).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(run.err()).contains(option);
    }
    String same = folder.file("same");
    CommandRun twice = vnn("m", "q", "--certificate", same, "--counterexample", same);
    assertThat(twice.err()).contains("twice");
  }

  @ParameterizedTest
  @CsvSource({
    "test_nano, test_nano, unsat",
    "test_tiny, test_tiny, unsat",
    "test_small, test_small, unsat",
    "test_sat, test_prop, sat",
    "test_unsat, test_prop, unsat",
  })
  void smoke_tests_of_competitions_have_their_answers(String model, String query, String answer) {
    Path sanity = Needs.shared("corpus/vnn/test_sanity");
    CommandRun run =
        vnn(
            sanity.resolve("onnx/" + model + ".onnx.gz").toString(),
            sanity.resolve("vnnlib/" + query + ".vnnlib.gz").toString());

    assertThat(run.out()).startsWith(answer + "\n");
  }
}
