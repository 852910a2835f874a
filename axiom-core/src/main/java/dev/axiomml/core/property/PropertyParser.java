package dev.axiomml.core.property;

import dev.axiomml.core.property.Formula.Relation;
import dev.axiomml.core.property.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the text form: or binds weaker than and, implies weaker than or; comparisons bind terms.
 */
final class PropertyParser {
  private static final Map<String, Relation> RELATIONS =
      Map.of(
          "<=",
          Relation.LE,
          "<",
          Relation.LT,
          ">=",
          Relation.GE,
          ">",
          Relation.GT,
          "==",
          Relation.EQ,
          "~=",
          Relation.NEAR);

  private final String text;
  private final List<Token> tokens;
  private int at;

  PropertyParser(String text) {
    this.text = text;
    this.tokens = Lexer.of(text);
  }

  Formula formulaOnly() {
    Formula formula = implication();
    end();
    return formula;
  }

  <O extends Output> Theorem<O> claim() {
    Region region = new Region.Declared();
    if (take("∀x")) {
      region = take("in") ? region() : region;
      expect(".");
    }
    return new Theorem<>(region, formulaOnly());
  }

  private Region region() {
    if (take("float32")) {
      return new Region.Everything();
    }
    if (take("[")) {
      double low = number();
      expect(",");
      double high = number();
      expect("]");
      return guarded(() -> new Region.Range(low, high));
    }
    Token norm = next();
    Region.Norm kind = Words.norm(norm, text);
    expect("(");
    String file = next().word();
    expect(",");
    double radius = number();
    expect(")");
    return guarded(() -> new Region.Ball(kind, Words.tensor(file, text, norm.at()), radius));
  }

  private <T> T guarded(java.util.function.Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      if (e instanceof dev.axiomml.core.error.AxiomException) {
        throw e;
      }
      throw Lexer.error(text, tokens.get(at).at(), String.valueOf(e.getMessage()));
    }
  }

  private Formula implication() {
    Formula left = disjunction();
    return take("implies") ? new Formula.Implies(left, implication()) : left;
  }

  private Formula disjunction() {
    Formula left = conjunction();
    while (take("or")) {
      left = new Formula.Or(left, conjunction());
    }
    return left;
  }

  private Formula conjunction() {
    Formula left = negation();
    while (take("and")) {
      left = new Formula.And(left, negation());
    }
    return left;
  }

  private Formula negation() {
    if (take("not")) {
      return new Formula.Not(negation());
    }
    if (is("(") && !termFollows()) {
      expect("(");
      Formula inner = implication();
      expect(")");
      return inner;
    }
    return atom();
  }

  /**
   * Whether the bracket here belongs to a term: its partner is followed by a comparison or
   * arithmetic.
   */
  private boolean termFollows() {
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      String word = tokens.get(i).word();
      depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
      if (depth == 0) {
        String after = tokens.get(Math.min(i + 1, tokens.size() - 1)).word();
        return RELATIONS.containsKey(after) || after.matches("[-+*]");
      }
    }
    return false;
  }

  private Formula atom() {
    Token token = tokens.get(at);
    if (token.word().equals("argmax")) {
      return argmax();
    }
    if (token.word().equals("local_lipschitz")) {
      return lipschitz();
    }
    if (Words.isPredicate(token)) {
      at++;
      return new Formula.Check(
          Formula.Predicate.valueOf(token.word().toUpperCase(Locale.ROOT)), bracketed());
    }
    Term left = sum();
    Token sign = next();
    Relation relation = RELATIONS.get(sign.word());
    if (relation == null) {
      throw Lexer.error(
          text, sign.at(), "a comparison (<=, <, >=, >, ==, ≈) was expected" + found(sign));
    }
    return new Formula.Compare(left, relation, sum());
  }

  private Formula argmax() {
    at++;
    Subject of = bracketed();
    expect("==");
    return new Formula.ArgmaxIs(of, integer());
  }

  private Formula lipschitz() {
    at++;
    expect("(");
    double radius = number();
    expect(",");
    double constant = number();
    expect(")");
    return new Formula.LocalLipschitz(radius, constant);
  }

  private Subject bracketed() {
    expect("(");
    Subject subject = subject();
    expect(")");
    return subject;
  }

  private Subject subject() {
    Token token = next();
    Subject subject = Words.subject(token, text);
    if (subject == Subject.SOFTMAX) {
      expect("(");
      expect("x");
      expect(")");
    } else if (subject == Subject.OUTPUT && take("(")) {
      expect("x");
      expect(")");
    }
    return subject;
  }

  private Term sum() {
    Term left = product();
    while (is("+") || is("-")) {
      Term.Arithmetic sign =
          next().word().equals("+") ? Term.Arithmetic.PLUS : Term.Arithmetic.MINUS;
      left = new Term.Binary(sign, left, product());
    }
    return left;
  }

  private Term product() {
    Term left = factor();
    while (take("*")) {
      left = new Term.Binary(Term.Arithmetic.TIMES, left, factor());
    }
    return left;
  }

  private Term factor() {
    if (take("(")) {
      Term inner = sum();
      expect(")");
      return inner;
    }
    Token token = tokens.get(at);
    if (token.isNumber() || token.word().equals("-")) {
      return new Term.Constant(number());
    }
    if (Words.isReduction(token)) {
      at++;
      return new Term.Reduce(
          Term.Reduction.valueOf(token.word().toUpperCase(Locale.ROOT)), bracketed());
    }
    Subject of = subject();
    expect("[");
    List<Integer> index = new ArrayList<>(List.of(integer()));
    while (take(",")) {
      index.add(integer());
    }
    expect("]");
    return new Term.Element(of, index);
  }

  private double number() {
    double sign = take("-") ? -1 : 1;
    Token token = next();
    if (!token.isNumber()) {
      throw Lexer.error(text, token.at(), "a number was expected" + found(token));
    }
    return sign * Double.parseDouble(token.word());
  }

  private int integer() {
    Token token = next();
    if (!token.word().matches("[0-9]{1,9}")) {
      throw Lexer.error(text, token.at(), "a whole number was expected" + found(token));
    }
    return Integer.parseInt(token.word());
  }

  private boolean is(String word) {
    return tokens.get(at).word().equals(word);
  }

  private boolean take(String word) {
    boolean here = is(word);
    at += here ? 1 : 0;
    return here;
  }

  private Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private void expect(String word) {
    Token token = next();
    if (!token.word().equals(word)) {
      throw Lexer.error(text, token.at(), "\"" + word + "\" was expected" + found(token));
    }
  }

  private void end() {
    if (!is("")) {
      throw Lexer.error(
          text, tokens.get(at).at(), "the property should end here" + found(tokens.get(at)));
    }
  }

  private static String found(Token token) {
    return token.word().isEmpty() ? ", but the text ends" : ", found \"" + token.word() + "\"";
  }
}
