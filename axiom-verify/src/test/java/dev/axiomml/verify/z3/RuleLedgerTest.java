package dev.axiomml.verify.z3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import dev.axiomml.verify.smt.Fact;
import dev.axiomml.verify.smt.Real;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules that bounds rest on, each proved for all real numbers, and false twins that are not.
 */
class RuleLedgerTest {
  private static final Real X = new Real.Unknown("x");
  private static final Real Y = new Real.Unknown("y");
  private static final Real L = new Real.Unknown("l");
  private static final Real U = new Real.Unknown("u");
  private static final Real P = new Real.Unknown("p");
  private static final Real Q = new Real.Unknown("q");
  private static final Real ZERO = Real.zero();
  private static final Real ONE = Real.of(1);

  /**
   * A rule: from what is given follows what is claimed.
   *
   * @param broken a claim close to it that must not follow
   */
  record Rule(String name, List<Fact> given, Fact claimed, Fact broken) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void solver() {
    Needs.z3(Z3.unavailable().isEmpty(), Z3.unavailable().orElse(""));
  }

  private static Real product(Real a, Real b) {
    return new Real.Product(a, b);
  }

  private static Fact most(Real a, Real b) {
    return new Fact.AtMost(a, b);
  }

  private static Fact isLargest(Real of, Real a, Real b) {
    return Fact.all(
        most(a, of), most(b, of), Fact.any(new Fact.Equal(of, a), new Fact.Equal(of, b)));
  }

  /** {@code l < 0 < u} and {@code l ≤ x ≤ u}. */
  private static List<Fact> open(Fact... more) {
    List<Fact> facts = new ArrayList<>(List.of(more));
    facts.add(new Fact.Below(L, ZERO));
    facts.add(new Fact.Below(ZERO, U));
    facts.add(Fact.between(L, X, U));
    return facts;
  }

  static List<Rule> rules() {
    Real width = U.minus(L);
    Fact relu = isLargest(Y, X, ZERO);
    List<Rule> rules = new ArrayList<>();
    rules.add(
        new Rule(
            "relu lies below its chord",
            open(relu),
            most(product(width, Y), product(U, X.minus(L))),
            most(product(width, Y), product(U, X))));
    rules.add(
        new Rule(
            "relu lies above every line through zero of a slope in [0, 1]",
            List.of(relu, Fact.between(ZERO, P, ONE)),
            most(product(P, X), Y),
            new Fact.Below(product(P, X), Y)));
    rules.addAll(others());
    rules.addAll(magnitudes());
    rules.addAll(products());
    rules.addAll(roundings());
    return rules;
  }

  private static List<Rule> others() {
    Real width = U.minus(L);
    Real tenth = X.times(new BigDecimal("0.1"));
    List<Rule> rules = new ArrayList<>();
    rules.add(
        new Rule(
            "leaky relu lies below its chord",
            open(isLargest(Y, X, tenth)),
            most(
                product(width, Y),
                product(U, X.minus(L)).plus(product(L, U.minus(X)).times(new BigDecimal("0.1")))),
            most(product(width, Y), product(U, X.minus(L)).times(new BigDecimal("0.9")))));
    rules.add(
        new Rule(
            "the largest is at least each and at most a common bound",
            List.of(isLargest(Y, X, P), most(X, U), most(P, U)),
            Fact.all(most(X, Y), most(P, Y), most(Y, U)),
            most(Y, X)));
    return rules;
  }

  private static List<Rule> magnitudes() {
    Real width = U.minus(L);
    Fact abs = isLargest(Y, X, X.times(BigDecimal.ONE.negate()));
    return List.of(
        new Rule(
            "the magnitude lies below its chord",
            open(abs),
            most(product(width, Y), product(U, X.minus(L)).minus(product(L, U.minus(X)))),
            most(product(width, Y), product(U, X.minus(L)))),
        new Rule(
            "the magnitude lies above every line of a slope in [-1, 1]",
            List.of(abs, Fact.between(Real.of(-1), P, ONE)),
            most(product(P, X), Y),
            most(product(P, X).plus(ONE), Y)));
  }

  private static List<Rule> products() {
    List<Fact> given = List.of(Fact.between(L, X, U), Fact.between(P, Y, Q));
    Real xy = product(X, Y);
    return List.of(
        new Rule(
            "a product lies above the plane of the lower ends",
            given,
            most(product(P, X).plus(product(L, Y)).minus(product(L, P)), xy),
            most(product(Q, X).plus(product(L, Y)).minus(product(L, Q)), xy)),
        new Rule(
            "a product lies above the plane of the upper ends",
            given,
            most(product(Q, X).plus(product(U, Y)).minus(product(U, Q)), xy),
            most(product(P, X).plus(product(U, Y)).minus(product(U, P)), xy)),
        new Rule(
            "a product lies below the plane of the lower and the upper end",
            given,
            most(xy, product(Q, X).plus(product(L, Y)).minus(product(L, Q))),
            most(xy, product(P, X).plus(product(L, Y)).minus(product(L, P)))));
  }

  /** Two roundings of relative size at most p and q, and their common bound. */
  private static List<Rule> roundings() {
    List<Fact> small =
        List.of(
            Fact.between(ZERO, P, Real.of(0.5)),
            Fact.between(P.times(BigDecimal.ONE.negate()), X, P),
            Fact.between(ZERO, Q, Real.of(0.5)),
            Fact.between(Q.times(BigDecimal.ONE.negate()), Y, Q));
    Real both = X.plus(Y).plus(product(X, Y));
    Real bound = P.plus(Q).plus(product(P, Q));
    Real square = product(P, P).times(new BigDecimal(2));
    return List.of(
        new Rule(
            "errors of two roundings compose",
            small,
            Fact.between(bound.times(BigDecimal.ONE.negate()), both, bound),
            most(both, P.plus(Q))),
        new Rule(
            "ku / (1 - ku) is at most ku + 2(ku)^2 up to a half",
            List.of(
                Fact.between(ZERO, P, Real.of(0.5)), new Fact.Equal(product(Y, ONE.minus(P)), P)),
            most(Y, P.plus(square)),
            most(Y, P)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_rule_holds_for_all_numbers_and_its_broken_twin_does_not(Rule rule) {
    assertThat(asked(rule, rule.claimed())).isInstanceOf(Answer.Unsatisfiable.class);
    assertThat(asked(rule, rule.broken())).isInstanceOf(Answer.Satisfiable.class);
  }

  private static Answer asked(Rule rule, Fact claim) {
    List<Fact> facts = new ArrayList<>(rule.given());
    facts.add(new Fact.Not(claim));
    return Z3.decide(facts, Duration.ofSeconds(60));
  }
}
