package dev.axiomml.interop.pytorch.pickle;

import java.math.BigInteger;

/** Opcodes that push numbers, and those about the stream itself. */
final class ScalarOpcodes {
  private static final int NEWEST = 5;

  private ScalarOpcodes() {}

  static void protocol(PickleMachine m) {
    int protocol = m.in().next(m.site());
    if (protocol > NEWEST) {
      throw m.site().damaged("pickle protocol " + protocol, "protocols 0 to 5 exist");
    }
  }

  static void frame(PickleMachine m) {
    if (m.in().signed64(m.site()) < 0) {
      throw m.site().damaged("a frame of negative length", "frames hold bytes");
    }
  }

  static void intLine(PickleMachine m) {
    String line = m.in().line(m.limits().digits(), m.site()).strip();
    if (line.equals("00") || line.equals("01")) {
      m.push(new PyValue.Bool(line.equals("01")));
    } else {
      m.push(integer(m, line));
    }
  }

  static void longLine(PickleMachine m) {
    String line = m.in().line(m.limits().digits(), m.site()).strip();
    m.push(integer(m, line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
  }

  static long index(PickleMachine m) {
    return integer(m, m.in().line(m.limits().digits(), m.site()).strip())
            instanceof PyValue.Int index
        ? index.value()
        : -1;
  }

  private static PyValue integer(PickleMachine m, String line) {
    if (!line.matches("[+-]?[0-9]+")) {
      throw m.site().damaged("'" + line + "'", "an integer was expected");
    }
    return integer(new BigInteger(line));
  }

  private static PyValue integer(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? new PyValue.Int(value.longValueExact())
        : new PyValue.Big(value);
  }

  static void longBytes(PickleMachine m, int length) {
    if (length < 0 || length > m.limits().digits()) {
      throw m.site()
          .damaged(
              "an integer of length " + Integer.toUnsignedString(length) + " bytes",
              "the limit is " + m.limits().digits() + " bytes");
    }
    byte[] bytes = m.in().bytes(length, m.site());
    byte[] reversed = new byte[length];
    for (int i = 0; i < length; i++) {
      reversed[i] = bytes[length - 1 - i];
    }
    m.push(length == 0 ? new PyValue.Int(0) : integer(new BigInteger(reversed)));
  }

  static void floatLine(PickleMachine m) {
    String line = m.in().line(m.limits().digits(), m.site()).strip();
    if (line.matches("[+-]?(inf|nan)")) {
      double infinite = line.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      m.push(new PyValue.Real(line.endsWith("nan") ? Double.NaN : infinite));
      return;
    }
    if (!line.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?") || !line.matches(".*[0-9].*")) {
      throw m.site().damaged("'" + line + "'", "a number was expected");
    }
    try {
      m.push(new PyValue.Real(Double.parseDouble(line)));
    } catch (NumberFormatException e) {
      throw m.site().damaged("'" + line + "'", "a number was expected: " + e.getMessage());
    }
  }
}
