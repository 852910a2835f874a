package dev.axiomml.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param page the page, relative to the repository
 * @param line where the block starts
 * @param language the first word after the fence
 * @param flags the words after it
 * @param text what stands between the fences
 * @param setup the Java that goes before it: comments that start with {@code <!-- java:}, and for a
 *     block that {@code continues} the blocks that it continues
 */
record Snippet(
    Path page, int line, String language, List<String> flags, String text, String setup) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- java:\\s*(.*?)-->|^```(\\w+)([^\\n]*)\\n(.*?)^```\\s*$",
          Pattern.DOTALL | Pattern.MULTILINE);

  /** All blocks of a page, in order. */
  static List<Snippet> of(Path root, Path page) throws IOException {
    String text = Files.readString(page);
    List<Snippet> snippets = new ArrayList<>();
    String hidden = "";
    String before = "";
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        hidden += matcher.group(1) + "\n";
        continue;
      }
      List<String> flags = List.of(matcher.group(3).strip().split("\\s+"));
      String setup = flags.contains("continues") ? before + hidden : hidden;
      int line = 1 + (int) text.substring(0, matcher.start()).lines().count();
      Path relative = root.relativize(page);
      snippets.add(new Snippet(relative, line, matcher.group(2), flags, matcher.group(4), setup));
      if (matcher.group(2).equals("java")) {
        before = setup + matcher.group(4);
        hidden = "";
      }
    }
    return snippets;
  }

  /** The repository's pages, but not what others wrote. */
  static List<Path> pages(Path root) throws IOException {
    List<Path> pages = new ArrayList<>();
    try (var top = Files.list(root);
        var docs = Files.walk(root.resolve("docs"))) {
      top.filter(path -> path.toString().endsWith(".md")).forEach(pages::add);
      docs.filter(path -> path.toString().endsWith(".md") && !path.toString().contains("/target/"))
          .forEach(pages::add);
    }
    pages.sort(null);
    return pages;
  }

  boolean is(String flag) {
    return flags.contains(flag);
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
