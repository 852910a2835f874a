package dev.axiomml.interop.onnx;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Sets of code points that regular expressions have names for, all of them ASCII as in RE2. */
final class Runes {
  /** What tells capital letters from small ones. */
  static final int CASE = 0x20;

  private static final int KELVIN = 0x212A;
  private static final int LONG_S = 0x17F;

  static final IntPredicate DIGIT = range('0', '9');
  static final IntPredicate LOWER = range('a', 'z');
  static final IntPredicate UPPER = range('A', 'Z');
  static final IntPredicate LETTER = LOWER.or(UPPER);
  static final IntPredicate WORD = LETTER.or(DIGIT).or(only('_'));

  private static final IntPredicate SPACE = any("\t\n\f\r ");
  private static final IntPredicate GRAPH = range('!', '~');

  private static final Map<String, IntPredicate> NAMED =
      Map.ofEntries(
          Map.entry("alnum", LETTER.or(DIGIT)),
          Map.entry("alpha", LETTER),
          Map.entry("ascii", range(0, 0x7F)),
          Map.entry("blank", any("\t ")),
          Map.entry("cntrl", range(0, 0x1F).or(only(0x7F))),
          Map.entry("digit", DIGIT),
          Map.entry("graph", GRAPH),
          Map.entry("lower", LOWER),
          Map.entry("print", range(' ', '~')),
          Map.entry("punct", GRAPH.and(LETTER.or(DIGIT).negate())),
          Map.entry("space", any("\t\n\u000B\f\r ")),
          Map.entry("upper", UPPER),
          Map.entry("word", WORD),
          Map.entry("xdigit", DIGIT.or(range('A', 'F')).or(range('a', 'f'))));

  private Runes() {}

  static IntPredicate only(int rune) {
    return c -> c == rune;
  }

  static IntPredicate range(int from, int to) {
    return c -> from <= c && c <= to;
  }

  static IntPredicate any(String runes) {
    return c -> runes.indexOf(c) >= 0;
  }

  /** The set of {@code \d}, {@code \s} or {@code \w}. */
  static Optional<IntPredicate> lettered(int letter) {
    return switch (letter) {
      case 'd' -> Optional.of(DIGIT);
      case 's' -> Optional.of(SPACE);
      case 'w' -> Optional.of(WORD);
      default -> Optional.empty();
    };
  }

  /** The set between {@code [:} and {@code :]}. */
  static Optional<IntPredicate> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  /** A set of ASCII with the letters that differ from its own in case only. */
  static IntPredicate folded(IntPredicate set) {
    return c -> set.test(c) || set.test(other(c));
  }

  private static int other(int c) {
    if (c == KELVIN || c == LONG_S) {
      return c == KELVIN ? 'k' : 's';
    }
    return LETTER.test(c) ? c ^ CASE : c;
  }
}
