package dev.axiomml.docs;

import dev.axiomml.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command on a page: {@code $ ./axiom …}, with {@code # exit 1} behind it when it should not end
 * in 0.
 *
 * @param words the arguments
 * @param exit the code it should end with
 */
record ConsoleLine(List<String> words, int exit) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern EXIT = Pattern.compile("\\s# exit (\\d+)\\s*$");

  /** The axiom commands of a block; other commands are not run. */
  static List<ConsoleLine> of(Snippet snippet) {
    return snippet
        .text()
        .lines()
        .filter(line -> line.startsWith("$ ./axiom "))
        .map(ConsoleLine::parsed)
        .toList();
  }

  private static ConsoleLine parsed(String line) {
    Matcher exit = EXIT.matcher(line);
    int code = exit.find() ? Integer.parseInt(exit.group(1)) : 0;
    String command = exit.replaceAll("").substring("$ ./axiom ".length());
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return new ConsoleLine(words, code);
  }

  /**
   * Runs it in this process: files of the repository are read there, anything else is in the
   * folder.
   */
  int run(Path root, Path folder) {
    String[] arguments =
        words.stream().map(word -> placed(word, root, folder)).toArray(String[]::new);
    return Main.run(
        new PrintWriter(new StringWriter()), new PrintWriter(System.err, true), arguments);
  }

  private static String placed(String word, Path root, Path folder) {
    boolean file = word.matches("[\\w./-]+\\.(npy|pt2?|pth|json|html|onnx|safetensors|svg)");
    Path inside = file ? root.resolve(word) : root;
    return !file
        ? word
        : Files.exists(inside)
            ? inside.toString()
            : folder.resolve(Path.of(word).getFileName()).toString();
  }
}
