package dev.axiomml.backend.jni;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Memory that runs work in, for the plans of one model: as many pieces as callers run at once, each
 * as large as the largest plan that used it. Freed when no plan uses it any more.
 */
final class WorkMemory {
  private final AtomicReference<@Nullable Piece> idle = new AtomicReference<>();
  private final Deque<Piece> more = new ArrayDeque<>();
  private int plans;

  /** Some memory, 64-byte aligned. */
  record Piece(long address, long bytes) {
    private static Piece of(long bytes) {
      long address = Kernels.memoryCreate(bytes);
      return new Piece(KernelStatus.require(address, "making room", List.of()), bytes);
    }
  }

  /** One caller after another finds the same piece without a lock; the rest are for crowds. */
  Piece take(long bytes) {
    Piece found = idle.getAndSet(null);
    if (found == null) {
      synchronized (more) {
        found = more.pollFirst();
      }
    }
    if (found != null && found.bytes >= bytes) {
      return found;
    }
    if (found != null) {
      Kernels.memoryFree(found.address);
    }
    return Piece.of(bytes);
  }

  void give(Piece used) {
    if (!idle.compareAndSet(null, used)) {
      synchronized (more) {
        more.addFirst(used);
      }
    }
  }

  /** One more plan uses it. */
  synchronized void join() {
    plans++;
  }

  /** One plan, which does not run any more, uses it no longer. */
  synchronized void leave() {
    if (--plans == 0) {
      Piece last = idle.getAndSet(null);
      if (last != null) {
        Kernels.memoryFree(last.address);
      }
      synchronized (more) {
        more.forEach(piece -> Kernels.memoryFree(piece.address));
        more.clear();
      }
    }
  }
}
