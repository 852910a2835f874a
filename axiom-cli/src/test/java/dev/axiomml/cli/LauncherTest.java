package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root and the jar, started as a person does, in a locale without UTF-8. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  @TempDir static Path root;

  /** The script beside a jar that is these classes. */
  @BeforeAll
  static void install() throws IOException {
    Path script = Needs.repositoryRoot().resolve("axiom");
    Files.copy(script, root.resolve("axiom"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(root.resolve("axiom-none/src/main"));
    Files.createDirectories(root.resolve("native-kernels"));
    Path jar = root.resolve("axiom-cli/target/axiom.jar");
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    main.put(Attributes.Name.CLASS_PATH, classPath());
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private static String classPath() {
    StringBuilder all = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      all.append(Path.of(entry).toUri()).append(' ');
    }
    return all.toString();
  }

  private record Ended(int exit, String printed) {}

  /**
   * Runs lines of a shell; they lie in a file, for this Java may have no letter for them either.
   */
  private static Ended shell(String... lines) throws IOException, InterruptedException {
    Path script = root.resolve("call.sh");
    String digits = Needs.repositoryRoot().resolve("examples/models/digits.pt2").toString();
    String images =
        Needs.repositoryRoot().resolve("examples/models/digits-test-images.npy").toString();
    Files.writeString(
        script,
        "export LC_ALL=C\nexport JAVA_HOME='"
            + System.getProperty("java.home")
            + "'\ncd '"
            + root
            + "'\nDIGITS='"
            + digits
            + "'\nIMAGES='"
            + images
            + "'\n"
            + String.join("\n", lines)
            + "\n");
    Path printed = root.resolve("printed.txt");
    Process process =
        new ProcessBuilder(List.of("bash", script.toString()))
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
  }

  @Test
  void letters_beyond_ascii_go_in_and_out() throws Exception {
    Ended ended = shell("./axiom verify \"$DIGITS\" --prove '∀x ∈ [0, 1]. no_nan(output)'");
    assertThat(ended.printed()).contains("PROVED   ∀x ∈ [0, 1]. no_nan(output)", "1×1×8×8");
    assertThat(ended.exit()).isZero();
  }

  @Test
  void files_may_have_umlauts_in_their_names() throws Exception {
    Ended ended =
        shell(
            "mkdir -p 'Zähler' && cp \"$IMAGES\" 'Zähler/größe.npy' && cp \"$DIGITS\""
                + " 'Zähler/é.pt2'",
            "./axiom predict 'Zähler/é.pt2' --input 'Zähler/größe.npy' --output 'Zähler/ß.npy' ||"
                + " exit",
            "test -f 'Zähler/ß.npy'");
    assertThat(ended.printed()).contains("Zähler/ß.npy  float32 300×10");
    assertThat(ended.exit()).isZero();
  }

  @Test
  void the_jar_alone_reads_formulas_and_says_what_names_of_files_need() throws Exception {
    String jar = "\"$JAVA_HOME/bin/java\" -jar axiom-cli/target/axiom.jar ";
    Ended claim = shell(jar + "verify \"$DIGITS\" --prove '∀x ∈ [0, 1]. no_nan(output)'");
    assertThat(claim.printed()).contains("PROVED   ∀x ∈ [0, 1]. no_nan(output)");
    assertThat(claim.exit()).isZero();
    Ended file = shell(jar + "summary 'Zähler.pt2'");
    assertThat(file.printed()).contains("Zähler.pt2").contains("export LC_ALL=C.UTF-8");
    assertThat(file.exit()).isEqualTo(ExitCodes.BAD_INPUT);
  }

  @Test
  void version_commit_java_and_instructions_are_told() throws Exception {
    Ended ended = shell("./axiom --version");
    assertThat(ended.printed())
        .containsPattern("(?m)^axiom \\S+$")
        .containsPattern("(?m)^commit (unknown|[0-9a-f]{40}(-dirty)?)$")
        .contains("Java " + System.getProperty("java.version"))
        .containsPattern("(?m)^runs \\S+");
    assertThat(ended.exit()).isZero();
  }

  @Test
  void exhausted_memory_is_no_refutation() throws Exception {
    Ended ended = shell("export JAVA_TOOL_OPTIONS=-Xmx24m", "./axiom summary zoo:vgg16");
    assertThat(ended.printed()).contains("out of memory", " MB", "JAVA_TOOL_OPTIONS=-Xmx");
    assertThat(ended.exit()).isEqualTo(ExitCodes.FAULT);
  }
}
