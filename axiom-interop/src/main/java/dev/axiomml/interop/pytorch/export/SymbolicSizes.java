package dev.axiomml.interop.pytorch.export;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.file.LocatedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a symbolic size as SymPy writes it, for people ({@code 2*s0 + 1}, {@code s0//2}) or for
 * machines ({@code Add(Mul(Integer(2), Symbol('s0', integer=True)), Integer(1))}).
 */
final class SymbolicSizes {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\d+|[A-Za-z_][A-Za-z0-9_]*|'[^']*'|//|\\*\\*|[-+*(),=])");

  private static final int MAX_POWER = 8;
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_DEPTH = 64;

  private final LocatedJson at;
  private final String text;
  private final Function<String, Dim> symbols;
  private int position;
  private int depth;

  private SymbolicSizes(LocatedJson at, Function<String, Dim> symbols) {
    this.at = at;
    this.text = at.text();
    this.symbols = symbols;
  }

  /** The size that a text means. */
  static Dim of(LocatedJson text, Function<String, Dim> symbols) {
    SymbolicSizes reading = new SymbolicSizes(text, symbols);
    if (reading.text.length() > MAX_LENGTH) {
      throw reading.unknown();
    }
    try {
      Dim size = reading.sum();
      if (reading.peek().isEmpty()) {
        return size;
      }
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw reading.unknown(); // no name, a number beyond 64 bits, a power or divisor of no use
    }
    throw reading.unknown();
  }

  private Dim sum() {
    Dim sum = product();
    while (peek().equals("+") || peek().equals("-")) {
      sum = next().equals("+") ? sum.plus(product()) : sum.minus(product());
    }
    return sum;
  }

  private Dim product() {
    Dim product = power();
    while (peek().equals("*") || peek().equals("//")) {
      product = next().equals("*") ? product.times(power()) : product.floorDiv(power());
    }
    return product;
  }

  private Dim power() {
    Dim base = atom();
    if (!peek().equals("**")) {
      return base;
    }
    next();
    return power(base, atom().value());
  }

  private static Dim power(Dim base, long exponent) {
    if (exponent < 0 || exponent > MAX_POWER) {
      throw new ArithmeticException("a power of " + exponent);
    }
    Dim power = Dim.ONE;
    for (long n = exponent; n > 0; n--) {
      power = power.times(base);
    }
    return power;
  }

  private Dim atom() {
    if (++depth > MAX_DEPTH) {
      throw unknown();
    }
    Dim atom = atom(next());
    depth--;
    return atom;
  }

  private Dim atom(String token) {
    if (token.equals("-")) {
      return Dim.ZERO.minus(atom());
    }
    if (token.equals("(")) {
      Dim inner = sum();
      expect(")");
      return inner;
    }
    if (token.matches("\\d+")) {
      return Dim.of(Long.parseLong(token));
    }
    if (!token.matches("[A-Za-z_]\\w*")) {
      throw unknown();
    }
    return peek().equals("(") ? function(token) : symbols.apply(token);
  }

  private Dim function(String name) {
    expect("(");
    return name.equals("Symbol") ? symbol() : folded(name, arguments());
  }

  /** A name in quotes, then assumptions about it. */
  private Dim symbol() {
    String quoted = next();
    if (!quoted.startsWith("'")) {
      throw unknown();
    }
    while (!next().equals(")")) {
      if (peek().isEmpty()) {
        throw unknown();
      }
    }
    return symbols.apply(quoted.substring(1, quoted.length() - 1));
  }

  private List<Dim> arguments() {
    List<Dim> arguments = new ArrayList<>(List.of(sum()));
    while (peek().equals(",")) {
      next();
      arguments.add(sum());
    }
    expect(")");
    return arguments;
  }

  private Dim folded(String name, List<Dim> arguments) {
    Dim result = arguments.get(0);
    for (Dim next : arguments.subList(1, arguments.size())) {
      result =
          switch (name) {
            case "Add" -> result.plus(next);
            case "Mul" -> result.times(next);
            case "Pow" -> power(result, next.value());
            case "FloorDiv" -> result.floorDiv(next);
            default -> throw unknown();
          };
    }
    if (arguments.size() == 1 && !name.equals("Integer")) {
      throw unknown();
    }
    return result;
  }

  private void expect(String token) {
    if (!next().equals(token)) {
      throw unknown();
    }
  }

  private String next() {
    String token = peek();
    position += text.substring(position).indexOf(token) + token.length();
    return token;
  }

  private String peek() {
    Matcher matcher = TOKEN.matcher(text);
    matcher.region(position, text.length());
    if (matcher.lookingAt()) {
      return matcher.group(1);
    }
    if (!text.substring(position).isBlank()) {
      throw unknown();
    }
    return "";
  }

  private RuntimeException unknown() {
    return at.place()
        .fault(
            "size expression " + text.substring(0, Math.min(text.length(), 80)),
            "sizes are sums, products and floor divisions of symbols and numbers",
            "export with fixed sizes, or make only the batch dynamic");
  }
}
