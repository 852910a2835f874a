package dev.axiomml.core.tensor;

import java.util.EnumMap;
import java.util.Map;

/** The codes of element types of eight bits and less: a row a float type, and integers wrapped. */
final class NarrowCodes {
  private static final Map<DType, NarrowFormat> CODECS = new EnumMap<>(DType.class);

  static {
    CODECS.put(DType.FLOAT8_E4M3FN, new SmallFloat(4, 3, 7, SmallFloat.Top.ONE_NAN));
    CODECS.put(DType.FLOAT8_E4M3FNUZ, new SmallFloat(4, 3, 8, SmallFloat.Top.NAN_AT_ZERO));
    CODECS.put(DType.FLOAT8_E5M2, new SmallFloat(5, 2, 15, SmallFloat.Top.INFINITE));
    CODECS.put(DType.FLOAT8_E5M2FNUZ, new SmallFloat(5, 2, 16, SmallFloat.Top.NAN_AT_ZERO));
    CODECS.put(DType.FLOAT8_E8M0FNU, new PowerOfTwo());
    CODECS.put(DType.FLOAT4_E2M1FN, new SmallFloat(2, 1, 1, SmallFloat.Top.FINITE));
  }

  private NarrowCodes() {}

  /** The codec of a float type of eight bits or less. */
  static NarrowFormat of(DType dtype) {
    NarrowFormat codec = CODECS.get(dtype);
    if (codec == null) {
      throw new IllegalArgumentException(dtype + " has no codes of one byte");
    }
    return codec;
  }

  /** A code of few bits as the byte that memory holds of it: signs extended, other bits zero. */
  static byte normal(DType dtype, int code) {
    return dtype.isInteger() ? wrapped(dtype, code) : (byte) (code & ((1 << dtype.bits()) - 1));
  }

  /** An integer wrapped into two or four bits. */
  static byte wrapped(DType dtype, long integer) {
    int spare = Integer.SIZE - dtype.bits();
    int high = (int) integer << spare;
    return (byte) (dtype.isUnsigned() ? high >>> spare : high >> spare);
  }
}
