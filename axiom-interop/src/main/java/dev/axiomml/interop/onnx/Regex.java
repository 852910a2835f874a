package dev.axiomml.interop.onnx;

import java.util.List;
import java.util.function.IntPredicate;

/** What a regular expression says, in the forms that {@link RegexReader} reads. */
sealed interface Regex {
  /** One code point out of a set. */
  record One(IntPredicate set) implements Regex {}

  /** One after another; none of them is the empty text. */
  record Row(List<Regex> parts) implements Regex {
    public Row {
      parts = List.copyOf(parts);
    }
  }

  /** One of them. */
  record Either(List<Regex> parts) implements Regex {
    public Either {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Again and again.
   *
   * @param body what
   * @param least how often at least
   * @param most how often at most; {@link #UNBOUNDED} for any number
   */
  record Times(Regex body, int least, int most) implements Regex {
    static final int UNBOUNDED = -1;
  }

  /** A place in the text that takes no code point. */
  enum Place implements Regex {
    ANYWHERE,
    START,
    END,
    LINE_START,
    LINE_END,
    WORD_EDGE,
    NO_WORD_EDGE;

    /** Whether the place before a code point is such a one. */
    boolean holds(int[] text, int at) {
      return switch (this) {
        case ANYWHERE -> true;
        case START -> at == 0;
        case END -> at == text.length;
        case LINE_START -> at == 0 || text[at - 1] == '\n';
        case LINE_END -> at == text.length || text[at] == '\n';
        case WORD_EDGE -> edge(text, at);
        case NO_WORD_EDGE -> !edge(text, at);
      };
    }

    private static boolean edge(int[] text, int at) {
      boolean before = at > 0 && Runes.WORD.test(text[at - 1]);
      boolean after = at < text.length && Runes.WORD.test(text[at]);
      return before != after;
    }
  }
}
