package dev.axiomml.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.cli.CommandRun;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.dsl.Dsl;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  private static final String DIGITS =
      Needs.repositoryRoot().resolve("examples/models/digits.onnx").toString();

  @TempDir Path folder;

  @BeforeEach
  void needs_native() {
    Optional<String> reason = Backends.require(Backends.NATIVE).unavailable();
    Needs.nativeLibrary(reason.isEmpty(), reason.orElse(""));
  }

  private static CommandRun bench(String... more) {
    List<String> words = new ArrayList<>(List.of("bench", DIGITS, "--rounds", "3"));
    words.addAll(List.of("--seconds", "0.02"));
    words.addAll(List.of(more));
    return CommandRun.of(words);
  }

  /** A peer that answers with a file's numbers and says that each prediction takes a second. */
  private String python(String answer) throws IOException {
    Path script = folder.resolve("python");
    Files.writeString(
        script, "#!/bin/sh\ncp " + answer + "\necho ready 9.9\nwhile read s; do echo 1000; done\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }

  @Test
  void peers_that_are_not_here_are_named_with_their_reason() {
    CommandRun run = bench("--python", folder.resolve("none").toString(), "--batch", "1,4");
    assertThat(run.exit()).as(run.toString()).isZero();
    assertThat(run.out())
        .contains("batch 1, threads 1: axiom", "batch 4", "torch     absent: Cannot run program")
        .doesNotContain("geometric mean");
  }

  @Test
  void a_peer_with_another_answer_is_no_peer() throws IOException {
    CommandRun run = bench("--peers", "ort", "--python", python("$5/in0.npy $5/out0.npy"));
    assertThat(run.exit()).as(run.toString()).isEqualTo(1);
    assertThat(run.out()).contains("ANOTHER ANSWER", "version 9.9", "of 1 of 1 cases");
  }

  @Test
  void ratios_are_the_time_of_the_peer_over_ours() throws IOException {
    CommandRun run =
        bench("--peers", "ort", "--json", "--python", python("$5/in0.npy $5/out0.npy"));
    JsonNode one = new ObjectMapper().readTree(run.out()).get(0);
    JsonNode peer = one.get("peers").get(0);
    assertThat(peer.get("millis").get("median").doubleValue()).isEqualTo(1000);
    assertThat(peer.get("ratio").get("high").doubleValue())
        .isEqualTo(1000 / one.get("millis").get("low").doubleValue());
    assertThat(one.get("gigaflops").doubleValue()).isPositive();
  }

  @Test
  void unknown_peers_and_counts_of_zero_are_refused() {
    assertThat(bench("--peers", "tpu").err()).contains("no peer tpu", "--peers ort,torch");
    assertThat(bench("--batch", "0").exit()).isEqualTo(64);
  }

  @Test
  void work_is_two_operations_a_product() {
    Model<?> dense = Axiom.model("d").input(Dsl.vector(7)).dense(5).output(Dsl.scores(5)).build();
    Tensor x = Tensor.zeros(Shape.of(3, 7));
    assertThat(BenchCase.flop(dense, List.of(x))).isEqualTo(2.0 * 3 * 7 * 5);
  }

  @Test
  void a_nan_on_one_side_differs_without_end() {
    Tensor nan = Tensor.of(Shape.of(1), Float.NaN);
    Tensor one = Tensor.of(Shape.of(1), 1);
    assertThat(PeerFigures.difference(List.of(nan), List.of(one))).isInfinite();
    assertThat(PeerFigures.difference(List.of(one), List.of())).isInfinite();
    assertThat(PeerFigures.difference(List.of(one), List.of(Tensor.of(Shape.of(1), 2))))
        .isEqualTo(0.5);
  }
}
