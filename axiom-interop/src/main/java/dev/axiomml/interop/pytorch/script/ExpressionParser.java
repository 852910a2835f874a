package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions. */
final class ExpressionParser {
  private static final int LONGEST = 64;

  private final TokenStream tokens;

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** One expression, or several with commas as a tuple. */
  ScriptExpression tuple() {
    ScriptExpression first = expression();
    if (!tokens.at(",")) {
      return first;
    }
    List<ScriptExpression> elements = new ArrayList<>(List.of(first));
    while (tokens.took(",")) {
      if (!ends()) {
        elements.add(expression());
      }
    }
    return new ScriptExpression.Sequence(elements);
  }

  private boolean ends() {
    return tokens.at(ScriptToken.Kind.LINE) || tokens.at("=") || tokens.at(")") || tokens.at("]");
  }

  ScriptExpression expression() {
    tokens.enter();
    ScriptExpression value = primary();
    for (int links = 0; tokens.at(".") || tokens.at("(") || tokens.at("["); links++) {
      if (links > LONGEST) {
        throw tokens.unreadable("more than " + LONGEST + " steps in one expression");
      }
      value = link(value);
    }
    tokens.leave();
    return value;
  }

  private ScriptExpression link(ScriptExpression value) {
    if (tokens.took(".")) {
      return new ScriptExpression.Attribute(value, tokens.name());
    }
    if (tokens.at("(")) {
      return new ScriptExpression.Called(value, arguments());
    }
    tokens.expect("[");
    ScriptExpression index = tuple();
    tokens.expect("]");
    return new ScriptExpression.Element(value, index);
  }

  private List<ScriptExpression.Given> arguments() {
    tokens.expect("(");
    List<ScriptExpression.Given> arguments = new ArrayList<>();
    while (!tokens.at(")")) {
      ScriptExpression value = expression();
      if (value instanceof ScriptExpression.Name name && tokens.took("=")) {
        arguments.add(new ScriptExpression.Given(name.text(), expression()));
      } else {
        arguments.add(new ScriptExpression.Given("", value));
      }
      separator(")");
    }
    tokens.expect(")");
    return arguments;
  }

  private void separator(String end) {
    if (!tokens.at(end)) {
      tokens.expect(",");
    }
  }

  private ScriptExpression primary() {
    if (tokens.took("(")) {
      ScriptExpression inner = tokens.at(")") ? new ScriptExpression.Sequence(List.of()) : tuple();
      tokens.expect(")");
      return inner;
    }
    if (tokens.took("[")) {
      return new ScriptExpression.Sequence(list("]"));
    }
    if (tokens.took("{")) {
      return pairs();
    }
    if (tokens.took("-")) {
      return new ScriptExpression.Literal(number("-"));
    }
    if (tokens.at(ScriptToken.Kind.NUMBER)) {
      return new ScriptExpression.Literal(number(""));
    }
    return tokens.at(ScriptToken.Kind.TEXT)
        ? new ScriptExpression.Literal(new AtenItem.Text(tokens.next().text()))
        : word(tokens.name());
  }

  private List<ScriptExpression> list(String end) {
    List<ScriptExpression> elements = new ArrayList<>();
    while (!tokens.at(end)) {
      elements.add(expression());
      separator(end);
    }
    tokens.expect(end);
    return elements;
  }

  private ScriptExpression pairs() {
    List<ScriptExpression> keys = new ArrayList<>();
    List<ScriptExpression> values = new ArrayList<>();
    while (!tokens.at("}")) {
      keys.add(expression());
      tokens.expect(":");
      values.add(expression());
      separator("}");
    }
    tokens.expect("}");
    return new ScriptExpression.Pairs(keys, values);
  }

  private static ScriptExpression word(String word) {
    return switch (word) {
      case "None" -> new ScriptExpression.Literal(AtenItem.NOTHING);
      case "True" -> new ScriptExpression.Literal(new AtenItem.Flag(true));
      case "False" -> new ScriptExpression.Literal(new AtenItem.Flag(false));
      case "inf" -> new ScriptExpression.Literal(new AtenItem.Real(Double.POSITIVE_INFINITY));
      case "nan" -> new ScriptExpression.Literal(new AtenItem.Real(Double.NaN));
      default -> new ScriptExpression.Name(word);
    };
  }

  private AtenItem number(String minus) {
    String digits = tokens.peek().text();
    if (tokens.took("inf")) {
      return new AtenItem.Real(Double.NEGATIVE_INFINITY);
    }
    tokens.expect(ScriptToken.Kind.NUMBER);
    boolean whole = digits.chars().allMatch(Character::isDigit);
    if (digits.length() > (whole ? 19 : 40)) {
      throw tokens.unreadable("a number of " + digits.length() + " characters");
    }
    try {
      return whole
          ? AtenItem.of(Long.parseLong(minus + digits))
          : new AtenItem.Real(Double.parseDouble(minus + digits));
    } catch (NumberFormatException e) {
      throw tokens
          .lines()
          .place()
          .fault(
              new dev.axiomml.core.error.Diagnosis(
                  digits + " is no number", "", "numbers have 64 bits", "save the model again"),
              e);
    }
  }
}
