package dev.axiomml.cli;

import static dev.axiomml.cli.VnnFolder.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of instances with their verdicts. */
class VnnTestCommandTest {
  private static final String HEADER =
      "benchmark,onnx,vnnlib,timeout,verdict,evidence,fastest_tool,fastest_time,n_agree\n";

  @TempDir private Path path;

  private static CommandRun vnnTest(Path folder, String... options) {
    List<String> words = new ArrayList<>(List.of("vnn-test", folder.toString()));
    words.addAll(List.of(options));
    return CommandRun.of(words);
  }

  private void table(String... rows) throws IOException {
    VnnFolder folder = new VnnFolder(path);
    folder.distance();
    folder.query("sat", UNIT + "(assert (>= Y_0 0.5))");
    folder.query("unsat", UNIT + "(assert (>= Y_0 1.5))");
    folder.query("tenth", UNIT + "(assert (= X_0 0.1)) (assert (>= Y_0 0))");
    folder.query("bad", UNIT + "(assert (>= Y_9 0))");
    Files.writeString(path.resolve("verdicts.csv"), HEADER + String.join("\n", rows) + "\n");
  }

  private static String row(String family, String query, String verdict, String evidence) {
    return String.join(
        ",", family, "distance.onnx", query + ".vnnlib", "20.0", verdict, evidence, "nnenum,0.5,1");
  }

  @Test
  void right_answers_are_solved_and_counted_beside_the_best_tool() throws IOException {
    table(
        row("one", "sat", "sat", "cex_f32_exact"),
        row("one", "unsat", "unsat", "tools"),
        row("two", "unsat", "unknown", ""),
        row("two", "bad", "unsat", "tools"));
    CommandRun run = vnnTest(path);

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .containsPattern("solved +one distance.onnx sat.vnnlib: sat, expected sat, [0-9.]+ s")
        .containsPattern("solved +two distance.onnx unsat.vnnlib: unsat, expected unknown")
        .containsPattern("error +two .*Y_9 is not declared")
        .containsPattern("(?m)^one +2/2 +0 +0 +0 +[0-9.]+ +[0-9.]+ +0.50")
        .containsPattern("(?m)^two +0/1 +0 +0 +1 +- +- +- +1 without a known verdict");
  }

  @Test
  void a_wrong_answer_ends_in_1() throws IOException {
    table(row("one", "sat", "unsat", "tools"), row("one", "unsat", "unsat", "tools"));
    CommandRun run = vnnTest(path, "--json");

    assertThat(run.exit()).isOne();
    JsonNode list = new ObjectMapper().readTree(run.out());
    assertThat(list).hasSize(2);
    JsonNode wrong = list.get(0);
    assertThat(wrong.get("status").asText()).isEqualTo("wrong");
    assertThat(wrong.get("expected").asText()).isEqualTo("unsat");
    assertThat(wrong.get("answer").asText()).isEqualTo("sat");
    assertThat(wrong.get("family").asText()).isEqualTo("one");
    assertThat(wrong.get("onnx").asText()).isEqualTo("distance.onnx");
    assertThat(wrong.get("vnnlib").asText()).isEqualTo("sat.vnnlib");
    assertThat(wrong.get("seconds").asDouble()).isPositive();
    assertThat(wrong.get("cpu").asDouble()).isNotNegative();
    assertThat(list.get(1).get("status").asText()).isEqualTo("solved");
  }

  @Test
  void verdicts_that_are_not_settled_are_not_scored() throws IOException {
    table(
        row("one", "sat", "unsat", "conflict_sat_votes_without_valid_cex"),
        row("one", "tenth", "sat", "cex_f32_input_1ulp"));
    CommandRun nearest = vnnTest(path);
    CommandRun exact = vnnTest(path, "--input-rounding", "exact");

    assertThat(nearest.exit()).isZero();
    assertThat(nearest.out()).contains("tenth.vnnlib: sat, expected sat");
    assertThat(nearest.out()).containsPattern("(?m)^one +1/1 +0");
    assertThat(exact.exit()).isZero();
    assertThat(exact.out()).contains("tenth.vnnlib: unsat, expected unknown");
    assertThat(exact.out()).containsPattern("(?m)^one +0/0 +0");
  }

  @Test
  void one_family_is_chosen_and_none_says_so() throws IOException {
    table(row("one", "sat", "sat", "tools"), row("two", "unsat", "unsat", "tools"));

    assertThat(vnnTest(path, "--family", "two").out())
        .contains("two")
        .doesNotContain("sat.vnnlib: sat");
    CommandRun none = vnnTest(path, "--family", "three");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("no instance of three");
  }

  @Test
  void what_is_no_table_is_refused() throws IOException {
    assertThat(vnnTest(path).exit()).isEqualTo(ExitCodes.BAD_INPUT);
    for (String text :
        new String[] {"", "a,b\n", HEADER + "one,two\n", HEADER + "a,b,c,d,e,f,g,h,i"}) {
      Files.writeString(path.resolve("verdicts.csv"), text);
      CommandRun run = vnnTest(path);

      assertThat(run.exit()).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(run.err()).contains("verdicts.csv").contains("why:").contains("fix:");
    }
  }

  /** The first instances of quick families; none may be wrong, whatever else they are. */
  @Test
  void instances_of_competitions_are_never_answered_wrongly() throws IOException {
    Path corpus = Needs.shared("corpus/vnn");
    List<String> all = Files.readAllLines(corpus.resolve("verdicts.csv"));
    List<String> few = new ArrayList<>(List.of(all.get(0)));
    for (String family : new String[] {"rl_benchmarks", "collins_rul_cnn", "safenlp", "acasxu"}) {
      List<String> own = all.stream().filter(row -> row.startsWith(family + ",")).toList();
      for (int i = 0; i < own.size(); i += Math.max(1, own.size() / 4)) {
        few.add(
            own.get(i).replace("," + family + "/", "," + corpus.resolve(family).toString() + "/"));
      }
    }
    Files.write(path.resolve("verdicts.csv"), few);
    CommandRun run = vnnTest(path, "--timeout", "3", "--json");

    JsonNode list = new ObjectMapper().readTree(run.out());
    List<String> statuses = list.findValuesAsText("status");
    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(statuses).hasSize(few.size() - 1).doesNotContain("wrong", "error");
    assertThat(statuses.stream().filter("solved"::equals).count()).isGreaterThanOrEqualTo(8);
  }
}
