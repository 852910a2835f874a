package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that make no sense, each answered by its exit code and one short message. */
class AbsurdCallsTest {
  @TempDir static Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void makeStrangeFiles() throws IOException {
    byte[] noise = new byte[4096];
    new SplittableRandom(7).nextBytes(noise);
    write("noise", noise);
    for (String name : new String[] {"noise.onnx", "noise.npy", "noise.pt2", "noise.safetensors"}) {
      write(name, noise);
    }
    write("empty", new byte[0]);
    write("empty.npy", new byte[0]);
    write("object.json", "{}".getBytes(StandardCharsets.UTF_8));
    write("list.json", "[1, 2".getBytes(StandardCharsets.UTF_8));
    write("deep.json", "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    write("zip.pt", emptyZip());
    write("none.safetensors", new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    write("none.pt", checkpoint(0x80, 2, '}', '.'));
    write("self.pt", checkpoint(0x80, 2, '}', 'q', 0, 'X', 1, 0, 0, 0, 'a', 'h', 0, 's', '.'));
    Files.createDirectory(folder.resolve("dir"));
    Files.createDirectory(folder.resolve("suites"));
    write("suites/index.csv", "suite,test\nnode,x\n".getBytes(StandardCharsets.UTF_8));
    Npy.write(Tensor.zeros(Shape.of(0, 1, 8, 8)), folder.resolve("none.npy"));
    Npy.write(Tensor.scalar(1), folder.resolve("scalar.npy"));
    Npy.write(Tensor.ofTexts(Shape.of(2), "a", "b"), folder.resolve("text.npy"));
    Npy.write(Tensor.zeros(Shape.of(1, 1, 8, 8)), folder.resolve("one.npy"));
    Npy.write(Tensor.zeros(Shape.of(1, 9, 9)), folder.resolve("shape.npy"));
    byte[] huge = Files.readAllBytes(folder.resolve("one.npy"));
    String header = new String(huge, StandardCharsets.ISO_8859_1);
    String wide = header.replace("(1, 1, 8, 8,), }      ", "(999999999, 99999, 8,)}");
    write("huge.npy", wide.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static byte[] emptyZip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ZipOutputStream(bytes).close();
    return bytes.toByteArray();
  }

  /** What torch.save writes around a pickle. */
  private static byte[] checkpoint(int... pickle) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      for (int b : pickle) {
        zip.write(b);
      }
    }
    return bytes.toByteArray();
  }

  private static String words(String line) {
    String models = Needs.repositoryRoot().resolve("examples/models").toString();
    return line.replace("DIGITS", models + "/digits.pt2")
        .replace("IMAGES", models + "/digits-test-images.npy")
        .replace("LONG", "output[0] <= 1" + " and output[0] <= 1".repeat(5_500))
        .replace("DEEP", "(".repeat(100_000) + "output[0] <= 1" + ")".repeat(100_000))
        .replace("NOTS", "not ".repeat(25_000) + "output[0] <= 1")
        .replace("@", folder + "/");
  }

  private int axiom(String line) {
    String[] words =
        line.isBlank()
            ? new String[0]
            : Arrays.stream(words(line).split(" \\| ", -1))
                .map(word -> word.equals("EMPTY") ? "" : word)
                .toArray(String[]::new);
    return Main.run(new PrintWriter(out), new PrintWriter(err), words);
  }

  /** A line is the call's words with bars between, then how it ends and a word of the message. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "absurd-calls.csv", delimiter = ';', numLinesToSkip = 1)
  void an_absurd_call_is_refused_by_name(String line, int exit, String named) {
    int code = axiom(line);
    String said = err.toString().strip();
    assertThat(code).as("%s%n%s%n%s", line, said, out).isEqualTo(exit);
    assertThat(said.lines().count()).as(said).isBetween(1L, 12L);
    assertThat(said).doesNotContain("\tat ").contains(named);
    if (exit == ExitCodes.BAD_INPUT) {
      assertThat(said).contains("fix:");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--certificate", "--html"})
  void an_answer_that_cannot_be_written_is_found_before_the_search(String option) {
    long start = System.nanoTime();
    int code =
        axiom(
            "verify | DIGITS | --prove | ∀x ∈ [0,1]. max(output) >= 0.09 | --timeout | 60 | "
                + option
                + " | @missing/answer");
    assertThat(code).as(err.toString()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat((System.nanoTime() - start) * 1e-9).isLessThan(30);
    assertThat(err.toString()).contains(option, "mkdir -p ");
  }
}
