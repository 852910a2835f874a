package dev.axiomml.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Where a tensor's elements lie; element indices count from the store's own start. */
sealed interface ElementStore
    permits ElementStore.Floats,
        ElementStore.Same,
        ElementStore.Bytes,
        ElementStore.Texts,
        DerivedFloats {
  /** Elements held. */
  int length();

  /** The element as a number: integers as they are, booleans as 0 or 1. */
  double number(int index);

  /** The element as an integer: floats truncated toward zero, saturating, NaN as 0. */
  long integer(int index);

  /** float32 elements in an array that is never written. */
  record Floats(float[] array) implements ElementStore {
    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double number(int index) {
      return array[index];
    }

    @Override
    public long integer(int index) {
      return (long) array[index];
    }
  }

  /** One float32 number, read as many times as there are elements. */
  record Same(float value, int length) implements ElementStore {
    @Override
    public double number(int index) {
      return value;
    }

    @Override
    public long integer(int index) {
      return (long) value;
    }
  }

  /**
   * Elements of any fixed-size type in little-endian memory on the heap, off it, or mapped from a
   * file.
   */
  record Bytes(ByteBuffer memory, DType dtype) implements ElementStore {
    public Bytes {
      memory = memory.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int length() {
      return memory.limit() / dtype.bytes();
    }

    @Override
    public double number(int index) {
      return switch (dtype) {
        case FLOAT32 -> memory.getFloat(index * 4);
        case FLOAT64 -> memory.getDouble(index * 8);
        case FLOAT16 -> HalfFloats.fromFloat16(memory.getShort(index * 2));
        case BFLOAT16 -> HalfFloats.fromBfloat16(memory.getShort(index * 2));
        case UINT64 -> unsigned(memory.getLong(index * 8));
        default ->
            dtype.isFloat() ? NarrowCodes.of(dtype).value(memory.get(index)) : integer(index);
      };
    }

    @Override
    public long integer(int index) {
      return switch (dtype) {
        case INT8 -> memory.get(index);
        case UINT8, BOOL -> memory.get(index) & 0xff;
        case INT4, UINT4, INT2, UINT2 -> NarrowCodes.wrapped(dtype, memory.get(index));
        case INT16 -> memory.getShort(index * 2);
        case UINT16 -> memory.getShort(index * 2) & 0xffff;
        case INT32 -> memory.getInt(index * 4);
        case UINT32 -> memory.getInt(index * 4) & 0xffffffffL;
        case INT64, UINT64 -> memory.getLong(index * 8);
        default -> (long) number(index);
      };
    }

    void put(int index, double number, long integer) {
      switch (dtype) {
        case FLOAT32 -> memory.putFloat(index * 4, (float) number);
        case FLOAT64 -> memory.putDouble(index * 8, number);
        case FLOAT16 -> memory.putShort(index * 2, HalfFloats.toFloat16((float) number));
        case BFLOAT16 -> memory.putShort(index * 2, HalfFloats.toBfloat16((float) number));
        case INT8, UINT8 -> memory.put(index, (byte) integer);
        case INT4, UINT4, INT2, UINT2 -> memory.put(index, NarrowCodes.wrapped(dtype, integer));
        case BOOL -> memory.put(index, (byte) (integer != 0 || number != 0 ? 1 : 0));
        case INT16, UINT16 -> memory.putShort(index * 2, (short) integer);
        case INT32, UINT32 -> memory.putInt(index * 4, (int) integer);
        case INT64, UINT64 -> memory.putLong(index * 8, integer);
        case STRING -> throw new IllegalStateException("text has no number");
        default -> memory.put(index, NarrowCodes.of(dtype).code(number, false));
      }
    }

    private static double unsigned(long bits) {
      double low = bits & Long.MAX_VALUE;
      return bits < 0 ? low + 0x1p63 : low;
    }
  }

  /** Text elements. */
  record Texts(String[] array) implements ElementStore {
    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double number(int index) {
      throw new IllegalStateException("text has no number: " + array[index]);
    }

    @Override
    public long integer(int index) {
      throw new IllegalStateException("text has no number: " + array[index]);
    }
  }
}
