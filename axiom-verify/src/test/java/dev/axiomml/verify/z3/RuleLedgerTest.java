package dev.axiomml.verify.z3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import dev.axiomml.verify.smt.SmtFact;
import dev.axiomml.verify.smt.SmtReal;
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
  private static final SmtReal X = new SmtReal.Unknown("x");
  private static final SmtReal Y = new SmtReal.Unknown("y");
  private static final SmtReal L = new SmtReal.Unknown("l");
  private static final SmtReal U = new SmtReal.Unknown("u");
  private static final SmtReal P = new SmtReal.Unknown("p");
  private static final SmtReal Q = new SmtReal.Unknown("q");
  private static final SmtReal ZERO = SmtReal.zero();
  private static final SmtReal ONE = SmtReal.of(1);

  /**
   * A rule: from what is given follows what is claimed.
   *
   * @param broken a claim close to it that must not follow
   */
  record Rule(String name, List<SmtFact> given, SmtFact claimed, SmtFact broken) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void solver() {
    Needs.z3(Z3Solver.unavailable().isEmpty(), Z3Solver.unavailable().orElse(""));
  }

  private static SmtReal product(SmtReal a, SmtReal b) {
    return new SmtReal.Product(a, b);
  }

  private static SmtFact most(SmtReal a, SmtReal b) {
    return new SmtFact.AtMost(a, b);
  }

  private static SmtFact isLargest(SmtReal of, SmtReal a, SmtReal b) {
    return SmtFact.all(
        most(a, of), most(b, of), SmtFact.any(new SmtFact.Equal(of, a), new SmtFact.Equal(of, b)));
  }

  /** {@code l < 0 < u} and {@code l ≤ x ≤ u}. */
  private static List<SmtFact> open(SmtFact... more) {
    List<SmtFact> facts = new ArrayList<>(List.of(more));
    facts.add(new SmtFact.Below(L, ZERO));
    facts.add(new SmtFact.Below(ZERO, U));
    facts.add(SmtFact.between(L, X, U));
    return facts;
  }

  static List<Rule> rules() {
    SmtReal width = U.minus(L);
    SmtFact relu = isLargest(Y, X, ZERO);
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
            List.of(relu, SmtFact.between(ZERO, P, ONE)),
            most(product(P, X), Y),
            new SmtFact.Below(product(P, X), Y)));
    rules.addAll(others());
    rules.addAll(magnitudes());
    rules.addAll(products());
    rules.addAll(roundings());
    return rules;
  }

  private static List<Rule> others() {
    SmtReal width = U.minus(L);
    SmtReal tenth = X.times(new BigDecimal("0.1"));
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
            SmtFact.all(most(X, Y), most(P, Y), most(Y, U)),
            most(Y, X)));
    return rules;
  }

  private static List<Rule> magnitudes() {
    SmtReal width = U.minus(L);
    SmtFact abs = isLargest(Y, X, X.times(BigDecimal.ONE.negate()));
    return List.of(
        new Rule(
            "the magnitude lies below its chord",
            open(abs),
            most(product(width, Y), product(U, X.minus(L)).minus(product(L, U.minus(X)))),
            most(product(width, Y), product(U, X.minus(L)))),
        new Rule(
            "the magnitude lies above every line of a slope in [-1, 1]",
            List.of(abs, SmtFact.between(SmtReal.of(-1), P, ONE)),
            most(product(P, X), Y),
            most(product(P, X).plus(ONE), Y)));
  }

  private static List<Rule> products() {
    List<SmtFact> given = List.of(SmtFact.between(L, X, U), SmtFact.between(P, Y, Q));
    SmtReal xy = product(X, Y);
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
    List<SmtFact> small =
        List.of(
            SmtFact.between(ZERO, P, SmtReal.of(0.5)),
            SmtFact.between(P.times(BigDecimal.ONE.negate()), X, P),
            SmtFact.between(ZERO, Q, SmtReal.of(0.5)),
            SmtFact.between(Q.times(BigDecimal.ONE.negate()), Y, Q));
    SmtReal both = X.plus(Y).plus(product(X, Y));
    SmtReal bound = P.plus(Q).plus(product(P, Q));
    SmtReal square = product(P, P).times(new BigDecimal(2));
    return List.of(
        new Rule(
            "errors of two roundings compose",
            small,
            SmtFact.between(bound.times(BigDecimal.ONE.negate()), both, bound),
            most(both, P.plus(Q))),
        new Rule(
            "ku / (1 - ku) is at most ku + 2(ku)^2 up to a half",
            List.of(
                SmtFact.between(ZERO, P, SmtReal.of(0.5)),
                new SmtFact.Equal(product(Y, ONE.minus(P)), P)),
            most(Y, P.plus(square)),
            most(Y, P)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_rule_holds_for_all_numbers_and_its_broken_twin_does_not(Rule rule) {
    assertThat(asked(rule, rule.claimed())).isInstanceOf(SolverAnswer.Unsatisfiable.class);
    assertThat(asked(rule, rule.broken())).isInstanceOf(SolverAnswer.Satisfiable.class);
  }

  private static SolverAnswer asked(Rule rule, SmtFact claim) {
    List<SmtFact> facts = new ArrayList<>(rule.given());
    facts.add(new SmtFact.Not(claim));
    return Z3Solver.decide(facts, Duration.ofSeconds(60));
  }
}
