package dev.axiomml.interop.pytorch.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell script stands for Python: it sees what Python would see, and misbehaves. */
class PythonExportTest {
  private static final ProcessBounds BOUNDS =
      new ProcessBounds(Duration.ofMinutes(2), 1 << 16, 1 << 20);

  @TempDir Path folder;

  @BeforeEach
  void needs_a_posix_shell() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh: the stand-in for Python is a script");
  }

  private Path python(String... lines) throws IOException {
    Path script = folder.resolve("python");
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Path model() throws IOException {
    return Files.writeString(folder.resolve("net.pt"), "anything");
  }

  private PythonExport run(ProcessBounds bounds, String... lines) throws IOException {
    return PythonExport.run(
        python(lines), model(), List.of(InputSpec.of(Shape.of(3, 8, 8))), bounds);
  }

  private void refused(ProcessBounds bounds, String what, String... lines) {
    assertThatThrownBy(() -> run(bounds, lines))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining(what)
        .hasMessageContaining("net.pt")
        .hasMessageContaining("why:")
        .hasMessageContaining("fix:");
  }

  @Test
  void the_file_it_writes_is_found_and_gone_after_closing() throws IOException {
    Path file;
    try (PythonExport export =
        run(BOUNDS, "mkdir out; echo {} > out/net.json; echo x > out/net.pt2")) {
      file = export.file();
      assertThat(file).hasFileName("net.pt2").exists();
    }
    assertThat(file.getParent().getParent()).doesNotExist();
  }

  @Test
  void it_is_given_the_script_the_model_and_the_shape_and_an_empty_environment()
      throws IOException {
    String[] copy = {
      "mkdir out", "{ echo \"$@\"; /usr/bin/env; cat axiom_export.py; } > out/net.pt2"
    };
    try (PythonExport export = run(BOUNDS, copy)) {
      String seen = Files.readString(export.file());
      assertThat(seen)
          .contains("-I -B axiom_export.py " + folder.resolve("net.pt"))
          .contains("--input-shape 2,3,8,8:float32")
          .contains("HOME=" + export.file().getParent().getParent())
          .contains("weights_only=True")
          .doesNotContain("USER=", "AXIOM_", "JAVA_HOME=");
      assertThat(seen.lines().findFirst().orElseThrow()).doesNotContain("--trust");
    }
  }

  @Test
  void one_that_hangs_is_ended_with_its_children() {
    ProcessBounds brief = new ProcessBounds(Duration.ofMillis(300), 1 << 16, 1 << 20);
    refused(brief, "it ran longer than", "sleep 600 & sleep 600");
  }

  @Test
  void one_that_prints_without_end_is_ended() {
    refused(BOUNDS, "it printed more than", "while :; do echo spam spam spam spam >&2; done");
  }

  @Test
  void one_that_writes_without_end_is_ended() {
    refused(BOUNDS, "it wrote more than", "while :; do cat axiom_export.py >> big; done");
  }

  @Test
  void what_it_prints_to_standard_output_does_not_block_it() throws IOException {
    String flood = "i=0; while [ $i -lt 9999 ]; do echo spam spam spam spam; i=$((i+1)); done";
    try (PythonExport export = run(BOUNDS, flood, "mkdir out; echo x > out/net.pt2")) {
      assertThat(export.file()).exists();
    }
  }

  @Test
  void a_failure_tells_the_code_and_the_last_lines() {
    refused(BOUNDS, "exit code 3", "echo first >&2; echo the reason >&2; exit 3");
    refused(BOUNDS, "the reason", "echo first >&2; echo the reason >&2; exit 3");
  }

  @Test
  void success_without_a_file_is_a_failure() {
    refused(BOUNDS, "it wrote no model", "exit 0");
    refused(BOUNDS, "it wrote no model", "mkdir out; ln -s /etc/hostname out/net.pt2");
  }

  @Test
  void a_python_that_is_not_there_is_named() {
    assertThatThrownBy(
            () -> PythonExport.run(folder.resolve("nopython"), model(), List.of(), BOUNDS))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("nopython")
        .hasMessageContaining("venv/bin/python");
  }

  @Test
  void a_model_that_is_not_there_is_named() {
    assertThatThrownBy(
            () -> PythonExport.run(Path.of("/bin/sh"), folder.resolve("none.pt"), List.of()))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("none.pt");
  }
}
