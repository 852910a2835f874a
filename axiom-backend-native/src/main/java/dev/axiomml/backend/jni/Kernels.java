package dev.axiomml.backend.jni;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * The border to the library: every native method there is.
 *
 * <p>Addresses, sizes and status numbers only. Only {@link JniLoader} decides whether these may be
 * called. A status below zero is {@code −(code + 256 · instruction)}; {@link KernelStatus} words
 * it.
 */
final class Kernels {
  private Kernels() {}

  /** The border's version the library was built for; compared with {@link KernelOpcode#ABI}. */
  static native long abi();

  /** The instruction set in use, e.g. {@code avx2}. */
  static native String isa();

  /** Address of a direct buffer's first element, wherever its position; 0 when it is not direct. */
  static native long address(Buffer buffer);

  /**
   * A plan's handle, or a status below zero. Both direct buffers are copied.
   *
   * @param words 64-bit words in {@code program}
   * @param bytes bytes in {@code weights}
   */
  static native long planCreate(ByteBuffer program, long words, ByteBuffer weights, long bytes);

  /**
   * Runs once; from any number of threads at once.
   *
   * @param addresses address of the addresses of inputs and outputs, 64 bits each
   * @return 0, or a status below zero
   */
  static native long planRun(long plan, long addresses, int threads);

  /** Frees a plan that no longer runs. */
  static native void planFree(long plan);
}
