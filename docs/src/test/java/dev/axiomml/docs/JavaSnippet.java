package dev.axiomml.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java of a page, made a class: imports on top, types beside, statements in one method. */
final class JavaSnippet {
  private static final List<String> IMPORTS =
      List.of(
          "static dev.axiomml.dsl.Dsl.*",
          "dev.axiomml.dsl.*",
          "dev.axiomml.core.model.*",
          "dev.axiomml.core.property.*",
          "dev.axiomml.core.tensor.*",
          "dev.axiomml.core.run.*",
          "dev.axiomml.core.op.*",
          "dev.axiomml.core.ir.*",
          "dev.axiomml.core.error.*",
          "dev.axiomml.verify.*",
          "dev.axiomml.interop.pytorch.*",
          "dev.axiomml.interop.safetensors.*",
          "java.nio.file.*",
          "java.util.*",
          "java.time.Duration");
  private final String source;
  private final String name;

  private JavaSnippet(String name, String source) {
    this.name = name;
    this.source = source;
  }

  /**
   * Wraps a block: lines that import go up, a block that declares a type stays whole, anything else
   * becomes a method's body.
   */
  static JavaSnippet of(Snippet snippet) {
    String name = "Snippet" + Math.abs((snippet.page() + "#" + snippet.line()).hashCode());
    List<String> lines = (snippet.setup() + snippet.text()).lines().toList();
    String imports = lines.stream().filter(JavaSnippet::isImport).collect(Collectors.joining("\n"));
    String rest = lines.stream().filter(line -> !isImport(line)).collect(Collectors.joining("\n"));
    boolean types = snippet.is("type");
    String body =
        types
            ? rest + "\npublic static void run(Path out) {}"
            : "public static void run(Path out) throws Exception {\n" + rest + "\n}";
    String standard =
        IMPORTS.stream().map(i -> "import " + i + ";").collect(Collectors.joining("\n"));
    return new JavaSnippet(
        name, standard + "\n" + imports + "\npublic class " + name + " {\n" + body + "\n}\n");
  }

  private static boolean isImport(String line) {
    return line.startsWith("import ");
  }

  /** Compiles into a folder. @return what the compiler says, empty when it is content */
  String compile(Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignored) {
            return source;
          }
        };
    List<String> options =
        List.of("-d", folder.toString(), "-cp", classPath(), "-proc:none", "-nowarn");
    try (var writer = new java.io.OutputStreamWriter(messages, StandardCharsets.UTF_8)) {
      boolean fine = compiler.getTask(writer, null, null, options, null, List.of(file)).call();
      writer.flush();
      return fine ? "" : messages.toString(StandardCharsets.UTF_8) + numbered();
    }
  }

  /** Runs the compiled class; {@code out} is a folder the snippet may write to. */
  void run(Path folder, Path out) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, JavaSnippet.class.getClassLoader())) {
      loader.loadClass(name).getMethod("run", Path.class).invoke(null, out);
    }
  }

  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private String numbered() {
    List<String> lines = source.lines().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(String.format("%n%3d %s", i + 1, lines.get(i)));
    }
    return text.toString();
  }
}
