package dev.axiomml.verify.cert;

import dev.axiomml.verify.cert.ProofTree.Leaf;
import dev.axiomml.verify.cert.ProofTree.Split;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * Proof trees in one line, a node before its two sides: {@code I}, {@code L}, {@code S}, {@code E}
 * for leaves, {@code 0.17@3f000000} for a cut of input 0, element 17, at the float of these bits.
 */
final class TreeText {
  private static final int DEPTH = 2048;
  private final String[] words;
  private final String place;
  private int at;

  private TreeText(String[] words, String place) {
    this.words = words;
    this.place = place;
  }

  static String write(ProofTree tree) {
    List<String> words = new ArrayList<>();
    Deque<ProofTree> open = new ArrayDeque<>(List.of(tree));
    while (!open.isEmpty()) {
      ProofTree next = open.pop();
      if (next instanceof Split split) {
        String bits = HexFormat.of().toHexDigits(Float.floatToRawIntBits(split.at()));
        words.add(split.input() + "." + split.element() + "@" + bits);
        open.push(split.high());
        open.push(split.low());
      } else {
        words.add(((Leaf) next).method().name().substring(0, 1));
      }
    }
    return String.join(" ", words);
  }

  static ProofTree read(String text, String place) {
    TreeText reading = new TreeText(text.split(" ", -1), place);
    ProofTree tree = reading.node(0);
    if (reading.at != reading.words.length) {
      throw Fields.malformed(place, "one tree", reading.words[reading.at] + " after its end");
    }
    return tree;
  }

  private ProofTree node(int depth) {
    if (at == words.length || depth > DEPTH) {
      throw Fields.malformed(place, "a tree of depth " + DEPTH + " at most", "depth " + depth);
    }
    String word = words[at++];
    for (Method method : Method.values()) {
      if (word.equals(method.name().substring(0, 1))) {
        return new Leaf(method);
      }
    }
    return split(word, depth);
  }

  private Split split(String word, int depth) {
    if (!word.matches("(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})@[0-9a-f]{8}")) {
      throw Fields.malformed(place, "a leaf or a cut", word);
    }
    int dot = word.indexOf('.');
    int sign = word.indexOf('@');
    float cut = Float.intBitsToFloat(HexFormat.fromHexDigits(word.substring(sign + 1)));
    if (!(Math.abs(cut) <= Float.MAX_VALUE)) {
      throw Fields.malformed(place, "a finite cut", word);
    }
    int input = Integer.parseInt(word.substring(0, dot));
    int element = Integer.parseInt(word.substring(dot + 1, sign));
    ProofTree low = node(depth + 1);
    return new Split(input, element, cut, low, node(depth + 1));
  }
}
