package dev.axiomml.core.tensor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * An immutable block of elements, row-major, outermost axis first.
 *
 * <p>The elements lie on the heap, in direct memory or in a mapped file; {@link #reshape} and
 * {@link #slice} are views of the same memory. Images are channels-last: (batch, height, width,
 * channels). NaN and infinities are ordinary values here.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
 * float last = x.floatAt(3);
 * }</pre>
 */
public final class Tensor implements RuntimeValue {
  private final Shape shape;
  private final DType dtype;
  private final ElementStore store;
  private final int offset;
  private final int size;

  Tensor(Shape shape, DType dtype, ElementStore store, int offset) {
    this.shape = Objects.requireNonNull(shape);
    this.dtype = dtype;
    this.store = store;
    this.offset = offset;
    this.size = shape.count();
    if (offset < 0 || offset > store.length() - size) {
      throw new IllegalArgumentException(
          "shape " + shape + " wants " + size + " elements, got " + (store.length() - offset));
    }
  }

  /**
   * A float32 tensor; the values are copied. @throws IllegalArgumentException when count and shape
   * differ
   */
  public static Tensor of(Shape shape, float... values) {
    return TensorMemory.adopt(shape, values.clone());
  }

  /** One float32 number, without axes. */
  public static Tensor scalar(float value) {
    return of(Shape.SCALAR, value);
  }

  /** float32 zeros. */
  public static Tensor zeros(Shape shape) {
    return TensorMemory.adopt(shape, new float[shape.count()]);
  }

  /** One float32 value everywhere. */
  public static Tensor full(Shape shape, float value) {
    float[] values = new float[shape.count()];
    Arrays.fill(values, value);
    return TensorMemory.adopt(shape, values);
  }

  /**
   * Uniform float32 numbers in {@code [low, high)}, the same for the same seed on every machine.
   */
  public static Tensor random(Shape shape, long seed, double low, double high) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return TensorMemory.adopt(shape, values);
  }

  /** An int64 tensor; the values are copied. */
  public static Tensor ofLongs(Shape shape, long... values) {
    return ofIntegers(shape, DType.INT64, values);
  }

  /**
   * A tensor of an integer or boolean type from integers, wrapped into its range; the values are
   * copied.
   */
  public static Tensor ofIntegers(Shape shape, DType dtype, long... values) {
    ElementStore.Bytes bytes = TensorMemory.allocate(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      bytes.put(i, 0, values[i]);
    }
    return TensorMemory.exactly(shape, dtype, bytes);
  }

  /** A tensor of a float type from doubles, rounded to nearest; the values are copied. */
  public static Tensor ofDoubles(Shape shape, DType dtype, double... values) {
    if (dtype == DType.FLOAT32) {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      return TensorMemory.adopt(shape, floats);
    }
    ElementStore.Bytes bytes = TensorMemory.allocate(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      bytes.put(i, values[i], (long) values[i]);
    }
    return TensorMemory.exactly(shape, dtype, bytes);
  }

  /** A tensor of text. */
  public static Tensor ofTexts(Shape shape, String... values) {
    return TensorMemory.exactly(shape, DType.STRING, new ElementStore.Texts(values.clone()));
  }

  /** The sizes, all fixed. */
  public Shape shape() {
    return shape;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** Shape and element type together. */
  public Type type() {
    return Type.of(shape, dtype);
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  @Override
  public Tensor tensor() {
    return this;
  }

  /**
   * The element at a row-major position, as a double: exact for all types but 64-bit integers
   * beyond 2⁵³.
   */
  public double doubleAt(int index) {
    return store.number(offset + Objects.checkIndex(index, size));
  }

  /** The element at a row-major position, rounded to float32. */
  public float floatAt(int index) {
    return (float) doubleAt(index);
  }

  /**
   * The element at a row-major position as an integer; floats are truncated toward zero, NaN is 0.
   */
  public long longAt(int index) {
    return store.integer(offset + Objects.checkIndex(index, size));
  }

  /** The text at a row-major position. @throws IllegalStateException on a tensor of numbers */
  public String textAt(int index) {
    if (store instanceof ElementStore.Texts texts) {
      return texts.array()[offset + Objects.checkIndex(index, size)];
    }
    throw new IllegalStateException(dtype + " elements are no text");
  }

  /** The element at coordinates, one for each axis. */
  public double at(int... coordinates) {
    int[] strides = shape.strides();
    if (coordinates.length != strides.length) {
      throw new IllegalArgumentException(
          shape + " wants " + strides.length + " coordinates, got " + coordinates.length);
    }
    int index = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      index += Objects.checkIndex(coordinates[axis], shape.size(axis)) * strides[axis];
    }
    return doubleAt(index);
  }

  /** A fresh array of the elements, rounded to float32. */
  public float[] toFloats() {
    return ElementConversions.floats(this);
  }

  /** A fresh array of the elements as doubles. */
  public double[] toDoubles() {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = store.number(offset + i);
    }
    return values;
  }

  /** A fresh array of the elements as integers. */
  public long[] toLongs() {
    long[] values = new long[size];
    for (int i = 0; i < size; i++) {
      values[i] = store.integer(offset + i);
    }
    return values;
  }

  /**
   * A read-only view of float32 elements, without a copy.
   *
   * @throws IllegalStateException for another element type
   */
  public FloatBuffer asFloatBuffer() {
    return ElementConversions.floatBuffer(this);
  }

  /**
   * The elements as little-endian bytes, read-only; a view where the memory already is.
   *
   * @throws IllegalStateException for text
   */
  public ByteBuffer asBytes() {
    return ElementConversions.bytes(this);
  }

  /**
   * The same elements in another type: floats round to nearest, beyond the range to infinity or
   * NaN; floats to integers truncate, integers wrap, anything but zero is true.
   */
  public Tensor to(DType target) {
    return target == dtype ? this : ElementConversions.converted(this, target);
  }

  /** Each element times a number as float32, rounded once: {@code x.scaled(1 / 255.0)}. */
  public Tensor scaled(double factor) {
    float[] products = new float[size];
    for (int i = 0; i < size; i++) {
      products[i] = (float) (doubleAt(i) * factor);
    }
    return of(shape, products);
  }

  /**
   * The same elements in another shape; a view. @throws IllegalArgumentException when the counts
   * differ
   */
  public Tensor reshape(Shape other) {
    if (other.count() != size) {
      throw new IllegalArgumentException(
          "cannot view " + size + " elements of " + shape + " as " + other);
    }
    return new Tensor(other, dtype, store, offset);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive) of the outermost axis; a view. */
  public Tensor slice(int from, int to) {
    Objects.checkFromToIndex(from, to, shape.size(0));
    int row = shape.sub(1, shape.rank()).count();
    return new Tensor(shape.with(0, Dim.of(to - from)), dtype, store, offset + from * row);
  }

  /**
   * The axes in another order: axis {@code i} of the answer is axis {@code order[i]} of this. A
   * copy of what lies on the heap, a view of what does not.
   */
  public Tensor permute(int... order) {
    return TensorMemory.permuted(this, order);
  }

  ElementStore store() {
    return store;
  }

  int offset() {
    return offset;
  }

  /** Same shape, same type, same bits; two NaNs of the same bits are equal. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Tensor that) || !shape.equals(that.shape) || dtype != that.dtype) {
      return false;
    }
    return dtype == DType.STRING
        ? TensorMemory.sameTexts(this, that)
        : asBytes().equals(that.asBytes());
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape, dtype);
  }

  /** Type, shape and the first elements. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(dtype + " " + shape + " [");
    for (int i = 0; i < Math.min(size, 8); i++) {
      text.append(i == 0 ? "" : ", ");
      text.append(
          dtype == DType.STRING
              ? textAt(i)
              : dtype.isFloat() ? String.format(Locale.ROOT, "%.6g", doubleAt(i)) : longAt(i));
    }
    return text.append(size > 8 ? ", …]" : "]").toString();
  }
}
