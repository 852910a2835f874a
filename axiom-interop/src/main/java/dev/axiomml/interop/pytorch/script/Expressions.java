package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.Item;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions. */
final class Expressions {
  private static final int LONGEST = 64;

  private final Tokens tokens;

  Expressions(Tokens tokens) {
    this.tokens = tokens;
  }

  /** One expression, or several with commas as a tuple. */
  Expression tuple() {
    Expression first = expression();
    if (!tokens.at(",")) {
      return first;
    }
    List<Expression> elements = new ArrayList<>(List.of(first));
    while (tokens.took(",")) {
      if (!ends()) {
        elements.add(expression());
      }
    }
    return new Expression.Sequence(elements);
  }

  private boolean ends() {
    return tokens.at(Token.Kind.LINE) || tokens.at("=") || tokens.at(")") || tokens.at("]");
  }

  Expression expression() {
    tokens.enter();
    Expression value = primary();
    for (int links = 0; tokens.at(".") || tokens.at("(") || tokens.at("["); links++) {
      if (links > LONGEST) {
        throw tokens.unreadable("more than " + LONGEST + " steps in one expression");
      }
      value = link(value);
    }
    tokens.leave();
    return value;
  }

  private Expression link(Expression value) {
    if (tokens.took(".")) {
      return new Expression.Attribute(value, tokens.name());
    }
    if (tokens.at("(")) {
      return new Expression.Called(value, arguments());
    }
    tokens.expect("[");
    Expression index = tuple();
    tokens.expect("]");
    return new Expression.Element(value, index);
  }

  private List<Expression.Given> arguments() {
    tokens.expect("(");
    List<Expression.Given> arguments = new ArrayList<>();
    while (!tokens.at(")")) {
      Expression value = expression();
      if (value instanceof Expression.Name name && tokens.took("=")) {
        arguments.add(new Expression.Given(name.text(), expression()));
      } else {
        arguments.add(new Expression.Given("", value));
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

  private Expression primary() {
    if (tokens.took("(")) {
      Expression inner = tokens.at(")") ? new Expression.Sequence(List.of()) : tuple();
      tokens.expect(")");
      return inner;
    }
    if (tokens.took("[")) {
      return new Expression.Sequence(list("]"));
    }
    if (tokens.took("{")) {
      return pairs();
    }
    if (tokens.took("-")) {
      return new Expression.Literal(number("-"));
    }
    if (tokens.at(Token.Kind.NUMBER)) {
      return new Expression.Literal(number(""));
    }
    return tokens.at(Token.Kind.TEXT)
        ? new Expression.Literal(new Item.Text(tokens.next().text()))
        : word(tokens.name());
  }

  private List<Expression> list(String end) {
    List<Expression> elements = new ArrayList<>();
    while (!tokens.at(end)) {
      elements.add(expression());
      separator(end);
    }
    tokens.expect(end);
    return elements;
  }

  private Expression pairs() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.at("}")) {
      keys.add(expression());
      tokens.expect(":");
      values.add(expression());
      separator("}");
    }
    tokens.expect("}");
    return new Expression.Pairs(keys, values);
  }

  private static Expression word(String word) {
    return switch (word) {
      case "None" -> new Expression.Literal(Item.NOTHING);
      case "True" -> new Expression.Literal(new Item.Flag(true));
      case "False" -> new Expression.Literal(new Item.Flag(false));
      case "inf" -> new Expression.Literal(new Item.Real(Double.POSITIVE_INFINITY));
      case "nan" -> new Expression.Literal(new Item.Real(Double.NaN));
      default -> new Expression.Name(word);
    };
  }

  private Item number(String minus) {
    String digits = tokens.peek().text();
    if (tokens.took("inf")) {
      return new Item.Real(Double.NEGATIVE_INFINITY);
    }
    tokens.expect(Token.Kind.NUMBER);
    boolean whole = digits.chars().allMatch(Character::isDigit);
    if (digits.length() > (whole ? 19 : 40)) {
      throw tokens.unreadable("a number of " + digits.length() + " characters");
    }
    try {
      return whole
          ? Item.of(Long.parseLong(minus + digits))
          : new Item.Real(Double.parseDouble(minus + digits));
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
