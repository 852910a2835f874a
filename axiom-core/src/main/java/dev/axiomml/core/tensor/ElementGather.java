package dev.axiomml.core.tensor;

/** Elements of any type being moved, bit for bit, into a new tensor; used once, by one thread. */
public final class ElementGather {
  private final DType dtype;
  private final ElementStore target;

  /** Room for {@code count} elements, zeros (or empty texts) until they are set. */
  public ElementGather(DType dtype, int count) {
    this.dtype = dtype;
    this.target = room(dtype, count);
  }

  private static ElementStore room(DType dtype, int count) {
    if (dtype == DType.FLOAT32) {
      return new ElementStore.Floats(new float[count]);
    }
    if (dtype == DType.STRING) {
      String[] texts = new String[count];
      java.util.Arrays.fill(texts, "");
      return new ElementStore.Texts(texts);
    }
    return TensorMemory.allocate(dtype, count);
  }

  /** Sets element {@code i} to the source's element {@code from[i]}; a negative index leaves it. */
  public ElementGather copy(Tensor source, int[] from) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] >= 0) {
        move(source, from[i], i);
      }
    }
    return this;
  }

  /** Moves {@code count} elements along strides. */
  public void line(Tensor source, int[] outAndStep, int[] inAndStep, int count) {
    boolean dense = count > 0 && outAndStep[1] == 1 && inAndStep[1] == 1;
    if (dense
        && target instanceof ElementStore.Floats to
        && source.store() instanceof ElementStore.Floats from) {
      System.arraycopy(
          from.array(), source.offset() + inAndStep[0], to.array(), outAndStep[0], count);
      return;
    }
    for (int j = 0; j < count; j++) {
      move(source, inAndStep[0] + j * inAndStep[1], outAndStep[0] + j * outAndStep[1]);
    }
  }

  private void move(Tensor source, int from, int to) {
    int at = source.offset() + from;
    if (target instanceof ElementStore.Floats floats) {
      floats.array()[to] =
          source.store() instanceof ElementStore.Floats in
              ? in.array()[at]
              : (float) source.store().number(at);
    } else if (target instanceof ElementStore.Texts texts) {
      texts.array()[to] = source.textAt(from);
    } else {
      copyBytes((ElementStore.Bytes) source.store(), at, to);
    }
  }

  private void copyBytes(ElementStore.Bytes source, int from, int to) {
    ElementStore.Bytes bytes = (ElementStore.Bytes) target;
    int width = dtype.bytes();
    for (int b = 0; b < width; b++) {
      bytes.memory().put(to * width + b, source.memory().get(from * width + b));
    }
  }

  /** The tensor; nothing may be set after. */
  public Tensor done(Shape shape) {
    return TensorMemory.exactly(shape, dtype, target);
  }
}
