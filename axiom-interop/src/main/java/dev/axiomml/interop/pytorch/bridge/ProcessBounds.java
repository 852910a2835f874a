package dev.axiomml.interop.pytorch.bridge;

import java.time.Duration;

/**
 * What a run of the exporter may take at most; it is ended beyond.
 *
 * @param time from start to end
 * @param said bytes that it prints
 * @param written bytes that it leaves in its folder
 */
record ProcessBounds(Duration time, long said, long written) {
  private static final long MEGABYTE = 1L << 20;

  /** Ten minutes, 16 MB of messages, and files of ten times the model's size and 64 MB. */
  static ProcessBounds forModelOf(long bytes) {
    return new ProcessBounds(Duration.ofMinutes(10), 16 * MEGABYTE, 64 * MEGABYTE + 10 * bytes);
  }
}
