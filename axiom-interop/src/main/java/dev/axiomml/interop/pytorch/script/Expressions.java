package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.file.Place;
import dev.axiomml.interop.pytorch.aten.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads expressions out of one logical line. */
final class Expressions {
  private static final int DEEPEST = 200;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([A-Za-z_]\\w*)|(\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|\\.\\d+)|(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|([-()\\[\\],.=]))");

  private final String line;
  private final Place place;
  private final Matcher matcher;
  private int position;
  private int depth;

  Expressions(String line, Place place) {
    this.line = line;
    this.place = place;
    this.matcher = TOKEN.matcher(line);
  }

  /** The expression that the line is. */
  static Expression of(String line, Place place) {
    Expressions reading = new Expressions(line, place);
    Expression value = reading.tuple();
    if (!reading.peek().isEmpty()) {
      throw reading.unknown();
    }
    return value;
  }

  /** One expression, or several with commas as a tuple. */
  private Expression tuple() {
    Expression first = expression();
    if (!peek().equals(",")) {
      return first;
    }
    List<Expression> elements = new ArrayList<>(List.of(first));
    while (peek().equals(",")) {
      next();
      if (!peek().isEmpty() && !peek().equals(")")) {
        elements.add(expression());
      }
    }
    return new Expression.Sequence(elements);
  }

  private Expression expression() {
    if (++depth > DEEPEST) {
      throw unknown();
    }
    Expression value = primary();
    while (true) {
      String token = peek();
      if (token.equals(".")) {
        next();
        value = new Expression.Attribute(value, next());
      } else if (token.equals("(")) {
        value = new Expression.Called(value, arguments());
      } else if (token.equals("[")) {
        next();
        value = new Expression.Element(value, expression());
        expect("]");
      } else {
        depth--;
        return value;
      }
    }
  }

  private List<Expression.Given> arguments() {
    expect("(");
    List<Expression.Given> arguments = new ArrayList<>();
    while (!peek().equals(")")) {
      Expression value = expression();
      if (peek().equals("=") && value instanceof Expression.Name name) {
        next();
        arguments.add(new Expression.Given(name.text(), expression()));
      } else {
        arguments.add(new Expression.Given("", value));
      }
      if (!peek().equals(")")) {
        expect(",");
      }
    }
    expect(")");
    return arguments;
  }

  private Expression primary() {
    String token = next();
    if (token.equals("(")) {
      Expression inner = peek().equals(")") ? new Expression.Sequence(List.of()) : tuple();
      expect(")");
      return inner;
    }
    if (token.equals("[")) {
      return list();
    }
    if (token.equals("-")) {
      return new Expression.Literal(number("-" + next()));
    }
    if (token.startsWith("\"") || token.startsWith("'")) {
      return new Expression.Literal(new Item.Text(token.substring(1, token.length() - 1)));
    }
    if (Character.isDigit(token.isEmpty() ? ' ' : token.charAt(0)) || token.matches("\\.\\d+")) {
      return new Expression.Literal(number(token));
    }
    return word(token);
  }

  private Expression list() {
    List<Expression> elements = new ArrayList<>();
    while (!peek().equals("]")) {
      elements.add(expression());
      if (!peek().equals("]")) {
        expect(",");
      }
    }
    expect("]");
    return new Expression.Sequence(elements);
  }

  private Expression word(String token) {
    return switch (token) {
      case "None" -> new Expression.Literal(Item.NOTHING);
      case "True" -> new Expression.Literal(new Item.Flag(true));
      case "False" -> new Expression.Literal(new Item.Flag(false));
      default -> {
        if (!token.matches("[A-Za-z_]\\w*")) {
          throw unknown();
        }
        yield new Expression.Name(token);
      }
    };
  }

  private Item number(String token) {
    try {
      return token.matches("-?\\d+")
          ? Item.of(Long.parseLong(token))
          : new Item.Real(Double.parseDouble(token));
    } catch (NumberFormatException e) {
      throw place.fault(
          new dev.axiomml.core.error.Diagnosis(
              token + " is no number", "", "a number was expected in: " + line, "trace it again"),
          e);
    }
  }

  private void expect(String token) {
    if (!next().equals(token)) {
      throw unknown();
    }
  }

  private String next() {
    String token = peek();
    position = token.isEmpty() ? position : matcher.end();
    return token;
  }

  private String peek() {
    matcher.region(position, line.length());
    if (matcher.lookingAt()) {
      return matcher.group().strip();
    }
    if (!line.substring(position).isBlank()) {
      throw unknown();
    }
    return "";
  }

  private RuntimeException unknown() {
    return place.fault(
        "cannot read: " + line,
        "of TorchScript straight-line code of calls, lists and attributes is read",
        "export the model with torch.export.save, or save a trace: torch.jit.trace(model, x)");
  }
}
