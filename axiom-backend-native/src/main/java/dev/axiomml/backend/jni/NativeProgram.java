package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelCall;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A program in the library; plans of the same nodes over other weights share it. */
final class NativeProgram {
  private final long handle;
  private final int threads;
  private final long workBytes;
  private final AtomicInteger users = new AtomicInteger(1);

  private NativeProgram(long handle, int threads) {
    this.handle = handle;
    this.threads = threads;
    this.workBytes = Kernels.planWorkBytes(handle, threads);
  }

  static NativeProgram of(ByteBuffer words, List<KernelCall> instructions, int threads) {
    long plan = Kernels.planCreate(words, words.position() / Long.BYTES);
    return new NativeProgram(KernelStatus.require(plan, "compiling", instructions), threads);
  }

  /** One more user, while there is one. */
  NativeProgram shared() {
    users.incrementAndGet();
    return this;
  }

  /** Bytes that a run works in. */
  long workBytes() {
    return workBytes;
  }

  long run(long addresses) {
    return Kernels.planRun(handle, addresses, threads);
  }

  /** One user less; the last one frees it. */
  void release() {
    if (users.decrementAndGet() == 0) {
      Kernels.planFree(handle);
    }
  }
}
