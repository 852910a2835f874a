package dev.axiomml.core.tensor;

import java.util.Locale;

/**
 * The type of a tensor's elements.
 *
 * <p>All of them are stored and converted; the float families compute in float32 (float16 and
 * bfloat16 too, rounded once at the end) or float64, integers and booleans in their own type.
 */
public enum DType {
  /** IEEE binary32. */
  FLOAT32(4, Kind.FLOAT),
  /** IEEE binary64. */
  FLOAT64(8, Kind.FLOAT),
  /** IEEE binary16. */
  FLOAT16(2, Kind.FLOAT),
  /** The upper half of a binary32. */
  BFLOAT16(2, Kind.FLOAT),
  /** Signed 8 bits. */
  INT8(1, Kind.SIGNED),
  /** Signed 16 bits. */
  INT16(2, Kind.SIGNED),
  /** Signed 32 bits. */
  INT32(4, Kind.SIGNED),
  /** Signed 64 bits. */
  INT64(8, Kind.SIGNED),
  /** Unsigned 8 bits. */
  UINT8(1, Kind.UNSIGNED),
  /** Unsigned 16 bits. */
  UINT16(2, Kind.UNSIGNED),
  /** Unsigned 32 bits. */
  UINT32(4, Kind.UNSIGNED),
  /** Unsigned 64 bits; {@code longAt} gives the two's complement. */
  UINT64(8, Kind.UNSIGNED),
  /** One byte, 0 or 1. */
  BOOL(1, Kind.BOOL),
  /** Text; never computed with, only moved and compared. */
  STRING(0, Kind.TEXT);

  private enum Kind {
    FLOAT,
    SIGNED,
    UNSIGNED,
    BOOL,
    TEXT
  }

  private final int bytes;
  private final Kind kind;

  DType(int bytes, Kind kind) {
    this.bytes = bytes;
    this.kind = kind;
  }

  /** Bytes an element takes when stored; 0 for text. */
  public int bytes() {
    return bytes;
  }

  /** Whether the elements are floating-point numbers. */
  public boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  /** Whether the elements are integers, signed or not. */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  /** Whether the elements are integers without a sign. */
  public boolean isUnsigned() {
    return kind == Kind.UNSIGNED;
  }

  /**
   * The name in lower case, as NumPy and PyTorch write it: {@code float32}, {@code int64}, {@code
   * bool}.
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
