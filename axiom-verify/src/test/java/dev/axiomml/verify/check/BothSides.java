package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofTree;

/** Claims put to the verifier and, in forged certificates, to the checker. */
final class BothSides {
  private static final ProofTree LEAF = new ProofTree.Leaf(ProofMethod.LINEAR);

  private BothSides() {}

  static Verdict prove(Model<Output> model, String claim) {
    Theorem<Output> theorem = PropertyText.theorem(claim);
    return Verifier.prove(model, theorem, Budget.seconds(5));
  }

  static void assertRefused(Model<Output> model, String claim) {
    assertThat(prove(model, claim)).isInstanceOf(Verdict.Unknown.class);
    assertThat(Grown.check(model, claim, LEAF).isValid()).isFalse();
  }

  static void assertProved(Model<Output> model, String claim) {
    assertThat(prove(model, claim)).isInstanceOf(Verdict.Proved.class);
    CheckResult result = Grown.check(model, claim, LEAF);
    assertThat(result.isValid()).as(result.toString()).isTrue();
  }
}
