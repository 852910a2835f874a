package dev.axiomml.backend.jni;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What a plan holds outside the heap: its program, its weights and a share of the memory to work
 * in; let go once it is closed and no run uses it, whichever comes later.
 *
 * <p>State: the number of runs under way, plus {@link #CLOSED} once closed.
 */
final class PlanHandle implements Runnable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int CLOSED = Integer.MIN_VALUE;

  private final NativeProgram program;
  private final List<WeightBlocks.Block> weights;
  private final ModelMemory memory;
  private final AtomicInteger state = new AtomicInteger();

  private PlanHandle(NativeProgram program, List<WeightBlocks.Block> weights, ModelMemory memory) {
    this.program = program;
    this.weights = weights;
    this.memory = memory;
    memory.work().join();
  }

  /**
   * A handle that is closed at the latest when its owner is unreachable. It owns the program, also
   * where the weights cannot be had.
   */
  static PlanHandle of(
      NativeProgram program,
      Supplier<List<WeightBlocks.Block>> weights,
      ModelMemory memory,
      Object owner) {
    List<WeightBlocks.Block> taken;
    try {
      taken = weights.get();
    } catch (RuntimeException e) {
      program.release();
      throw e;
    }
    PlanHandle handle = new PlanHandle(program, taken, memory);
    CLEANER.register(owner, handle);
    return handle;
  }

  /** The same program over other weights. @throws BackendException where it is closed */
  PlanHandle over(Supplier<List<WeightBlocks.Block>> others, Object owner) {
    return of(sharedProgram(), others, memory, owner);
  }

  List<WeightBlocks.Block> weights() {
    return weights;
  }

  private NativeProgram sharedProgram() {
    enter();
    try {
      return program.shared();
    } finally {
      leave();
    }
  }

  /** Runs once. @return the status */
  long run(RunFrame frame) {
    enter();
    try {
      WorkMemory.Piece work = memory.work().take(program.workBytes());
      try {
        frame.work(work.address());
        return program.run(frame.address());
      } finally {
        memory.work().give(work);
      }
    } finally {
      leave();
    }
  }

  private void enter() {
    if (state.getAndUpdate(now -> now < 0 ? now : now + 1) < 0) {
      throw new BackendException(
          new Diagnosis(
              "a native plan that is closed was run",
              "native backend",
              "closing frees the plan's memory",
              "close a compiled model after its last prediction, or compile it again"));
    }
  }

  private void leave() {
    if (state.decrementAndGet() == CLOSED) {
      free();
    }
  }

  /** Closes; a second call does nothing. */
  @Override
  public void run() {
    if (state.getAndUpdate(now -> now < 0 ? now : now + CLOSED) == 0) {
      free();
    }
  }

  private void free() {
    program.release();
    memory.weights().give(weights);
    memory.work().leave();
  }
}
