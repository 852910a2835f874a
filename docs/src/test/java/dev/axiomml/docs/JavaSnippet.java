package dev.axiomml.docs;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Java of a page, made a class: imports on top, statements in one method.
 *
 * @param snippet the block
 * @param name of the class
 * @param source of the class
 */
record JavaSnippet(Snippet snippet, String name, String source) {
  /**
   * Wraps a block: lines that import go up, a block of the flag {@code type} stays whole, anything
   * else becomes the body of {@code run(Path out)}, whose argument is a folder to write to.
   */
  static JavaSnippet of(Snippet snippet, String standardImports) {
    String name =
        "Snippet_" + snippet.page().toString().replaceAll("\\W", "_") + "_" + snippet.line();
    List<String> lines = (snippet.setup() + snippet.text()).lines().toList();
    String imports = lines.stream().filter(JavaSnippet::imports).collect(Collectors.joining("\n"));
    String rest = lines.stream().filter(line -> !imports(line)).collect(Collectors.joining("\n"));
    String body =
        snippet.is("type")
            ? rest + "\npublic static void run(Path out) {}"
            : "public static void run(Path out) throws Exception {\n" + rest + "\n}";
    String source = standardImports + imports + "\npublic class " + name + " {\n" + body + "\n}\n";
    return new JavaSnippet(snippet, name, source);
  }

  private static boolean imports(String line) {
    return line.startsWith("import ");
  }

  /** The class with numbered lines, for a failure. */
  String numbered() {
    List<String> lines = source.lines().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(String.format("%n%3d %s", i + 1, lines.get(i)));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return snippet.toString();
  }
}
