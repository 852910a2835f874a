package dev.axiomml.core.tensor;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Tensors around memory that already exists, and the memory of tensors, without copies.
 *
 * <p>For readers, interpreters and backends: whoever calls {@code adopt} gives the memory away and
 * never writes to it again; whoever calls {@code borrow} only reads.
 */
public final class TensorMemory {
  private TensorMemory() {}

  /**
   * A float32 tensor around the array itself. @throws IllegalArgumentException when count and shape
   * differ
   */
  public static Tensor adopt(Shape shape, float[] values) {
    return exactly(shape, DType.FLOAT32, new ElementStore.Floats(values));
  }

  /**
   * A tensor around little-endian memory itself, from position to limit. @throws
   * IllegalArgumentException when sizes differ
   */
  public static Tensor adopt(Shape shape, DType dtype, ByteBuffer littleEndian) {
    return exactly(shape, dtype, new ElementStore.Bytes(littleEndian, dtype));
  }

  /**
   * A float32 tensor of one value that takes no memory for its elements, whatever its shape: for
   * weights whose values are yet to come. An array or buffer of it is a copy each time.
   */
  public static Tensor repeated(Shape shape, float value) {
    return exactly(shape, DType.FLOAT32, new ElementStore.Same(value, shape.count()));
  }

  /** The float32 elements, the tensor's own array where it is one; read only. */
  public static float[] borrow(Tensor tensor) {
    Optional<float[]> array = array(tensor);
    boolean whole =
        array.isPresent() && tensor.offset() == 0 && array.get().length == tensor.size();
    return whole ? array.get() : tensor.toFloats();
  }

  /** The array in which a tensor's elements lie, from its offset on, where there is one. */
  static Optional<float[]> array(Tensor tensor) {
    if (tensor.store() instanceof ElementStore.Floats floats) {
      return Optional.of(floats.array());
    }
    return tensor.store() instanceof DerivedFloats derived
        ? Optional.of(derived.values())
        : Optional.empty();
  }

  /** Where a float32 tensor's elements come from, for whoever packs them. */
  public static FloatSource source(Tensor tensor) {
    return DerivedFloats.source(tensor);
  }

  /**
   * A float32 tensor with its last axis multiplied by factors one after the other, in double
   * precision and rounded once; computed when all its elements are first asked for.
   *
   * @param factors each of the last axis' size
   */
  public static Tensor scaled(Tensor tensor, List<double[]> factors) {
    return DerivedFloats.scaled(tensor, factors);
  }

  /** {@link Tensor#permute} that reads a float32 tensor where it lies, wherever strides can. */
  public static Tensor permutedView(Tensor tensor, int... order) {
    return DerivedFloats.permuted(tensor, order).orElseGet(() -> tensor.permute(order));
  }

  /**
   * The same elements in another type, where that is a float of eight bits or less the largest of
   * it for what lies beyond; else as {@link Tensor#to} converts.
   */
  public static Tensor clamped(Tensor tensor, DType target) {
    return ElementConversions.clamped(tensor, target);
  }

  /**
   * Bytes that elements take in a file where the smallest share bytes; a multiple of whole bytes.
   */
  public static long packedBytes(DType dtype, long count) {
    return (Math.multiplyExact(count, dtype.bits()) + 7) / 8;
  }

  /**
   * A tensor of little-endian memory in which elements of less than eight bits share bytes, the
   * first in the lowest bits; a copy for those, else the memory itself.
   *
   * @throws IllegalArgumentException when sizes differ
   */
  public static Tensor unpacked(Shape shape, DType dtype, ByteBuffer packed) {
    if (dtype.bits() >= 8) {
      return adopt(shape, dtype, packed);
    }
    ByteBuffer from = packed.slice();
    if (dtype == DType.STRING || from.limit() != packedBytes(dtype, shape.count())) {
      throw new IllegalArgumentException(
          from.limit() + " bytes for " + dtype + " elements of shape " + shape);
    }
    ElementStore.Bytes bytes = allocate(dtype, shape.count());
    int each = 8 / dtype.bits();
    for (int i = 0; i < bytes.length(); i++) {
      int code = from.get(i / each) >> (i % each * dtype.bits());
      bytes.memory().put(i, NarrowCodes.normal(dtype, code));
    }
    return exactly(shape, dtype, bytes);
  }

  /** The inverse of {@link #unpacked}: little-endian bytes, the smallest elements sharing them. */
  public static ByteBuffer packed(Tensor tensor) {
    ByteBuffer bytes = tensor.asBytes();
    int bits = tensor.dtype().bits();
    if (bits >= 8) {
      return bytes;
    }
    byte[] packed = new byte[(int) packedBytes(tensor.dtype(), tensor.size())];
    for (int i = 0; i < tensor.size(); i++) {
      int code = bytes.get(i) & ((1 << bits) - 1);
      packed[i * bits / 8] |= (byte) (code << (i * bits % 8));
    }
    return ByteBuffer.wrap(packed).asReadOnlyBuffer();
  }

  static ElementStore.Bytes allocate(DType dtype, int count) {
    return new ElementStore.Bytes(
        ByteBuffer.allocate(Math.multiplyExact(count, dtype.bytes())), dtype);
  }

  static Tensor exactly(Shape shape, DType dtype, ElementStore store) {
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
    return new ElementGather(source.dtype(), from.length).copy(source, from).done(shape);
  }

  /** Copies what lies on the heap, whose memory may be given up then; views what does not. */
  static Tensor permuted(Tensor tensor, int[] order) {
    Optional<Tensor> view =
        isMapped(tensor) ? DerivedFloats.permuted(tensor, order) : Optional.empty();
    return view.orElseGet(() -> copied(tensor, order));
  }

  private static boolean isMapped(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32 && source(tensor).direct().isPresent();
  }

  private static Tensor copied(Tensor tensor, int[] order) {
    Shape shape = tensor.shape().permuted(order);
    int[] strides = tensor.shape().strides();
    int[] steps = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      steps[axis] = strides[order[axis]];
    }
    return tensor.dtype() == DType.FLOAT32 && order.length > 0
        ? adopt(shape, AxisTransposition.floats(tensor.asFloatBuffer(), shape.sizes(), steps))
        : gather(tensor, shape, IndexWalk.walk(shape.sizes(), steps));
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
