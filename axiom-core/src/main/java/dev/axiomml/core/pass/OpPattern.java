package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Square;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a value may have been made by, as a formula; constants agree to 1e-6 relative. */
@FunctionalInterface
interface OpPattern {
  /** What is found with this value as well; empty where it was made otherwise. */
  Optional<PatternMatch> match(PatternMatch so, Value value);

  /** Any value; the same one wherever the name stands. */
  static OpPattern value(String name) {
    return (so, value) -> so.with(name, value);
  }

  /** The result of an operator of a class; operands of sums and products in either order. */
  static OpPattern made(Class<? extends Op> type, OpPattern... operands) {
    return made(type::isInstance, operands);
  }

  /** The only result of an operator. */
  static OpPattern made(Predicate<Op> op, OpPattern... operands) {
    return (so, value) ->
        so.graph()
            .producer(value)
            .filter(node -> op.test(node.op()) && node.out().size() == 1)
            .filter(node -> node.in().size() == operands.length)
            .flatMap(node -> operands(so.with(node), node, List.of(operands)));
  }

  private static Optional<PatternMatch> operands(
      PatternMatch so, Node node, List<OpPattern> terms) {
    Optional<PatternMatch> plain = all(so, node.in(), terms);
    boolean turns = terms.size() == 2 && (node.op() instanceof Add || node.op() instanceof Mul);
    return plain.isPresent() || !turns
        ? plain
        : all(so, List.of(node.in().get(1), node.in().get(0)), terms);
  }

  private static Optional<PatternMatch> all(
      PatternMatch so, List<Value> values, List<OpPattern> terms) {
    Optional<PatternMatch> found = Optional.of(so);
    for (int i = 0; i < terms.size(); i++) {
      OpPattern term = terms.get(i);
      Value value = values.get(i);
      found = found.flatMap(f -> term.match(f, value));
    }
    return found;
  }

  /** The first of these that fits. */
  static OpPattern any(OpPattern... terms) {
    return (so, value) ->
        Arrays.stream(terms)
            .map(term -> term.match(so, value))
            .flatMap(Optional::stream)
            .findFirst();
  }

  /** A known value that is one number. */
  static OpPattern number(double number) {
    return (so, value) ->
        so.only(value).filter(own -> near(own, number)).map(own -> so.with(value));
  }

  /** A known value that is one number, to be matched later. */
  static OpPattern number(String name) {
    return (so, value) -> so.only(value).flatMap(own -> so.with(value).with(name, own));
  }

  private static OpPattern reciprocal(String name) {
    return (so, value) -> so.only(value).flatMap(own -> so.with(value).with(name, 1 / own));
  }

  /** A multiple by one number, to be matched later; the value itself is the multiple by 1. */
  static OpPattern scaled(OpPattern x, String name) {
    OpPattern itself = (so, value) -> so.with(name, 1).flatMap(found -> x.match(found, value));
    return any(made(Mul.class, x, number(name)), made(Div.class, x, reciprocal(name)), itself);
  }

  private static boolean near(double own, double number) {
    double room = Double.isInfinite(number) ? 0 : 1e-6 * Math.abs(number);
    return own == number || Math.abs(own - number) <= room;
  }

  /** A multiple by one known number, however that is said. */
  static OpPattern scaled(double by, OpPattern x) {
    return any(made(Mul.class, x, number(by)), made(Div.class, x, number(1 / by)));
  }

  /** A sum with one known number. */
  static OpPattern shifted(OpPattern x, double by) {
    return made(Add.class, x, number(by));
  }

  /** A sum with one number, to be matched later. */
  static OpPattern shifted(OpPattern x, String name) {
    return made(Add.class, x, number(name));
  }

  /** A value times itself. */
  static OpPattern squared(OpPattern x) {
    return any(made(Square.class, x), power(2, x), made(Mul.class, x, x));
  }

  /** A value raised to a known power. */
  static OpPattern power(double exponent, OpPattern x) {
    return made(op -> op instanceof PowConstant p && p.exponent() == exponent, x);
  }

  /** A product, one number being multiplied to either factor or to both together. */
  static OpPattern scaledProduct(double by, OpPattern a, OpPattern b) {
    return any(
        scaled(by, made(Mul.class, a, b)),
        made(Mul.class, scaled(by, a), b),
        made(Mul.class, a, scaled(by, b)));
  }
}
