package dev.axiomml.core.tensor;

/**
 * What is known of a value before it exists: a tensor of a shape and element type, a sequence, or
 * an optional.
 */
public sealed interface Type {
  /** The type of a tensor. */
  static Type of(Shape shape, DType dtype) {
    return new OfTensor(shape, dtype);
  }

  /** The type of a float32 tensor. */
  static Type float32(Shape shape) {
    return new OfTensor(shape, DType.FLOAT32);
  }

  /**
   * The tensor's shape. @throws IllegalStateException on a sequence or an optional; an {@link
   * OpenSizeException} where the number of axes is open
   */
  Shape shape();

  /** The element type, of a sequence or an optional that of its tensors. */
  DType dtype();

  /** Whether this is a tensor. */
  default boolean isTensor() {
    return this instanceof OfTensor;
  }

  /** A tensor. */
  record OfTensor(Shape shape, DType dtype) implements Type {
    @Override
    public String toString() {
      return dtype + " " + shape;
    }
  }

  /** A tensor of which not even the number of axes is known, as elements of sequences may be. */
  record OfElements(DType dtype) implements Type {
    @Override
    public Shape shape() {
      throw new OpenSizeException("how many axes it has is known only while the graph runs");
    }

    @Override
    public String toString() {
      return dtype + " of any shape";
    }
  }

  /** Any number of values of one type. */
  record OfSequence(Type element) implements Type {
    @Override
    public Shape shape() {
      throw new IllegalStateException("a sequence has no shape; take an element first");
    }

    @Override
    public DType dtype() {
      return element.dtype();
    }
  }

  /** A value or nothing. */
  record OfOptional(Type element) implements Type {
    @Override
    public Shape shape() {
      throw new IllegalStateException("an optional has no shape; take its element first");
    }

    @Override
    public DType dtype() {
      return element.dtype();
    }
  }
}
