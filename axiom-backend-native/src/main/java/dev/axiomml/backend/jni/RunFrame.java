package dev.axiomml.backend.jni;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * What one caller needs for one run: the table of addresses, and direct memory for operands that
 * lie on the heap. Used by one thread at a time; made once, used often.
 */
final class RunFrame {
  private final LongBuffer table;
  private final long address;
  private final FloatBuffer[] staging;
  private final long[] staged;

  /** A frame for inputs, then outputs, of these numbers of elements, over some weights. */
  RunFrame(List<Integer> counts, List<WeightBlocks.Block> weights) {
    ByteBuffer bytes = direct(8 * (counts.size() + weights.size() + 1));
    table = bytes.asLongBuffer();
    for (int i = 0; i < weights.size(); i++) {
      table.put(counts.size() + i, weights.get(i).address());
    }
    address = Kernels.address(bytes);
    staging = new FloatBuffer[counts.size()];
    staged = new long[counts.size()];
    for (int i = 0; i < staging.length; i++) {
      staging[i] = direct(4 * counts.get(i)).asFloatBuffer();
      staged[i] = Kernels.address(staging[i]);
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Where the table of addresses lies. */
  long address() {
    return address;
  }

  /** Has the run work in some memory. */
  void work(long address) {
    table.put(table.capacity() - 1, address);
  }

  /** Uses a tensor's own memory where it is direct, else a copy. */
  void input(int i, Tensor tensor) {
    FloatBuffer own = tensor.asFloatBuffer();
    if (own.isDirect()) {
      input(i, own);
    } else {
      table.put(i, staged[i]);
      staging[i].put(0, TensorMemory.borrow(tensor));
    }
  }

  /** Uses a buffer from its position on: in place where it is direct, else a copy. */
  void input(int i, FloatBuffer buffer) {
    if (!usedInPlace(i, buffer)) {
      staging[i].put(0, buffer, buffer.position(), staging[i].capacity());
    }
  }

  /** Has an operand written into a buffer from its position on, by way of a copy where needed. */
  void output(int i, FloatBuffer buffer) {
    usedInPlace(i, buffer);
  }

  /** Has an operand written into this frame. */
  void output(int i) {
    table.put(i, staged[i]);
  }

  private boolean usedInPlace(int i, FloatBuffer buffer) {
    boolean direct = buffer.isDirect() && buffer.order() == ByteOrder.nativeOrder();
    long at = direct ? Kernels.address(buffer) + 4L * buffer.position() : 0;
    boolean usable = direct && at % 4 == 0;
    table.put(i, usable ? at : staged[i]);
    return usable;
  }

  /** Whether two operands share memory that the caller gave. */
  boolean overlap(int i, int j) {
    long first = table.get(i);
    long second = table.get(j);
    return first < second + 4L * staging[j].capacity()
        && second < first + 4L * staging[i].capacity();
  }

  /** Copies what was written into this frame to the buffer it was meant for. */
  void deliver(int i, FloatBuffer buffer) {
    if (table.get(i) == staged[i]) {
      buffer.put(buffer.position(), staging[i], 0, staging[i].capacity());
    }
  }

  /** What was written into this frame, as a tensor. */
  Tensor tensor(int i, Shape shape) {
    float[] values = new float[staging[i].capacity()];
    staging[i].get(0, values);
    return TensorMemory.adopt(shape, values);
  }
}
