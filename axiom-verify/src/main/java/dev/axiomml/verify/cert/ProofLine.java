package dev.axiomml.verify.cert;

import dev.axiomml.verify.cert.ProofTree.Leaf;
import dev.axiomml.verify.cert.ProofTree.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A proof tree in one line of text, a node before what stands below it: {@code I}, {@code L},
 * {@code S}, {@code E} for leaves, {@code 0.17@3f000000} for a cut of input 0, element 17, at the
 * float of these bits, {@code C0.7:1003} for a clip of 16 256ths below and of 3 above, {@code &3}
 * for part 3 of the formula and then the others. {@code H4:0,7;6:2} names hinges, elements of the
 * arguments of nodes 4 and 6, {@code h1} splits the second of them, {@code M8000:3f800000} is a
 * leaf with a slope for each hinge and a weight for each split above.
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
    ProofCursor at = new ProofCursor(text, place);
    long leaves = 0;
    byte[] left = new byte[DEPTH + 1];
    int depth = 0;
    do {
      at.next();
      int below = at.is().below();
      if (below > 0) {
        requireDepth(depth, place);
        left[depth++] = (byte) below;
        continue;
      }
      leaves++;
      while (depth > 0 && --left[depth - 1] == 0) {
        depth--;
      }
    } while (depth > 0);
    at.end();
    return new ProofLine(text, leaves);
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
    ProofCursor at = cursor();
    at.next();
    boolean leaf = at.is() == ProofCursor.Kind.LEAF;
    return leaf ? java.util.Optional.of(at.method()) : java.util.Optional.empty();
  }

  /** A reading from the root on. */
  public ProofCursor cursor() {
    return new ProofCursor(text, "proof");
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

    /** Cuts off where nothing breaks the formula; what is left of the box comes next. */
    public void clip(List<ClippedInterval> cuts) {
      word().append('C');
      String all =
          cuts.stream()
              .map(
                  cut ->
                      cut.input()
                          + "."
                          + cut.element()
                          + ":"
                          + HexFormat.of().toHexDigits((byte) cut.below())
                          + HexFormat.of().toHexDigits((byte) cut.above()))
              .collect(Collectors.joining(","));
      text.append(all);
    }

    /** Shows one part of the formula first, the others after it; both come next. */
    public void part(int part) {
      word().append('&').append(part);
    }

    /** Names hinges: of nodes by their place in the graph, rising; the tree comes next. */
    public void hinges(List<ProofCursor.Elements> hinges) {
      word().append('H');
      String all =
          hinges.stream()
              .map(
                  node ->
                      node.node()
                          + ":"
                          + node.elements().stream()
                              .map(String::valueOf)
                              .collect(Collectors.joining(",")))
              .collect(Collectors.joining(";"));
      text.append(all);
    }

    /** Splits a hinge; where it is on its lower piece comes next, then on its upper. */
    public void sides(int hinge) {
      word().append('h').append(hinge);
    }

    /** Adds a leaf with slopes of lines below hinges, and weights of the splits above. */
    public void weighted(byte[] slopes, float[] weights) {
      leaves++;
      word().append('M').append(HexFormat.of().formatHex(slopes)).append(':');
      for (float weight : weights) {
        text.append(HexFormat.of().toHexDigits(Float.floatToRawIntBits(weight)));
      }
    }

    /** Puts a whole tree here. */
    public void tree(ProofLine tree) {
      leaves += tree.leaves;
      word().append(tree);
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
}
