package dev.axiomml.docs;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Many snippets compiled in one call: what the compiler said of each, and the classes. */
final class Compiled {
  private final Path folder;
  private final Map<String, String> errors = new LinkedHashMap<>();

  private Compiled(Path folder) {
    this.folder = folder;
  }

  /** Compiles into a folder; what is wrong is left out, so that the rest is there. */
  static Compiled of(List<JavaSnippet> snippets, Path folder) {
    Compiled compiled = new Compiled(folder);
    List<JavaSnippet> left = new ArrayList<>(snippets);
    int before;
    do {
      before = left.size();
      compiled.attempt(left);
      left.removeIf(snippet -> compiled.errors.containsKey(snippet.name()));
    } while (left.size() < before && !left.isEmpty());
    return compiled;
  }

  private void attempt(List<JavaSnippet> snippets) {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of("-d", folder.toString(), "-cp", classPath(), "-proc:none", "-Xmaxerrs", "500");
    List<Source> files = snippets.stream().map(Source::new).toList();
    ToolProvider.getSystemJavaCompiler().getTask(null, null, found, options, null, files).call();
    for (Diagnostic<? extends JavaFileObject> one : found.getDiagnostics()) {
      if (one.getKind() == Diagnostic.Kind.ERROR && one.getSource() instanceof Source source) {
        String text = "line " + one.getLineNumber() + ": " + one.getMessage(Locale.ROOT) + "\n";
        errors.merge(source.snippet.name(), text, String::concat);
      }
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** What the compiler said of a snippet, empty when it was content. */
  String errors(JavaSnippet snippet) {
    return errors.getOrDefault(snippet.name(), "");
  }

  /** Runs a snippet; {@code out} is a folder that it may write to. */
  void run(JavaSnippet snippet, Path out) throws Exception {
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, Compiled.class.getClassLoader())) {
      loader.loadClass(snippet.name()).getMethod("run", Path.class).invoke(null, out);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final JavaSnippet snippet;

    Source(JavaSnippet snippet) {
      super(URI.create("string:///" + snippet.name() + ".java"), Kind.SOURCE);
      this.snippet = snippet;
    }

    @Override
    public CharSequence getCharContent(boolean ignored) {
      return snippet.source();
    }
  }
}
