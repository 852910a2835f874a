package dev.axiomml.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints the guided tour: numbered stops, plain sentences, and figures set off from them. */
final class DemoTour {
  private final PrintWriter out;
  private final long started = System.nanoTime();
  private int stop;

  DemoTour(PrintWriter out) {
    this.out = out;
  }

  /** A new stop with the sentence that says what is to be seen. */
  void stop(String title, String sentence) {
    stop++;
    out.println();
    out.println(stop + "  " + title);
    out.println("   " + sentence.replace("\n", "\n   "));
    out.flush();
  }

  /** Something the visitor could type. */
  void code(String text) {
    out.println();
    text.lines().forEach(line -> out.println("     " + line));
    out.println();
    out.flush();
  }

  /** A figure or an answer. */
  void show(String format, Object... values) {
    String.format(Locale.ROOT, format, values).lines().forEach(line -> out.println("     " + line));
    out.flush();
  }

  /** Seconds since the tour began. */
  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }
}
