package dev.axiomml.core.tensor;

import java.util.Locale;

/**
 * The type of a tensor's elements.
 *
 * <p>All of them are stored and converted; the float families compute in float32 (float16 and
 * bfloat16 too, rounded once at the end) or float64, integers and booleans in their own type.
 * Floats of eight bits and less and integers of four bits and less are never computed with. In
 * memory each element has whole bytes of its own; files pack the smallest.
 */
public enum DType {
  /** IEEE binary32. */
  FLOAT32(32, Kind.FLOAT),
  /** IEEE binary64. */
  FLOAT64(64, Kind.FLOAT),
  /** IEEE binary16. */
  FLOAT16(16, Kind.FLOAT),
  /** The upper half of a binary32. */
  BFLOAT16(16, Kind.FLOAT),
  /** Signed 8 bits. */
  INT8(8, Kind.SIGNED),
  /** Signed 16 bits. */
  INT16(16, Kind.SIGNED),
  /** Signed 32 bits. */
  INT32(32, Kind.SIGNED),
  /** Signed 64 bits. */
  INT64(64, Kind.SIGNED),
  /** Unsigned 8 bits. */
  UINT8(8, Kind.UNSIGNED),
  /** Unsigned 16 bits. */
  UINT16(16, Kind.UNSIGNED),
  /** Unsigned 32 bits. */
  UINT32(32, Kind.UNSIGNED),
  /** Unsigned 64 bits; {@code longAt} gives the two's complement. */
  UINT64(64, Kind.UNSIGNED),
  /** One byte, 0 or 1. */
  BOOL(8, Kind.BOOL),
  /** 4 exponent and 3 mantissa bits, up to 448; no infinity. */
  FLOAT8_E4M3FN(8, Kind.FLOAT),
  /** 4 exponent and 3 mantissa bits, up to 240; no infinity, one NaN, no negative zero. */
  FLOAT8_E4M3FNUZ(8, Kind.FLOAT),
  /** 5 exponent and 2 mantissa bits, up to 57344, with infinities. */
  FLOAT8_E5M2(8, Kind.FLOAT),
  /** 5 exponent and 2 mantissa bits, up to 57344; no infinity, one NaN, no negative zero. */
  FLOAT8_E5M2FNUZ(8, Kind.FLOAT),
  /** A power of two from 2⁻¹²⁷ to 2¹²⁷, or NaN; no sign and no zero. */
  FLOAT8_E8M0FNU(8, Kind.FLOAT),
  /** 2 exponent and 1 mantissa bits, up to 6; neither infinity nor NaN. */
  FLOAT4_E2M1FN(4, Kind.FLOAT),
  /** Signed 4 bits. */
  INT4(4, Kind.SIGNED),
  /** Unsigned 4 bits. */
  UINT4(4, Kind.UNSIGNED),
  /** Signed 2 bits. */
  INT2(2, Kind.SIGNED),
  /** Unsigned 2 bits. */
  UINT2(2, Kind.UNSIGNED),
  /** Text; never computed with, only moved and compared. */
  STRING(0, Kind.TEXT);

  private enum Kind {
    FLOAT,
    SIGNED,
    UNSIGNED,
    BOOL,
    TEXT
  }

  private final int bits;
  private final Kind kind;

  DType(int bits, Kind kind) {
    this.bits = bits;
    this.kind = kind;
  }

  /** Bytes an element takes in memory; 0 for text. */
  public int bytes() {
    return (bits + 7) / 8;
  }

  /** Bits an element takes where several share a byte, as in files; 0 for text. */
  public int bits() {
    return bits;
  }

  /** Whether operators compute with such numbers; the others are stored, moved and converted. */
  public boolean computes() {
    return kind == Kind.FLOAT ? bits >= 16 : bits >= 8;
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
