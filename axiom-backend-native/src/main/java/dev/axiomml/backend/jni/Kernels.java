package dev.axiomml.backend.jni;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * The border to the library: every native method there is.
 *
 * <p>Addresses, sizes and status numbers only. Only {@link JniLoader} decides whether these may be
 * called. A status below zero is {@code −(code + 256 · instruction)}; {@link KernelStatus} words
 * it.
 */
final class Kernels {
  private Kernels() {}

  /** The border's version the library was built for; compared with {@code KernelOpcode.ABI}. */
  static native long abi();

  /** The instruction set in use, e.g. {@code avx2}. */
  static native String isa();

  /** Address of a direct buffer's first element, wherever its position; 0 when it is not direct. */
  static native long address(Buffer buffer);

  /**
   * A plan's handle, or a status below zero. The program, in a direct buffer, is copied.
   *
   * @param words 64-bit words in {@code program}
   */
  static native long planCreate(ByteBuffer program, long words);

  /** Bytes that a run by so many threads works in. */
  static native long planWorkBytes(long plan, int threads);

  /**
   * Runs once; from any number of threads at once.
   *
   * @param addresses address of the addresses of inputs, outputs, weights and memory to work in, 64
   *     bits each
   * @return 0, or a status below zero
   */
  static native long planRun(long plan, long addresses, int threads);

  /** Frees a plan that no longer runs. */
  static native void planFree(long plan);

  /**
   * The address of a weight as kernels read it, made of memory that is only read now; or a status
   * below zero.
   *
   * @param program in a direct buffer: elements in front, elements that may be read, then the words
   *     of {@code native-kernels/src/weight.zig}
   * @param raw direct, 4-byte aligned
   * @param into a block of the same size that nobody reads any more, or 0
   */
  static native long blockOfBuffer(ByteBuffer program, long words, FloatBuffer raw, long into);

  /** {@link #blockOfBuffer} of an array, which is not copied. */
  static native long blockOfArray(ByteBuffer program, long words, float[] raw, long into);

  /** The address of memory for runs to work in, or a status below zero. */
  static native long memoryCreate(long bytes);

  /** Frees a weight, or memory to work in. */
  static native void memoryFree(long address);
}
