package dev.axiomml.core.property;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.PropertyLexer.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The words of a property, read one after another. */
final class TokenReader {
  private static final int DEPTH = 100;
  private static final int TOKENS = 8_000;

  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;

  TokenReader(String text) {
    this.text = text;
    this.tokens = PropertyLexer.of(text);
    if (tokens.size() > TOKENS) {
      throw PropertyLexer.error(text.substring(0, 40) + "…", 40, "more than " + TOKENS + " words");
    }
  }

  /** The word that comes next; the last one again at the end. */
  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  PropertyException error(Token token, String what) {
    return PropertyLexer.error(text, token.at(), what);
  }

  /** What a part refuses gets its place in the text. */
  <T> T guarded(java.util.function.Supplier<T> made) {
    try {
      return made.get();
    } catch (PropertyException e) {
      throw e.diagnosis().where().isEmpty()
          ? new PropertyException(
              e.diagnosis().at(PropertyLexer.place(text, tokens.get(at).at())), e)
          : e;
    }
  }

  <T> T deeper(java.util.function.Supplier<T> read) {
    if (++depth > DEPTH) {
      throw PropertyLexer.error(
          text, tokens.get(at).at(), "more than " + DEPTH + " brackets in brackets");
    }
    T inner = read.get();
    depth--;
    return inner;
  }

  double number() {
    return decimal().doubleValue();
  }

  BigDecimal decimal() {
    boolean negative = take("-");
    Token token = next();
    if (!token.isNumber()) {
      throw PropertyLexer.error(text, token.at(), "a number was expected" + found(token));
    }
    BigDecimal value = guarded(() -> new Term.Constant(decimal(token)).value());
    return negative ? value.negate() : value;
  }

  private BigDecimal decimal(Token token) {
    try {
      return new BigDecimal(token.word());
    } catch (NumberFormatException e) {
      throw PropertyLexer.error(text, token.at(), token.word() + " is no number");
    }
  }

  int integer() {
    Token token = next();
    if (!token.word().matches("[0-9]{1,9}")) {
      throw PropertyLexer.error(text, token.at(), "a whole number was expected" + found(token));
    }
    return Integer.parseInt(token.word());
  }

  boolean is(String word) {
    return tokens.get(at).word().equals(word);
  }

  boolean take(String word) {
    boolean here = is(word);
    at += here ? 1 : 0;
    return here;
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  void expect(String word) {
    Token token = next();
    if (!token.word().equals(word)) {
      throw PropertyLexer.error(text, token.at(), "\"" + word + "\" was expected" + found(token));
    }
  }

  void end() {
    if (!is("")) {
      throw PropertyLexer.error(
          text, tokens.get(at).at(), "the property should end here" + found(tokens.get(at)));
    }
  }

  static String found(Token token) {
    return token.word().isEmpty() ? ", but the text ends" : ", found \"" + token.word() + "\"";
  }

  List<Integer> index() {
    expect("[");
    List<Integer> index = new ArrayList<>(List.of(integer()));
    while (take(",")) {
      index.add(integer());
    }
    expect("]");
    return index;
  }
}
