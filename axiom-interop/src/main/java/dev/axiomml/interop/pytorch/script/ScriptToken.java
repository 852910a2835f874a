package dev.axiomml.interop.pytorch.script;

/**
 * A word of TorchScript's source text.
 *
 * @param text as written; of a text the characters it stands for
 * @param line from 1
 */
record ScriptToken(Kind kind, String text, int line) {
  /** What a token is. */
  enum Kind {
    /** A name or a keyword. */
    NAME,
    /** A number without sign. */
    NUMBER,
    /** A text in quotes. */
    TEXT,
    /** A bracket, a comma and the like. */
    SIGN,
    /** The end of a logical line. */
    LINE,
    /** The begin of a block. */
    INDENT,
    /** The end of a block. */
    DEDENT,
    /** The end of the text. */
    END
  }

  boolean is(String sign) {
    return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
  }
}
