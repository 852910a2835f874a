package dev.axiomml.verify.cert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the nodes of a {@link ProofLine} one after the other, each before what stands below it. */
public final class ProofCursor {
  private final byte[] text;
  private final String place;
  private int from;
  private int end = -1;
  private Kind kind = Kind.LEAF;
  private ProofMethod method = ProofMethod.STRUCTURE;
  private int input;
  private int element;
  private float at;
  private long leaves;

  /** What a node does. */
  public enum Kind {
    /** The formula is shown on the whole box. */
    LEAF(0),
    /** It is shown on the whole part, with multipliers of lines below hinges and of splits. */
    WEIGHTED(0),
    /** One coordinate is cut in two. */
    CUT(2),
    /** The box is cut to where an input that breaks the formula may lie. */
    CLIP(1),
    /** One part of a formula that has several is shown first, then the others. */
    PART(2),
    /** Names the hinges that may be split below. */
    HINGES(1),
    /** One hinge is on its lower piece, then on its upper. */
    SIDES(2);

    private final int below;

    Kind(int below) {
      this.below = below;
    }

    /** How many nodes stand directly below it. */
    public int below() {
      return below;
    }
  }

  /** Elements of one node's argument. */
  public record Elements(int node, List<Integer> elements) {}

  ProofCursor(byte[] text, String place) {
    this.text = text;
    this.place = place;
  }

  /** Goes to the next node. */
  public void next() {
    if (end >= text.length) {
      throw StrictFields.malformed(place, "what stands below every node", "the end of the tree");
    }
    from = end + 1;
    end = from;
    while (end < text.length && text[end] != ' ') {
      end++;
    }
    if (from == end) {
      throw wrong();
    }
    kind = kind();
    leaves += kind.below == 0 ? 1 : 0;
    read();
  }

  private Kind kind() {
    boolean alone = end - from == 1;
    return switch (text[from]) {
      case 'C' -> Kind.CLIP;
      case '&' -> Kind.PART;
      case 'H' -> Kind.HINGES;
      case 'h' -> Kind.SIDES;
      case 'M' -> Kind.WEIGHTED;
      default -> alone && isMethod() ? Kind.LEAF : Kind.CUT;
    };
  }

  private void read() {
    switch (kind) {
      case CUT -> cut();
      case PART, SIDES -> element = number(from + 1, end);
      case HINGES -> hinges();
      case CLIP -> clips();
      case WEIGHTED -> {
        slopes();
        weights();
      }
      default -> {}
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
    int dot = find('.', from, end);
    int sign = find('@', dot, end);
    input = number(from, dot);
    element = number(dot + 1, sign);
    at = Float.intBitsToFloat(bits(sign + 1, end));
    if (end - sign != 9 || !(Math.abs(at) <= Float.MAX_VALUE)) {
      throw wrong();
    }
  }

  /** At most eight hexadecimal digits. */
  private int bits(int start, int stop) {
    int bits = 0;
    for (int i = start; i < stop; i++) {
      int digit = text[i] <= '9' ? text[i] - '0' : text[i] - 'a' + 10;
      boolean hex = text[i] <= '9' ? digit >= 0 : digit >= 10 && digit < 16;
      if (!hex || stop - start > 8) {
        throw wrong();
      }
      bits = bits << 4 | digit;
    }
    return bits;
  }

  private int find(char sign, int start, int stop) {
    for (int i = start; i < stop; i++) {
      if (text[i] == sign) {
        return i;
      }
    }
    throw wrong();
  }

  /** A whole number of at most nine digits, without a zero before it. */
  private int number(int start, int stop) {
    boolean plain = start < stop && stop - start < 10 && (text[start] != '0' || stop - start == 1);
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

  void end() {
    if (end < text.length) {
      throw StrictFields.malformed(place, "one tree", "more after its end");
    }
  }

  /** Passes over the next node with everything below it. */
  public void skip() {
    for (long open = 1; open > 0; ) {
      next();
      open += kind.below - 1;
    }
  }

  /** How many leaves were read or passed over, this node among them. */
  public long leaves() {
    return leaves;
  }

  /** What the node does. */
  public Kind is() {
    return kind;
  }

  /** How a leaf is shown. */
  public ProofMethod method() {
    return method;
  }

  /** Which input is cut. */
  public int input() {
    return input;
  }

  /** Which of its elements is cut, which part comes first, or which hinge is split. */
  public int element() {
    return element;
  }

  /** Where an input is cut, a finite number. */
  public float at() {
    return at;
  }

  /** What a clip cuts off, at least one interval. */
  public List<ClippedInterval> clips() {
    List<ClippedInterval> all = new ArrayList<>();
    for (int start = from + 1; start <= end; ) {
      int stop = until(',', start, end);
      int dot = find('.', start, stop);
      int colon = find(':', dot, stop);
      if (stop - colon != 5) {
        throw wrong();
      }
      all.add(
          new ClippedInterval(
              number(start, dot),
              number(dot + 1, colon),
              bits(colon + 1, colon + 3),
              bits(colon + 3, stop)));
      start = stop + 1;
    }
    return all;
  }

  /** The hinges that are named: of nodes by their place in the graph, rising, elements rising. */
  public List<Elements> hinges() {
    List<Elements> all = new ArrayList<>();
    for (int start = from + 1; start <= end; ) {
      int stop = until(';', start, end);
      int colon = find(':', start, stop);
      List<Integer> elements = new ArrayList<>();
      for (int first = colon + 1; first <= stop; ) {
        int last = until(',', first, stop);
        elements.add(number(first, last));
        first = last + 1;
      }
      all.add(new Elements(number(start, colon), elements));
      start = stop + 1;
    }
    return all;
  }

  private int until(char sign, int start, int stop) {
    int i = start;
    while (i < stop && text[i] != sign) {
      i++;
    }
    return i;
  }

  /** For each hinge that is named the slope of the line below it, 0 to 128. */
  public int[] slopes() {
    int colon = find(':', from, end);
    int[] slopes = new int[(colon - from - 1) / 2];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = bits(from + 1 + 2 * i, from + 3 + 2 * i);
      if (slopes[i] > 128) {
        throw wrong();
      }
    }
    if (colon - from - 1 != 2 * slopes.length) {
      throw wrong();
    }
    return slopes;
  }

  /**
   * For each split above the weight of its side, finite and not negative, from the root down; meant
   * for a combination of outputs whose largest weight is one.
   */
  public float[] weights() {
    int colon = find(':', from, end);
    float[] weights = new float[(end - colon - 1) / 8];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Float.intBitsToFloat(bits(colon + 1 + 8 * i, colon + 9 + 8 * i));
      if (!(weights[i] >= 0 && weights[i] <= Float.MAX_VALUE)) {
        throw wrong();
      }
    }
    if (end - colon - 1 != 8 * weights.length) {
      throw wrong();
    }
    return weights;
  }
}
