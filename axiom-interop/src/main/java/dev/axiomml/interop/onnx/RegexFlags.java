package dev.axiomml.interop.onnx;

import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * How a part of a regular expression is read.
 *
 * @param blind whether capital and small letters are alike
 * @param lines whether {@code ^} and {@code $} hold at lines too
 * @param dotAll whether a dot is a line feed too
 */
record RegexFlags(boolean blind, boolean lines, boolean dotAll) {
  static final RegexFlags NONE = new RegexFlags(false, false, false);

  private static final int ASCII = 0x7F;

  /** The flags after letters such as {@code i} or {@code s-m}; {@code U} changes no full match. */
  RegexFlags changed(RegexCursor in) {
    RegexFlags now = this;
    boolean on = true;
    boolean any = false;
    while (!in.ends() && in.peek() != ')' && in.peek() != ':') {
      int letter = in.next();
      if (letter == '-' && on) {
        on = false;
        any = false;
      } else {
        now = now.with(in, letter, on);
        any = true;
      }
    }
    if (!any && (!on || in.ends() || in.peek() == ')')) {
      throw in.bad("a group without flags");
    }
    return now;
  }

  private RegexFlags with(RegexCursor in, int letter, boolean on) {
    return switch (letter) {
      case 'i' -> new RegexFlags(on, lines, dotAll);
      case 'm' -> new RegexFlags(blind, on, dotAll);
      case 's' -> new RegexFlags(blind, lines, on);
      case 'U' -> this;
      default -> throw in.bad("a group (?" + (char) letter + ", which RE2 does not have,");
    };
  }

  /** A range of code points, in either case where case does not count. */
  IntPredicate set(RegexCursor in, int from, int to) {
    if (!blind) {
      return Runes.range(from, to);
    }
    if (to > ASCII) {
      throw in.bad("a case-blind code point beyond ASCII");
    }
    return Runes.folded(Runes.range(from, to));
  }

  /** The set that a letter stands for after a backslash; empty where it stands for none. */
  Optional<IntPredicate> lettered(RegexCursor in) {
    int letter = in.ends() ? 0 : in.peek();
    boolean capital = Runes.UPPER.test(letter);
    Optional<IntPredicate> set = Runes.lettered(capital ? letter | Runes.CASE : letter);
    if (set.isPresent()) {
      in.next();
    }
    return set.map(s -> named(s, capital));
  }

  /** A set with a name, or all others. */
  IntPredicate named(IntPredicate set, boolean others) {
    IntPredicate wide = blind ? Runes.folded(set) : set;
    return others ? wide.negate() : wide;
  }
}
