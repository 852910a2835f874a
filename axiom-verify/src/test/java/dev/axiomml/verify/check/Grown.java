package dev.axiomml.verify.check;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.verify.cert.CertificateDocument;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Proof trees for tests: grown by halving the interval [0, 1] of each input in turn. */
final class Grown {
  private Grown() {}

  /** A certificate that claims a theorem with this tree. */
  static CertificateDocument document(
      Model<?> model, String claim, ProofSemantics semantics, ProofTree tree) {
    Theorem<?> theorem = PropertyText.theorem(claim);
    return document(model, new Proof(theorem, semantics, tree));
  }

  static CertificateDocument document(Model<?> model, Proof proof) {
    Verdict verdict =
        proof.semantics() == ProofSemantics.FLOAT32
            ? new Verdict.Proved("test")
            : new Verdict.ProvedOverReals("test");
    Claim proved = new Claim(proof.theorem(), verdict, Optional.of(proof), 0, 0);
    return CertificateDocument.of(model, List.of(proved));
  }

  static CheckResult check(Model<?> model, String claim, ProofTree tree) {
    return Checker.check(document(model, claim, ProofSemantics.FLOAT32, tree), model);
  }

  /** Cuts all inputs to a depth, always in the middle of what is left of [0, 1]. */
  static ProofTree even(int inputs, int depth, ProofMethod leaf) {
    double[] lo = new double[inputs];
    double[] hi = new double[inputs];
    java.util.Arrays.fill(hi, 1);
    return even(lo, hi, depth, leaf);
  }

  private static ProofTree even(double[] lo, double[] hi, int depth, ProofMethod leaf) {
    if (depth == 0) {
      return new ProofTree.Leaf(leaf);
    }
    int at = depth % lo.length;
    float middle = (float) ((lo[at] + hi[at]) / 2);
    double[] low = hi.clone();
    double[] high = lo.clone();
    low[at] = middle;
    high[at] = middle;
    return new ProofTree.Split(
        0, at, middle, even(lo, low, depth - 1, leaf), even(high, hi, depth - 1, leaf));
  }

  /** A tree that means nothing: random cuts, random methods. */
  static ProofTree random(Random random, int inputs, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return new ProofTree.Leaf(ProofMethod.values()[random.nextInt(4)]);
    }
    return new ProofTree.Split(
        random.nextInt(8) == 0 ? 1 : 0,
        random.nextInt(inputs + (random.nextInt(8) == 0 ? 1 : 0)),
        random.nextFloat() * 1.5f - 0.25f,
        random(random, inputs, depth - 1),
        random(random, inputs, depth - 1));
  }
}
