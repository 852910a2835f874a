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
 * in 0, and below it what it prints.
 *
 * @param words the arguments
 * @param exit the code it should end with
 * @param shown lines of its output, see {@link Shown}
 */
record ConsoleLine(List<String> words, int exit, List<String> shown) {
  private static final String START = "$ ./axiom ";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern EXIT = Pattern.compile("\\s# exit (\\d+)\\s*$");

  /**
   * How a command ended.
   *
   * @param exit its code
   * @param printed what it wrote to either stream
   */
  record Ended(int exit, String printed) {}

  /** The axiom commands of a block; other commands are not run. */
  static List<ConsoleLine> of(Snippet snippet) {
    List<ConsoleLine> commands = new ArrayList<>();
    boolean ours = false;
    for (String line : snippet.text().replace("\\\n", " ").lines().toList()) {
      boolean command = line.startsWith("$ ");
      ours = command ? line.startsWith(START) : ours;
      if (ours && command) {
        commands.add(parsed(line.substring(START.length())));
      } else if (ours) {
        commands.get(commands.size() - 1).shown.add(line);
      }
    }
    return commands;
  }

  private static ConsoleLine parsed(String line) {
    Matcher exit = EXIT.matcher(line);
    int code = exit.find() ? Integer.parseInt(exit.group(1)) : 0;
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(exit.replaceAll(""));
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return new ConsoleLine(words, code, new ArrayList<>());
  }

  /** Runs it in this process: files of the repository are read there, others are in the folder. */
  Ended run(Path root, Path folder) {
    String[] arguments =
        words.stream().map(word -> placed(word, root, folder)).toArray(String[]::new);
    StringWriter printed = new StringWriter();
    int code = Main.run(new PrintWriter(printed), new PrintWriter(printed), arguments);
    return new Ended(code, printed.toString().replace(folder + "/", "").replace(root + "/", ""));
  }

  private static String placed(String word, Path root, Path folder) {
    boolean file = word.matches("[\\w./-]+\\.(npy|pt2?|pth|json|html|onnx|safetensors|svg|pem)");
    boolean out = word.matches("[\\w-]+/");
    if (out) {
      return folder.resolve(word).toString();
    }
    if (!file) {
      return word;
    }
    Path inside = root.resolve(word);
    return Files.exists(inside) ? inside.toString() : folder.resolve(word).toString();
  }
}
