package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.cli.command.CommandInterruption;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on a search that would take an hour. */
@EnabledOnOs(OS.LINUX)
class InterruptionTest {
  private static final int INT = 2;
  private static final int TERM = 15;

  @TempDir Path folder;

  /** A shell starts what runs behind its back with Ctrl-C ignored; then another signal must do. */
  private static int signal() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElse("SigIgn: 0");
    long mask = Long.parseUnsignedLong(ignored.substring(7).strip(), 16);
    return (mask >> (INT - 1) & 1) == 1 ? TERM : INT;
  }

  private Process search(String... more) throws IOException {
    List<String> call =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "verify",
                Needs.repositoryRoot().resolve("examples/models/digits.pt2").toString(),
                "--prove",
                "forall x in [0, 1]. no_nan(output)",
                "--prove",
                "forall x in [0, 1]. max(output) >= 0.09",
                "--timeout",
                "3600"));
    call.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(call);
    builder.environment().put("AXIOM_TERMINAL", "1");
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  private void awaitSecondClaim(Process process) throws Exception {
    for (int tick = 0; tick < 1200 && process.isAlive(); tick++) {
      if (Files.readString(folder.resolve("err")).contains("boxes")) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        "the search did not begin: " + Files.readString(folder.resolve("err")));
  }

  private String interrupted(Process process) throws Exception {
    try {
      awaitSecondClaim(process);
      int signal = signal();
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue())
          .as(
              "%s%n%s",
              Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")))
          .isEqualTo(128 + signal);
      return Files.readString(folder.resolve("out"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void what_is_known_so_far_is_printed() throws Exception {
    Path certificate = folder.resolve("c.json");
    String printed = interrupted(search("--certificate", certificate.toString()));
    assertThat(printed)
        .startsWith("? UNDECIDED  digits: 1 proved, 1 unknown")
        .contains("PROVED   ∀x ∈ [0, 1]. no_nan(output)")
        .contains("UNKNOWN  ∀x ∈ [0, 1]. max(output) >= 0.09");
    assertThat(printed.split("UNDECIDED", -1)).as("printed once").hasSize(2);
    assertThat(certificate).exists();
    assertThat(Files.readString(folder.resolve("err"))).contains("interrupted");
  }

  @Test
  void json_stays_whole() throws Exception {
    String printed = interrupted(search("--json"));
    assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(printed).get("claims"))
        .hasSize(2);
  }

  @Test
  void work_that_does_not_end_by_itself_has_its_answers_printed_once() {
    CommandInterruption interruption = CommandInterruption.never();
    int[] printed = {0};
    interruption.otherwise(() -> printed[0]++);
    assertThat(interruption.requested()).isFalse();
    interruption.stop();
    assertThat(interruption.requested()).isTrue();
    assertThat(printed[0]).isEqualTo(1);
    assertThat(interruption.takesPrinting()).isFalse();
  }

  @Test
  void the_end_of_a_command_is_no_interruption() {
    CommandInterruption interruption = CommandInterruption.never();
    interruption.otherwise(
        () -> {
          throw new AssertionError("printed twice");
        });
    assertThat(interruption.takesPrinting()).isTrue();
    interruption.done();
    interruption.stop();
    assertThat(interruption.requested()).isFalse();
  }
}
