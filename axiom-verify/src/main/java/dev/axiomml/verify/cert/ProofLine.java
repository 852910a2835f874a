package dev.axiomml.verify.cert;

import dev.axiomml.verify.cert.ProofTree.Leaf;
import dev.axiomml.verify.cert.ProofTree.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;

/**
 * A proof tree in one line of text, a node before its two sides: {@code I}, {@code L}, {@code S},
 * {@code E} for leaves, {@code 0.17@3f000000} for a cut of input 0, element 17, at the float of
 * these bits.
 *
 * <p>It is kept as that text, a byte a character, and read step by step: a proof of two million
 * boxes takes its length and no more, whoever wrote it.
 */
public final class ProofLine {
  /** How many cuts may lie above a leaf. */
  public static final int DEPTH = 1 << 16;

  private final byte[] text;
  private final long leaves;

  private ProofLine(byte[] text, long leaves) {
    this.text = text;
    this.leaves = leaves;
  }

  /** A tree as a line. */
  public static ProofLine of(ProofTree tree) {
    Writer to = new Writer();
    Deque<ProofTree> open = new ArrayDeque<>();
    open.push(tree);
    while (!open.isEmpty()) {
      ProofTree next = open.pop();
      if (next instanceof Split split) {
        to.cut(split.input(), split.element(), split.at());
        open.push(split.high());
        open.push(split.low());
      } else {
        to.leaf(((Leaf) next).method());
      }
    }
    return to.done();
  }

  /**
   * Reads a line. @throws dev.axiomml.core.error.CertificateException with the place unless it is
   * exactly one tree, at most {@link #DEPTH} deep
   */
  static ProofLine parse(byte[] text, String place) {
    ProofLine line = new ProofLine(text, 0);
    Cursor at = new Cursor(text, place);
    long leaves = 0;
    boolean[] high = new boolean[DEPTH + 1];
    int depth = 0;
    do {
      at.next();
      if (!at.isLeaf()) {
        requireDepth(depth, place);
        high[depth++] = false;
        continue;
      }
      leaves++;
      while (depth > 0 && high[depth - 1]) {
        depth--;
      }
      if (depth > 0) {
        high[depth - 1] = true;
      }
    } while (depth > 0);
    at.end();
    return new ProofLine(line.text, leaves);
  }

  private static void requireDepth(int depth, String place) {
    if (depth == DEPTH) {
      throw StrictFields.malformed(place, "a tree of depth " + DEPTH + " at most", "a deeper one");
    }
  }

  /** The number of leaves. */
  public long leaves() {
    return leaves;
  }

  /** The method of the only leaf; empty where anything was cut. */
  public java.util.Optional<ProofMethod> single() {
    Cursor at = cursor();
    at.next();
    return at.isLeaf() ? java.util.Optional.of(at.method()) : java.util.Optional.empty();
  }

  /** A reading from the root on. */
  public Cursor cursor() {
    return new Cursor(text, "proof");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProofLine that && Arrays.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(text);
  }

  /** The line itself. */
  @Override
  public String toString() {
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** A line that grows, a node before its two sides. */
  public static final class Writer {
    private final StringBuilder text = new StringBuilder();
    private long leaves;

    /** A line without nodes. */
    public Writer() {}

    /** Adds a leaf. */
    public void leaf(ProofMethod method) {
      leaves++;
      word().append(method.name().charAt(0));
    }

    /** Adds a cut; its two sides come next. */
    public void cut(int input, int element, float at) {
      word().append(input).append('.').append(element).append('@');
      text.append(HexFormat.of().toHexDigits(Float.floatToRawIntBits(at)));
    }

    private StringBuilder word() {
      return text.length() == 0 ? text : text.append(' ');
    }

    /** The line. */
    public ProofLine done() {
      return new ProofLine(text.toString().getBytes(StandardCharsets.ISO_8859_1), leaves);
    }
  }

  /** One node after the other, each before its two sides. */
  public static final class Cursor {
    private final byte[] text;
    private final String place;
    private int from;
    private int end;
    private ProofMethod method = ProofMethod.STRUCTURE;
    private boolean leaf;
    private int input;
    private int element;
    private float at;

    private Cursor(byte[] text, String place) {
      this.text = text;
      this.place = place;
      this.end = -1;
    }

    /** Goes to the next node. */
    public void next() {
      if (end >= text.length) {
        throw StrictFields.malformed(place, "two sides for every cut", "the end of the tree");
      }
      from = end + 1;
      end = from;
      while (end < text.length && text[end] != ' ') {
        end++;
      }
      leaf = end - from == 1 && isMethod();
      if (!leaf) {
        cut();
      }
    }

    private boolean isMethod() {
      for (ProofMethod one : ProofMethod.values()) {
        if (one.name().charAt(0) == text[from]) {
          method = one;
          return true;
        }
      }
      return false;
    }

    private void cut() {
      int dot = find('.', from);
      int sign = find('@', dot);
      input = number(from, dot);
      element = number(dot + 1, sign);
      int bits = 0;
      for (int i = sign + 1; i < end; i++) {
        int digit = text[i] <= '9' ? text[i] - '0' : text[i] - 'a' + 10;
        boolean hex = text[i] <= '9' ? digit >= 0 : digit >= 10 && digit < 16;
        if (!hex || end - sign != 9) {
          throw wrong();
        }
        bits = bits << 4 | digit;
      }
      at = Float.intBitsToFloat(bits);
      if (end - sign != 9 || !(Math.abs(at) <= Float.MAX_VALUE)) {
        throw wrong();
      }
    }

    private int find(char sign, int start) {
      for (int i = start; i < end; i++) {
        if (text[i] == sign) {
          return i;
        }
      }
      throw wrong();
    }

    /** A whole number of at most nine digits, without a zero before it. */
    private int number(int start, int stop) {
      boolean plain =
          start < stop && stop - start < 10 && (text[start] != '0' || stop - start == 1);
      int value = 0;
      for (int i = start; plain && i < stop; i++) {
        plain = text[i] >= '0' && text[i] <= '9';
        value = value * 10 + text[i] - '0';
      }
      if (!plain) {
        throw wrong();
      }
      return value;
    }

    private RuntimeException wrong() {
      int until = Math.min(end, from + 60);
      return StrictFields.malformed(
          place,
          "a leaf or a cut at a finite number",
          new String(text, from, until - from, StandardCharsets.ISO_8859_1));
    }

    private void end() {
      if (end < text.length) {
        throw StrictFields.malformed(place, "one tree", "more after its end");
      }
    }

    /** Passes over the next node with everything below it. */
    public void skip() {
      for (long open = 1; open > 0; ) {
        next();
        open += leaf ? -1 : 1;
      }
    }

    /** Whether the node is a leaf, else it is a cut. */
    public boolean isLeaf() {
      return leaf;
    }

    /** How a leaf is shown. */
    public ProofMethod method() {
      return method;
    }

    /** Which input is cut. */
    public int input() {
      return input;
    }

    /** Which of its elements. */
    public int element() {
      return element;
    }

    /** Where, a finite number. */
    public float at() {
      return at;
    }
  }
}
