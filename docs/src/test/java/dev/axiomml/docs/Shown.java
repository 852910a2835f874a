package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Output as a page shows it: its lines come in this order, {@code …} stands for anything. */
final class Shown {
  private Shown() {}

  /** Requires each line to be in the output, below the one before it. */
  static void require(Snippet snippet, List<String> lines, String output) {
    Deque<String> printed = new ArrayDeque<>(output.lines().toList());
    for (String line : lines) {
      if (line.isBlank() || line.strip().equals("…")) {
        continue;
      }
      Pattern pattern = pattern(line.strip());
      while (!printed.isEmpty() && !pattern.matcher(printed.peek().strip()).matches()) {
        printed.pop();
      }
      assertThat(printed.poll())
          .as("%s shows%n%s%nbut what was printed is%n%s", snippet, line, output)
          .isNotNull();
    }
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(
        Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
