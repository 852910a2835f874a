package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyExternal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A tensor as PyTorch keeps it: sizes and strides over a storage, in elements.
 *
 * <p>Checked when made: every element lies inside of the storage. Equal views of one storage are
 * equal.
 */
public final class TensorView implements PyExternal {
  private final TorchStorage storage;
  private final DType dtype;
  private final long offset;
  private final long[] sizes;
  private final long[] strides;

  private TensorView(TorchStorage storage, DType dtype, Layout layout) {
    this.storage = storage;
    this.dtype = dtype;
    this.offset = layout.offset;
    this.sizes = layout.sizes;
    this.strides = layout.strides;
  }

  /**
   * Where a view's elements are in its storage.
   *
   * @param offset of the first element, in elements
   * @param sizes outermost axis first
   * @param strides in elements
   */
  public record Layout(long offset, long[] sizes, long[] strides) {
    /** Row-major from the storage's start. */
    public static Layout dense(long... sizes) {
      long[] strides = new long[sizes.length];
      long step = 1;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        strides[axis] = step;
        step *= Math.max(1, sizes[axis]);
      }
      return new Layout(0, sizes, strides);
    }
  }

  /**
   * A view of a storage.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it does not fit into it
   */
  public static TensorView of(
      TorchStorage storage, DType dtype, Layout layout, PickleLocation site) {
    long held = storage.size() / dtype.bytes();
    long count = StorageExtents.count(layout, held, site);
    if (count > Integer.MAX_VALUE / dtype.bytes()) {
      throw site.fault(
          "a tensor of sizes " + Arrays.toString(layout.sizes) + " is too large",
          "tensors hold less than 2 GiB, this one has " + count + " elements",
          "save it in parts");
    }
    TensorView view = new TensorView(storage, dtype, layout);
    if (count > 0 && view.span() > Integer.MAX_VALUE / dtype.bytes()) {
      throw site.fault(
          "a view that spans " + view.span() + " elements is too large",
          "a view reaches over less than 2 GiB of its storage",
          "save tensor.contiguous()");
    }
    return view;
  }

  /** Elements of the storage from the first to the last of the view. */
  private long span() {
    long last = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      last += (sizes[axis] - 1) * strides[axis];
    }
    return last + 1;
  }

  /** The memory it lies in. */
  public TorchStorage storage() {
    return storage;
  }

  /** Element type and sizes. */
  public Type type() {
    return Type.of(Shape.of(sizes), dtype);
  }

  /** How many elements. */
  public int count() {
    return (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  /** Whether the elements lie row-major without gaps. */
  public boolean isContiguous() {
    long step = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (sizes[axis] != 1 && strides[axis] != step) {
        return count() == 0;
      }
      step *= sizes[axis];
    }
    return true;
  }

  /** The elements: mapped where they lie row-major and little-endian, else copied. */
  public Tensor tensor() {
    Shape shape = Shape.of(sizes);
    int width = dtype.bytes();
    if (count() == 0) {
      return TensorMemory.adopt(shape, dtype, ByteBuffer.allocate(0));
    }
    if (isContiguous()) {
      return TensorMemory.adopt(
          shape, dtype, storage.bytes(offset * width, count() * width, width));
    }
    return TensorMemory.adopt(shape, dtype, gathered(width));
  }

  private ByteBuffer gathered(int width) {
    ByteBuffer from = storage.bytes(offset * width, (int) (span() * width), width);
    ByteBuffer to = ByteBuffer.allocate(count() * width).order(ByteOrder.LITTLE_ENDIAN);
    long[] at = new long[sizes.length];
    long start = 0;
    while (to.hasRemaining()) {
      copy(from, (int) start * width, to, width);
      start = next(at, start);
    }
    return to.flip();
  }

  private static void copy(ByteBuffer from, int start, ByteBuffer to, int width) {
    for (int b = 0; b < width; b++) {
      to.put(from.get(start + b));
    }
  }

  private long next(long[] at, long start) {
    long moved = start;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      moved += strides[axis];
      if (++at[axis] < sizes[axis]) {
        return moved;
      }
      moved -= strides[axis] * sizes[axis];
      at[axis] = 0;
    }
    return moved;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorView that
        && storage.equals(that.storage)
        && dtype == that.dtype
        && offset == that.offset
        && Arrays.equals(sizes, that.sizes)
        && Arrays.equals(strides, that.strides);
  }

  @Override
  public int hashCode() {
    return Objects.hash(storage, dtype, offset, List.of(Arrays.hashCode(sizes)));
  }

  /** Element type and sizes. */
  @Override
  public String toString() {
    return "a tensor " + type();
  }
}
