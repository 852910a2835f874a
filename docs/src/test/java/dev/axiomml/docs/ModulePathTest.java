package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.testing.Needs;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application of its own module, compiled and run on the module path. */
class ModulePathTest {
  private static final Path SOURCES = Needs.repositoryRoot().resolve("docs/src/test/modules");
  private static final ModulePath MODULES = ModulePath.ofThisRun();
  private static final String NAMED =
      MODULES.of("dev.axiomml.dsl", "dev.axiomml.interop", "dev.axiomml.verify");

  @TempDir Path folder;

  @Test
  void an_application_on_the_module_path_proves_and_finds_the_zoo_and_the_prover()
      throws Exception {
    assertThat(compile(source())).isEmpty();

    assertThat(run(NAMED))
        .contains("prover found: true", "theorem: PROVED", "zoo found: squeezenet1_1")
        .contains("backends: [reference]", "fastest: reference runs");
  }

  @Test
  void a_backend_is_found_where_its_module_is_on_the_path() throws Exception {
    Backend compiled = backend(Backends.NATIVE);
    Needs.nativeLibrary(compiled.unavailable().isEmpty(), compiled.unavailable().orElse(""));
    assertThat(compile(source())).isEmpty();

    assertThat(run(NAMED + File.pathSeparator + MODULES.of("dev.axiomml.backend.jni")))
        .contains("backends: [native, reference]", "fastest: native runs");
  }

  private static Backend backend(BackendId id) {
    return Backends.present().stream().filter(b -> b.id().equals(id)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.axiomml.core.pass.PassPipelines",
        "dev.axiomml.interop.file.ModelFile",
        "dev.axiomml.verify.search.BoxSearch",
        "dev.axiomml.verify.bound.GraphBounds"
      })
  void the_same_application_does_not_compile_with_a_type_that_is_not_exported(String type)
      throws Exception {
    String trespass = source().replaceFirst("import ", "import " + type + ";\nimport ");

    assertThat(compile(trespass)).singleElement().asString().contains("does not export it");
  }

  private static String source() throws IOException {
    return Files.readString(SOURCES.resolve("consumer/Main.java"));
  }

  /** What the compiler said, nothing where it was content. */
  private List<String> compile(String main) throws IOException {
    Path source = Files.createDirectories(folder.resolve("source/consumer")).resolve("Main.java");
    Files.writeString(source, main);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = javac.getStandardFileManager(said, null, null)) {
      List<String> options =
          List.of("-d", classes().toString(), "--module-path", NAMED, "--class-path", "");
      var units = files.getJavaFileObjects(SOURCES.resolve("module-info.java"), source);
      javac.getTask(null, files, said, options, null, units).call();
    }
    return said.getDiagnostics().stream().map(one -> one.getMessage(Locale.ROOT)).toList();
  }

  private Path classes() {
    return folder.resolve("classes");
  }

  /** What the application prints. */
  private List<String> run(String modules) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "--module-path"));
    command.add(classes() + File.pathSeparator + modules);
    command.addAll(List.of("--module", "consumer/consumer.Main", folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("CLASSPATH");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines().toList();
  }
}
