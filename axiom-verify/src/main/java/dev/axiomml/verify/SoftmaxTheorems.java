package dev.axiomml.verify;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.property.statement.Truth;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Claims about {@code softmax(x)} of a free finite vector of any length, from what softmax is:
 * every element in [0, 1], their sum one over the reals, and within {@code (2n + 3)u} of one in
 * float32.
 */
final class SoftmaxTheorems {
  private static final String HOW =
      "by what softmax is, for a vector of any length n: over the reals elements in [0, 1] and sum"
          + " exactly 1; for the float32 program elements in [0, 1] and |sum - 1| <= (2n +"
          + " 3)*2^-24";

  private SoftmaxTheorems() {}

  static Claim of(Theorem<?> theorem) {
    long start = System.nanoTime();
    Verdict verdict =
        holds(theorem.formula()) ? new Verdict.ProvedOverReals(HOW) : refuted(theorem.formula());
    Optional<Proof> proof =
        verdict instanceof Verdict.ProvedOverReals
            ? Optional.of(
                new Proof(theorem, ProofSemantics.REAL, new ProofTree.Leaf(ProofMethod.STRUCTURE)))
            : Optional.empty();
    return new Claim(theorem, verdict, proof, 0, (System.nanoTime() - start) * 1e-9);
  }

  private static boolean holds(Formula formula) {
    if (formula instanceof Formula.And and) {
      return holds(and.left()) && holds(and.right());
    }
    if (formula instanceof Formula.Or or) {
      return holds(or.left()) || holds(or.right());
    }
    if (formula instanceof Formula.Check check) {
      return check.of() == Subject.SOFTMAX;
    }
    return formula instanceof Formula.True
        || (formula instanceof Formula.Compare compare && holds(compare));
  }

  private static boolean holds(Formula.Compare c) {
    Optional<BigDecimal[]> left = range(c.left());
    Optional<BigDecimal[]> right = range(c.right());
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    int highToLow = left.get()[1].compareTo(right.get()[0]);
    int lowToHigh = left.get()[0].compareTo(right.get()[1]);
    return switch (c.relation()) {
      case LE -> highToLow <= 0;
      case LT -> highToLow < 0;
      case GE -> lowToHigh >= 0;
      case GT -> lowToHigh > 0;
      case EQ, NEAR -> highToLow == 0 && lowToHigh == 0;
    };
  }

  /** The range over the reals, ends included. */
  private static Optional<BigDecimal[]> range(Term term) {
    if (term instanceof Term.Constant constant) {
      return Optional.of(new BigDecimal[] {constant.value(), constant.value()});
    }
    if (term instanceof Term.Element element && element.of() == Subject.SOFTMAX) {
      if (element.index().size() != 1) {
        return Optional.empty(); // a vector has no such element
      }
      return Optional.of(new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ONE});
    }
    if (term instanceof Term.Reduce reduce && reduce.of() == Subject.SOFTMAX) {
      BigDecimal low = isTotal(reduce.reduction()) ? BigDecimal.ONE : BigDecimal.ZERO;
      return Optional.of(new BigDecimal[] {low, BigDecimal.ONE});
    }
    return Optional.empty();
  }

  private static boolean isTotal(Term.Reduction reduction) {
    return reduction == Term.Reduction.SUM || reduction == Term.Reduction.NORM1;
  }

  /** By some vectors, run in float32; a sum that rounding alone could move refutes nothing. */
  private static Verdict refuted(Formula formula) {
    boolean sums = formula.atoms().stream().anyMatch(SoftmaxTheorems::sums);
    for (int trial = 0; trial < 32 && (!sums || isFarFromOne(formula)); trial++) {
      int n = new int[] {1, 2, 3, 10}[trial % 4];
      Tensor x = Tensor.random(Shape.of(1, n), trial, -trial / 4.0, trial / 4.0 + 0.5);
      double[] y = new Softmax(-1).apply(List.of(x.type()), List.of(x.toDoubles())).get(0);
      Tensor output = Tensor.ofDoubles(x.shape(), DType.FLOAT32, y);
      if (fails(formula, new Sample(x, output))) {
        return new Verdict.Refuted(List.of(x), List.of(output));
      }
    }
    return new Verdict.Unknown("softmax's own theorems do not say it, and no vector broke it");
  }

  /** A vector too short for an index says nothing. */
  private static boolean fails(Formula formula, Sample sample) {
    try {
      Statement statement = Statement.ofSoftmax(formula, sample.input().shape());
      return StatementEvaluation.decide(statement, sample) == Truth.FAILS;
    } catch (PropertyException tooShort) {
      return false;
    }
  }

  private static boolean sums(Formula atom) {
    return atom instanceof Formula.Compare c && (sums(c.left()) || sums(c.right()));
  }

  private static boolean sums(Term term) {
    return term instanceof Term.Binary binary
        ? sums(binary.left()) || sums(binary.right())
        : term instanceof Term.Reduce reduce && isTotal(reduce.reduction());
  }

  /** Whether it compares the sum with a number that no rounding of it reaches. */
  private static boolean isFarFromOne(Formula formula) {
    return formula instanceof Formula.Compare c
        && c.left() instanceof Term.Reduce reduce
        && isTotal(reduce.reduction())
        && c.right() instanceof Term.Constant k
        && k.value().subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("1e-3")) > 0;
  }
}
