package dev.axiomml.verify;

import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.property.Evaluation;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Sample;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Method;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.cert.Semantics;
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
            ? Optional.of(new Proof(theorem, Semantics.REAL, new ProofTree.Leaf(Method.STRUCTURE)))
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
    Optional<double[]> left = range(c.left());
    Optional<double[]> right = range(c.right());
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    double[] a = left.get();
    double[] b = right.get();
    return switch (c.relation()) {
      case LE -> a[1] <= b[0];
      case LT -> a[1] < b[0];
      case GE -> a[0] >= b[1];
      case GT -> a[0] > b[1];
      case EQ, NEAR -> a[0] == a[1] && b[0] == b[1] && a[0] == b[0];
    };
  }

  /** The range over the reals, ends included. */
  private static Optional<double[]> range(Term term) {
    if (term instanceof Term.Constant constant) {
      return Optional.of(new double[] {constant.value(), constant.value()});
    }
    if (term instanceof Term.Element element && element.of() == Subject.SOFTMAX) {
      return Optional.of(new double[] {0, 1});
    }
    if (term instanceof Term.Reduce reduce && reduce.of() == Subject.SOFTMAX) {
      boolean total =
          reduce.reduction() == Term.Reduction.SUM || reduce.reduction() == Term.Reduction.NORM1;
      return Optional.of(new double[] {total ? 1 : 0, 1});
    }
    return Optional.empty();
  }

  /** By some vectors, run in float32; a sum that rounding alone could move refutes nothing. */
  private static Verdict refuted(Formula formula) {
    Formula asked = Renaming.toOutput(formula);
    for (int trial = 0; trial < 32 && clearly(formula); trial++) {
      int n = new int[] {1, 2, 3, 10}[trial % 4];
      Tensor x = Tensor.random(Shape.of(1, n), trial, -trial / 4.0, trial / 4.0 + 0.5);
      double[] y = new Softmax(-1).apply(List.of(x.type()), List.of(x.toDoubles())).get(0);
      Tensor output = Tensor.ofDoubles(x.shape(), DType.FLOAT32, y);
      if (Evaluation.fault(asked, new Sample(x, output)).isPresent()) {
        return new Verdict.Refuted(List.of(x), List.of(output));
      }
    }
    return new Verdict.Unknown("softmax's own theorems do not say it, and no vector broke it");
  }

  /** Whether no rounding of a sum decides: it is one comparison of it with a number far from 1. */
  private static boolean clearly(Formula formula) {
    boolean sums = formula.toString().contains("SUM") || formula.toString().contains("NORM1");
    return !sums
        || (formula instanceof Formula.Compare c
            && range(c.left()).filter(r -> r[0] == r[1]).isPresent()
            && c.right() instanceof Term.Constant k
            && Math.abs(k.value() - 1) > 1e-3);
  }
}
