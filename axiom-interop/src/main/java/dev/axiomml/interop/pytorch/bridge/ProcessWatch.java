package dev.axiomml.interop.pytorch.bridge;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Waits for a process within bounds, and ends it with all its children when it oversteps one. */
record ProcessWatch(Process process, ProcessMessages messages, Path folder, ProcessBounds bounds) {
  private static final int STEP_MILLIS = 50;
  private static final int LAST_WORDS_MILLIS = 2000;

  /** The bound that was overstepped; empty when the process ended by itself. */
  Optional<String> untilEnd() throws IOException, InterruptedException {
    Thread reader = new Thread(messages, "axiom-python-messages");
    reader.setDaemon(true);
    reader.start();
    try {
      Optional<String> overstepped = waiting();
      if (overstepped.isPresent()) {
        end();
      }
      reader.join(LAST_WORDS_MILLIS); // ending a process closes its pipes: what it said comes first
      return overstepped.isPresent() ? overstepped : bound();
    } finally {
      end();
    }
  }

  private Optional<String> waiting() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + bounds.time().toNanos();
    while (!process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
      Optional<String> bound = bound();
      if (bound.isPresent()) {
        return bound;
      }
      if (System.nanoTime() - deadline > 0) {
        return Optional.of("it ran longer than " + bounds.time().toSeconds() + " s");
      }
    }
    return Optional.empty();
  }

  private Optional<String> bound() throws IOException {
    if (messages.count() > bounds.said()) {
      return Optional.of("it printed more than " + bounds.said() + " bytes");
    }
    return size(folder) > bounds.written()
        ? Optional.of("it wrote more than " + bounds.written() + " bytes")
        : Optional.empty();
  }

  /** Children first: who lives on would hold the pipe open. */
  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static long size(Path folder) throws IOException {
    AtomicLong sum = new AtomicLong();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes seen) {
            sum.addAndGet(seen.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult
                .CONTINUE; // the process removes its own temporary files meanwhile
          }
        });
    return sum.get();
  }
}
