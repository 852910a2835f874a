package dev.axiomml.core.tensor;

import java.nio.ByteBuffer;

/**
 * Tensors around memory that already exists, and the memory of tensors, without copies.
 *
 * <p>For readers, interpreters and backends: whoever calls {@code adopt} gives the memory away and
 * never writes to it again; whoever calls {@code borrow} only reads.
 */
public final class Memory {
  private Memory() {}

  /**
   * A float32 tensor around the array itself. @throws IllegalArgumentException when count and shape
   * differ
   */
  public static Tensor adopt(Shape shape, float[] values) {
    return exactly(shape, DType.FLOAT32, new Store.Floats(values));
  }

  /**
   * A tensor around little-endian memory itself, from position to limit. @throws
   * IllegalArgumentException when sizes differ
   */
  public static Tensor adopt(Shape shape, DType dtype, ByteBuffer littleEndian) {
    return exactly(shape, dtype, new Store.Bytes(littleEndian, dtype));
  }

  /** The float32 elements, the tensor's own array where it is one; read only. */
  public static float[] borrow(Tensor tensor) {
    boolean whole =
        tensor.store() instanceof Store.Floats floats
            && tensor.offset() == 0
            && floats.array().length == tensor.size();
    return whole ? ((Store.Floats) tensor.store()).array() : tensor.toFloats();
  }

  static Store.Bytes allocate(DType dtype, int count) {
    return new Store.Bytes(ByteBuffer.allocate(Math.multiplyExact(count, dtype.bytes())), dtype);
  }

  static Tensor exactly(Shape shape, DType dtype, Store store) {
    if (shape.count() != store.length()) {
      throw new IllegalArgumentException(
          "shape " + shape + " wants " + shape.count() + " elements, got " + store.length());
    }
    return new Tensor(shape, dtype, store, 0);
  }

  /**
   * A tensor of the same element type whose element {@code i} is {@code source} element {@code
   * from[i]}.
   */
  public static Tensor gather(Tensor source, Shape shape, int[] from) {
    return new Gathering(source.dtype(), from.length).copy(source, from).done(shape);
  }

  static Tensor permuted(Tensor tensor, int[] order) {
    Shape shape = tensor.shape().permuted(order);
    int[] strides = tensor.shape().strides();
    int[] steps = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      steps[axis] = strides[order[axis]];
    }
    return gather(tensor, shape, Indices.walk(shape.sizes(), steps));
  }

  static boolean sameTexts(Tensor a, Tensor b) {
    for (int i = 0; i < a.size(); i++) {
      if (!a.textAt(i).equals(b.textAt(i))) {
        return false;
      }
    }
    return true;
  }
}
