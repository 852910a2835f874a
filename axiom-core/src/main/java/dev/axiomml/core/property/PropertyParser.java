package dev.axiomml.core.property;

import dev.axiomml.core.property.Formula.Relation;
import dev.axiomml.core.property.PropertyLexer.Token;
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
  private final TokenReader in;

  PropertyParser(String text) {
    this.text = text;
    this.in = new TokenReader(text);
  }

  Formula formulaOnly() {
    Formula formula = implication();
    in.end();
    return formula;
  }

  <O extends Output> Theorem<O> claim() {
    Region region = new Region.Declared();
    if (in.take("∀x")) {
      region = named(in.take("in") ? region() : region);
      in.expect(".");
    }
    Formula formula = implication();
    Region all = named(region);
    in.end();
    return new Theorem<>(all, formula);
  }

  /** The text behind {@code with} alone. */
  Region.Named inputsOnly() {
    Region named = named(new Region.Declared());
    in.end();
    return Region.Named.of(named);
  }

  /** A region with what follows of inputs by name, if anything does. */
  private Region named(Region region) {
    Region all = region;
    boolean more = in.take("with");
    while (more) {
      all = input(all);
      more = in.take(",");
    }
    return all;
  }

  private Region input(Region region) {
    Token name = in.next();
    if (in.take("in")) {
      Region.Range range = range();
      return in.guarded(() -> region.within(name.word(), range.low(), range.high()));
    }
    if (!in.take("=")) {
      throw in.error(name, "an input's name was expected, then = or in" + TokenReader.found(name));
    }
    GivenValue value = given();
    return in.guarded(() -> region.given(name.word(), value));
  }

  private GivenValue given() {
    Token token = in.peek(0);
    if (!token.word().startsWith("@")) {
      return new GivenValue.Uniform(in.decimal());
    }
    String file = in.next().word().substring(1);
    return in.guarded(
        () -> new GivenValue.Array(PropertyWords.tensor(file, text, token.at()), file));
  }

  private Region.Range range() {
    if (in.take("float32")) {
      return new Region.Range(-Float.MAX_VALUE, Float.MAX_VALUE);
    }
    in.expect("[");
    double low = in.number();
    in.expect(",");
    double high = in.number();
    in.expect("]");
    return in.guarded(() -> new Region.Range(low, high));
  }

  private Region region() {
    if (in.take("float32")) {
      return new Region.Everything();
    }
    if (in.is("[")) {
      return range();
    }
    Token norm = in.next();
    Region.Norm kind = PropertyWords.norm(norm, text);
    in.expect("(");
    String file = in.next().word();
    in.expect(",");
    double radius = in.number();
    in.expect(")");
    return in.guarded(
        () -> new Region.Ball(kind, PropertyWords.tensor(file, text, norm.at()), radius));
  }

  private Formula implication() {
    Formula left = disjunction();
    return in.take("implies") ? new Formula.Implies(left, in.deeper(this::implication)) : left;
  }

  private Formula disjunction() {
    Formula left = conjunction();
    while (in.take("or")) {
      left = new Formula.Or(left, conjunction());
    }
    return left;
  }

  private Formula conjunction() {
    Formula left = negation();
    while (in.take("and")) {
      left = new Formula.And(left, negation());
    }
    return left;
  }

  private Formula negation() {
    if (in.take("not")) {
      return in.deeper(() -> new Formula.Not(negation()));
    }
    if (in.is("(") && !termFollows()) {
      in.expect("(");
      Formula inner = in.deeper(this::implication);
      in.expect(")");
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
    for (int i = 0; !in.peek(i).word().isEmpty(); i++) {
      String word = in.peek(i).word();
      depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
      if (depth == 0) {
        String after = in.peek(i + 1).word();
        return RELATIONS.containsKey(after) || after.matches("[-+*]");
      }
    }
    return false;
  }

  private Formula atom() {
    Token token = in.peek(0);
    if (token.word().equals("argmax")) {
      return argmax();
    }
    if (token.word().matches("(local_)?lipschitz")) {
      return lipschitz();
    }
    if (PropertyWords.isPredicate(token)) {
      in.next();
      return new Formula.Check(
          Formula.Predicate.valueOf(token.word().toUpperCase(Locale.ROOT)), bracketed());
    }
    Term left = sum();
    Token sign = in.next();
    Relation relation = RELATIONS.get(sign.word());
    if (relation == null) {
      throw in.error(
          sign, "a comparison (<=, <, >=, >, ==, ≈) was expected" + TokenReader.found(sign));
    }
    return new Formula.Compare(left, relation, sum());
  }

  private Formula argmax() {
    in.next();
    in.expect("(");
    Subject of = subject();
    List<Integer> row = in.is("[") ? in.index() : List.of();
    in.expect(")");
    in.expect("==");
    return new Formula.ArgmaxIs(of, row, in.integer());
  }

  private Formula lipschitz() {
    boolean local = in.next().word().equals("local_lipschitz");
    in.expect("(");
    double radius = in.number();
    in.expect(",");
    double limit = in.number();
    in.expect(")");
    return in.guarded(
        () ->
            local
                ? new Formula.LocalLipschitz(radius, limit)
                : new Formula.Lipschitz(radius, limit));
  }

  private Subject bracketed() {
    in.expect("(");
    Subject subject = subject();
    in.expect(")");
    return subject;
  }

  private Subject subject() {
    Token token = in.next();
    Subject subject = PropertyWords.subject(token, text);
    if (subject == Subject.SOFTMAX) {
      in.expect("(");
      in.expect("x");
      in.expect(")");
    } else if (subject == Subject.OUTPUT && in.take("(")) {
      in.expect("x");
      in.expect(")");
    }
    return subject;
  }

  private Term sum() {
    Term left = product();
    while (in.is("+") || in.is("-")) {
      Term.Arithmetic sign =
          in.next().word().equals("+") ? Term.Arithmetic.PLUS : Term.Arithmetic.MINUS;
      left = new Term.Binary(sign, left, product());
    }
    return left;
  }

  private Term product() {
    Term left = factor();
    while (in.take("*")) {
      left = new Term.Binary(Term.Arithmetic.TIMES, left, factor());
    }
    return left;
  }

  private Term factor() {
    if (in.take("(")) {
      Term inner = in.deeper(this::sum);
      in.expect(")");
      return inner;
    }
    Token token = in.peek(0);
    if (token.isNumber() || token.word().equals("-")) {
      return new Term.Constant(in.decimal());
    }
    if (PropertyWords.isReduction(token)) {
      in.next();
      return new Term.Reduce(
          Term.Reduction.valueOf(token.word().toUpperCase(Locale.ROOT)), bracketed());
    }
    Subject of = subject();
    return new Term.Element(of, in.index());
  }
}
