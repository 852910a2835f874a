package dev.axiomml.examples;

import static dev.axiomml.dsl.Dsl.inputIn;
import static dev.axiomml.dsl.Dsl.noNaN;
import static dev.axiomml.dsl.Dsl.scores;
import static dev.axiomml.dsl.Dsl.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Scores;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service finds in its log; slf4j-simple writes it to the standard error of the moment. */
class LogLinesTest {
  private static final Model<Scores> MODEL =
      Axiom.model("logged").input(vector(2)).dense(3).relu().dense(2).output(scores(2)).build();

  /** Lines that are written while something runs. */
  private static String logOf(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_compilation_names_model_backend_and_options() {
    assertThat(logOf(() -> MODEL.compile(Backends.REFERENCE).close()))
        .contains("INFO dev.axiomml.core.model.CompiledModel - compiled logged for reference")
        .contains("optimize=STANDARD");
  }

  @Test
  void a_plan_that_makes_room_is_named_by_its_sizes() {
    try (CompiledModel compiled = MODEL.compile(Backends.REFERENCE)) {
      assertThat(logOf(() -> predict(compiled, 2, 8))).doesNotContain("dropped");
      assertThat(logOf(() -> predict(compiled, 9, 9)))
          .containsOnlyOnce("dropped the plan for {N=1} on reference");
    }
  }

  private static void predict(CompiledModel compiled, int least, int most) {
    for (int batch = least; batch <= most; batch++) {
      compiled.predict(Tensor.random(Shape.of(batch, 2), 1, 0, 1));
    }
  }

  @Test
  void a_refused_file_is_logged_once_with_all_four_parts(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("model.pt"), "<html>not found</html>");

    assertRefused(() -> PyTorch.load(file), file);
    assertRefused(() -> PyTorch.loadInto(MODEL, file), file);
    assertRefused(() -> Onnx.load(file), file);
  }

  private static void assertRefused(Runnable opening, Path file) {
    String log =
        logOf(() -> assertThatThrownBy(opening::run).isInstanceOf(ModelImportException.class));
    assertThat(log)
        .containsOnlyOnce("WARN dev.axiomml.interop.file.FileRefusals - refused a file: ")
        .contains("where: " + file, "why:", "fix:");
  }

  @Test
  void a_claim_is_logged_with_its_verdict() {
    String log =
        logOf(
            () -> Verifier.prove(MODEL, noNaN().forAll(inputIn(0, 1)), Budget.seconds(10)).word());
    assertThat(log).contains("logged: ∀x ∈ [0, 1]. no_nan(output) PROVED in ");
  }

  @Test
  void a_missing_kernel_library_is_a_warning_once_and_the_choice_says_what_it_passed_over()
      throws Exception {
    assertThat(errorsWithoutLibrary())
        .containsOnlyOnce("WARN dev.axiomml.backend.jni.JniLoader - no native library: ")
        .contains("/nowhere/libaxiom.so", "where: native backend", "why:", "fix:")
        .contains("chose backend reference; passed over: {native=");
  }

  /** The example chooses a backend in a process that is told of a library that is not there. */
  private static String errorsWithoutLibrary() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Daxiom.native.path=/nowhere/libaxiom.so",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ChoosesBackend.class.getName())
            .start();
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(errors).isZero();
    return errors;
  }

  /** A program that asks for the fastest backend twice. */
  static final class ChoosesBackend {
    private ChoosesBackend() {}

    public static void main(String[] none) {
      Backends.choose();
      Backends.choose();
    }
  }
}
