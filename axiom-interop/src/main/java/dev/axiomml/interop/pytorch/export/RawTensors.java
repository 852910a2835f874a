package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.file.LocatedJson;
import java.nio.ByteBuffer;
import java.util.List;

/** Tensors as a strided view of raw bytes. */
final class RawTensors {
  private RawTensors() {}

  /** What a description says of type and sizes. */
  static Type type(LocatedJson meta) {
    return Type.of(Shape.of(all(meta.at("sizes"))), ExportScalarTypes.of(meta.at("dtype")));
  }

  /** A tensor's record, read by its description. */
  static Tensor of(LocatedJson meta, FileRegion bytes, boolean bigEndian) {
    DType dtype = ExportScalarTypes.of(meta.at("dtype"));
    long[] sizes = all(meta.at("sizes"));
    long[] strides = all(meta.at("strides"));
    long offset = fixed(meta.at("storage_offset"));
    long last = offset;
    long count = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      count = Math.multiplyExact(count, sizes[axis]);
      last = Math.addExact(last, Math.multiplyExact(sizes[axis] - 1, strides[axis]));
    }
    long elements = bytes.size() / dtype.bytes();
    boolean fits = count == 0 || (last < elements && count <= elements);
    if (sizes.length != strides.length || offset < 0 || !fits) {
      throw meta.place()
          .fault(
              "a tensor of " + count + " elements up to " + last + " in " + elements + " stored",
              "sizes, strides and offset must stay inside of the record",
              "write the file again; it may have been cut");
    }
    Tensor stored = stored(bytes, dtype, bigEndian);
    return viewed(stored, Shape.of(sizes), strides, (int) offset);
  }

  private static Tensor viewed(Tensor stored, Shape shape, long[] strides, int offset) {
    int count = shape.count();
    int[] rowMajor = shape.strides();
    int[] steps = new int[strides.length];
    boolean plain = true;
    for (int axis = 0; axis < steps.length; axis++) {
      steps[axis] = Math.toIntExact(strides[axis]);
      plain &= shape.size(axis) <= 1 || steps[axis] == rowMajor[axis];
    }
    if (plain) {
      return stored.slice(offset, offset + count).reshape(shape);
    }
    int[] from = IndexWalk.walk(shape.sizes(), steps);
    for (int i = 0; i < from.length; i++) {
      from[i] += offset;
    }
    return TensorMemory.gather(stored, shape, from);
  }

  /** All elements of a record, mapped where they are little-endian. */
  private static Tensor stored(FileRegion bytes, DType dtype, boolean bigEndian) {
    int width = dtype.bytes();
    int elements = Math.toIntExact(bytes.size() / width);
    ByteBuffer stored = bytes.bytes(0, Math.multiplyExact(elements, width));
    if (bigEndian) {
      ByteBuffer copy = ByteBuffer.allocate(stored.remaining()).put(stored).flip();
      swap(copy.array(), width);
      stored = copy;
    }
    return TensorMemory.adopt(Shape.of(elements), dtype, stored);
  }

  private static void swap(byte[] bytes, int width) {
    for (int start = 0; start < bytes.length; start += width) {
      for (int i = 0; i < width / 2; i++) {
        byte kept = bytes[start + i];
        bytes[start + i] = bytes[start + width - 1 - i];
        bytes[start + width - 1 - i] = kept;
      }
    }
  }

  private static long[] all(LocatedJson sizes) {
    List<LocatedJson> list = sizes.list();
    return list.stream().mapToLong(RawTensors::fixed).toArray();
  }

  private static long fixed(LocatedJson size) {
    long value = size.at("as_int").whole();
    if (value < 0) {
      throw size.wrong("a size of 0 or more");
    }
    return value;
  }
}
