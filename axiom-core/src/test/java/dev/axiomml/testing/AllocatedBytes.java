package dev.axiomml.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Assumptions;

/** What a thread has allocated on the heap, as HotSpot counts it. */
public final class AllocatedBytes {
  private static final int ROUNDS = 30;

  private final ThreadMXBean threads;
  private final long self = Thread.currentThread().getId();

  private AllocatedBytes(ThreadMXBean threads) {
    this.threads = threads;
  }

  /** The counter of this thread; on a JVM without one, the test is skipped. */
  public static AllocatedBytes ofThisThread() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        && threads.isThreadAllocatedMemorySupported()) {
      threads.setThreadAllocatedMemoryEnabled(true);
      return new AllocatedBytes(threads);
    }
    return Assumptions.abort("this JVM does not count what a thread allocates");
  }

  /**
   * Bytes that many warm calls allocate together. The JVM allocates on the caller's account, too,
   * where it compiles a method: texts that its class holds. So the quietest of some rounds counts;
   * one without any allocation ends them.
   */
  public long of(int calls, Runnable call) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
      long before = threads.getThreadAllocatedBytes(self);
      repeat(calls, call);
      least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
    }
    return least;
  }

  private static void repeat(int calls, Runnable call) {
    for (int i = 0; i < calls; i++) {
      call.run();
    }
  }
}
