package dev.axiomml.interop.onnx.proto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The numbers of a field while it is read, in packed blocks or one by one; 64 bits a number. */
final class NumberGatherer {
  private static final int FIRST = 8;

  private final MessageField field;
  private long[] bits = {};
  private int count;

  NumberGatherer(MessageField field) {
    this.field = field;
  }

  void add(WireReader in) throws WireFormatException {
    if (count == bits.length) {
      bits = Arrays.copyOf(bits, Math.max(FIRST, 2 * count));
    }
    bits[count++] = next(in);
  }

  /** Adds the numbers of a block; room is made for as many as it holds. */
  void addBlock(ByteBuffer block) throws WireFormatException {
    int needed = count + size(block);
    if (needed > bits.length) {
      bits = Arrays.copyOf(bits, needed);
    }
    WireReader in = new WireReader(block);
    while (!in.atEnd()) {
      add(in);
    }
  }

  private int size(ByteBuffer block) {
    int length = block.remaining();
    return switch (field.content()) {
      case FLOAT -> length / Float.BYTES;
      case DOUBLE -> length / Double.BYTES;
      default -> {
        int ends = 0;
        for (int i = block.position(); i < block.limit(); i++) {
          ends += block.get(i) >= 0 ? 1 : 0;
        }
        yield ends;
      }
    };
  }

  private long next(WireReader in) throws WireFormatException {
    return switch (field.content()) {
      case FLOAT -> in.fixed32();
      case DOUBLE -> in.fixed64();
      default -> whole(field, in);
    };
  }

  /** A whole number; one of 32 bits may have been written without its sign. */
  static long whole(MessageField field, WireReader in) throws WireFormatException {
    long value = in.varint();
    if (field.content() == FieldContent.WHOLE) {
      return value;
    }
    if (value < Integer.MIN_VALUE || (value >>> Integer.SIZE > 0 && value >= 0)) {
      throw WireFormatException.damaged(field.name() + " is " + value + ", beyond 32 bits");
    }
    return (int) value;
  }

  List<?> list() {
    return switch (field.content()) {
      case FLOAT -> {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = Float.intBitsToFloat((int) bits[i]);
        }
        yield new FloatList(values);
      }
      case DOUBLE -> {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
          values[i] = Double.longBitsToDouble(bits[i]);
        }
        yield new DoubleList(values);
      }
      default -> new WholeList(count == bits.length ? bits : Arrays.copyOf(bits, count));
    };
  }
}
