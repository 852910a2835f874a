package dev.axiomml.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words behind the command's name, as they were typed.
 *
 * <p>In the locale C the Java machine reads each byte beyond ASCII as U+FFFD; Linux still knows the
 * bytes, which are UTF-8.
 */
final class CommandLineWords {
  private static final Path LINUX = Path.of("/proc/self/cmdline");
  private static final String LOST = "\uFFFD";

  private CommandLineWords() {}

  /** The same words; those with lost letters are read again where the system still has them. */
  static String[] typed(String... words) {
    boolean lost = Arrays.stream(words).anyMatch(word -> word.contains(LOST));
    if (!lost || !Files.isReadable(LINUX)) {
      return words;
    }
    try {
      return restored(words, Files.readAllBytes(LINUX));
    } catch (IOException e) {
      return words; // they stay as Java read them, and are refused by name
    }
  }

  /** Words with their lost letters, from the process's own command line. */
  static String[] restored(String[] words, byte[] commandLine) {
    List<byte[]> all = split(commandLine);
    String[] typed = words.clone();
    int first = all.size() - words.length;
    for (int i = Math.max(0, -first); i < words.length; i++) {
      byte[] bytes = all.get(first + i);
      typed[i] = asRead(bytes).equals(words[i]) ? utf8(bytes) : words[i];
    }
    return typed;
  }

  private static List<byte[]> split(byte[] commandLine) {
    List<byte[]> all = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        all.add(Arrays.copyOfRange(commandLine, start, i));
        start = i + 1;
      }
    }
    return all;
  }

  /** The word as Java reads it in the locale C. */
  private static String asRead(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(b < 0 ? LOST : String.valueOf((char) b));
    }
    return text.toString();
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
