package dev.axiomml.verify.fuzz;

import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** {@code tools/check_certificate.py}, run by the Python that is found. */
record SecondChecker(Path folder) {
  private static final Path SCRIPT = Needs.repositoryRoot().resolve("tools/check_certificate.py");
  private static final long MINUTES = 10;

  /** What it says of one claim. */
  record Answer(String text) {
    boolean confirms() {
      return text.startsWith("confirmed: ");
    }

    /** Whether it has no rule for something in the network. */
    boolean isBeyond() {
      return text.contains("; no rule for ");
    }
  }

  /** One in a folder; stops the test where there is no Python. */
  static SecondChecker in(Path folder) {
    SecondChecker checker = new SecondChecker(folder);
    try {
      String version = checker.run(List.of("python3", "--version"));
      Assumptions.assumeTrue(version.startsWith("Python 3"), "python3 says " + version);
    } catch (IOException absent) {
      Assumptions.abort("there is no python3: " + absent.getMessage());
    }
    return checker;
  }

  /** The answers to each claim of some dumps. */
  List<List<Answer>> answers(List<String> dumps) throws IOException {
    List<String> words = new ArrayList<>(List.of("python3", SCRIPT.toString()));
    for (int i = 0; i < dumps.size(); i++) {
      words.add(Files.writeString(folder.resolve(i + ".dump"), dumps.get(i)).toString());
    }
    List<List<Answer>> all = new ArrayList<>();
    for (String line : run(words).lines().toList()) {
      if (line.contains(": trusted to be the network of ")) {
        all.add(new ArrayList<>());
      } else if (line.startsWith("  ")) {
        all.get(all.size() - 1).add(new Answer(line.strip()));
      }
    }
    return all;
  }

  private String run(List<String> words) throws IOException {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(words + " did not end within " + MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(out);
  }
}
