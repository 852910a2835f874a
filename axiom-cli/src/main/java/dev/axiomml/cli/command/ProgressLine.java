package dev.axiomml.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/** One line on a terminal that says how far the work is; nothing in a pipe. */
public final class ProgressLine implements dev.axiomml.core.run.ProgressListener {
  private static final long EVERY = 100_000_000L;

  private final PrintWriter err;
  private final boolean watched;
  private final AtomicLong last = new AtomicLong(System.nanoTime());

  public ProgressLine(PrintWriter err, boolean watched) {
    this.err = err;
    this.watched = watched;
  }

  @Override
  public void at(String what, double done) {
    long now = System.nanoTime();
    long before = last.get();
    if (watched && now - before > EVERY && last.compareAndSet(before, now)) {
      String share = done >= 0 ? String.format(" %d %%", Math.round(100 * done)) : "";
      err.print("\r\u001b[K" + what + share);
      err.flush();
    }
  }

  /** Takes the line away. */
  public void end() {
    if (watched) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
