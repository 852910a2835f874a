package dev.axiomml.interop.pytorch.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What a process prints, drained as it comes; only its end is kept. */
final class ProcessMessages implements Runnable {
  private static final int KEPT = 4096;
  private static final int LINES = 6;

  private final InputStream from;
  private final byte[] tail = new byte[KEPT];
  private volatile long count;

  ProcessMessages(InputStream from) {
    this.from = from;
  }

  @Override
  public void run() {
    byte[] part = new byte[KEPT];
    try (from) {
      for (int n = from.read(part); n >= 0; n = from.read(part)) {
        keep(part, n);
      }
    } catch (IOException e) {
      keep(("(the rest is lost: " + e.getMessage() + ")").getBytes(StandardCharsets.UTF_8));
    }
  }

  private void keep(byte[] text) {
    keep(text, text.length);
  }

  private synchronized void keep(byte[] part, int n) {
    for (int i = 0; i < n; i++) {
      tail[(int) ((count + i) % KEPT)] = part[i];
    }
    count += n;
  }

  /** Bytes printed so far. */
  long count() {
    return count;
  }

  /** The last lines, without control characters. */
  synchronized String lastLines() {
    int length = (int) Math.min(count, KEPT);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = tail[(int) ((count - length + i) % KEPT)];
    }
    List<String> lines =
        new String(text, StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceAll("\\p{Cntrl}", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    return lines.isEmpty()
        ? "it printed nothing"
        : lines.stream()
            .skip(Math.max(0, lines.size() - LINES))
            .collect(Collectors.joining("\n         "));
  }
}
