package dev.axiomml.interop.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads RE2's syntax of regular expressions, which has neither look-around nor references back.
 *
 * <p>Unicode classes, single bytes and case-blind code points beyond ASCII are refused; so is
 * whatever RE2 refuses. All errors are {@link IllegalArgumentException} and tell the position.
 */
final class RegexReader {
  private static final int DEEPEST = 200;
  private static final int MOST_TIMES = 1000;

  private final RegexCursor in;
  private RegexFlags flags = RegexFlags.NONE;
  private int depth;

  private RegexReader(String pattern) {
    this.in = new RegexCursor(pattern);
  }

  static Regex read(String pattern) {
    RegexReader reader = new RegexReader(pattern);
    Regex all = reader.either();
    if (!reader.in.ends()) {
      throw reader.in.bad("an unopened )");
    }
    return all;
  }

  private Regex either() {
    if (++depth > DEEPEST) {
      throw in.bad("groups more than " + DEEPEST + " deep");
    }
    List<Regex> parts = new ArrayList<>(List.of(row()));
    while (in.skips("|")) {
      parts.add(row());
    }
    depth--;
    return parts.size() == 1 ? parts.get(0) : new Regex.Either(parts);
  }

  private Regex row() {
    List<Regex> parts = new ArrayList<>();
    while (!in.ends() && in.peek() != '|' && in.peek() != ')') {
      if (in.skips("\\Q")) {
        quoted(parts);
      } else {
        parts.add(repeated(atom()));
      }
    }
    return new Regex.Row(parts);
  }

  /** A repetition of a repetition is an error in RE2, but for the mark of the least or the most. */
  private Regex repeated(Regex body) {
    int[] times = times();
    if (times.length == 0) {
      return body;
    }
    in.skips("?");
    int again = in.place();
    if (times().length != 0) {
      throw in.bad("a repeated repetition", again);
    }
    return new Regex.Times(body, times[0], times[1]);
  }

  /** Least and most; nothing where there is no repetition. */
  private int[] times() {
    if (in.skips("*")) {
      return new int[] {0, Regex.Times.UNBOUNDED};
    }
    if (in.skips("+")) {
      return new int[] {1, Regex.Times.UNBOUNDED};
    }
    return in.skips("?") ? new int[] {0, 1} : counted();
  }

  /** A brace that is no count stands for itself. */
  private int[] counted() {
    int start = in.place();
    if (!in.skips("{")) {
      return new int[0];
    }
    int least = in.number();
    boolean open = in.skips(",");
    int most = open ? in.number() : least;
    if (least < 0 || !in.skips("}")) {
      in.back(start);
      return new int[0];
    }
    if (Math.max(least, most) > MOST_TIMES || (most >= 0 && most < least)) {
      throw in.bad("a bad number of repetitions", start);
    }
    return new int[] {least, most};
  }

  /** What follows repeats the last code point only. */
  private void quoted(List<Regex> parts) {
    boolean open = !in.skips("\\E");
    while (open && !in.ends()) {
      Regex one = one(in.next());
      open = !in.skips("\\E");
      parts.add(open ? one : repeated(one));
    }
  }

  private Regex one(int rune) {
    return new Regex.One(flags.set(in, rune, rune));
  }

  private Regex atom() {
    int c = in.next();
    return switch (c) {
      case '(' -> group();
      case '[' -> new Regex.One(new RegexClass(in, flags).read());
      case '.' -> new Regex.One(flags.dotAll() ? any -> true : any -> any != '\n');
      case '^' -> flags.lines() ? Regex.Place.LINE_START : Regex.Place.START;
      case '$' -> flags.lines() ? Regex.Place.LINE_END : Regex.Place.END;
      case '*', '+', '?' -> throw in.bad("nothing to repeat");
      case '\\' -> escape();
      default -> one(c);
    };
  }

  private Regex escape() {
    int letter = in.ends() ? 0 : in.peek();
    return switch (letter) {
      case 'A' -> place(Regex.Place.START);
      case 'z' -> place(Regex.Place.END);
      case 'b' -> place(Regex.Place.WORD_EDGE);
      case 'B' -> place(Regex.Place.NO_WORD_EDGE);
      default -> new Regex.One(flags.lettered(in).orElseGet(this::literal));
    };
  }

  private Regex place(Regex.Place place) {
    in.next();
    return place;
  }

  private IntPredicate literal() {
    int rune = in.escaped();
    return flags.set(in, rune, rune);
  }

  /** Groups with a name or a number match alike; flags hold to the end of the group around. */
  private Regex group() {
    RegexFlags before = flags;
    if (in.skips("?P<") || in.skips("?<")) {
      in.name();
    } else if (in.skips("?")) {
      flags = flags.changed(in);
      if (in.skips(")")) {
        return flagged();
      }
      in.expect(":");
    }
    Regex body = either();
    in.expect(")");
    flags = before;
    return body;
  }

  /** Flags alone are nothing that could be repeated. */
  private Regex flagged() {
    if (times().length != 0) {
      throw in.bad("nothing to repeat");
    }
    return new Regex.Row(List.of());
  }
}
