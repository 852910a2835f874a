package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofTree;
import org.junit.jupiter.api.Test;

/** What the check found for a box is kept for the boxes in it, and for no others. */
class HandedDownTest {
  private static final ProofTree LEAF = new ProofTree.Leaf(ProofMethod.LINEAR);
  private static final ProofTree BY_SECOND = new ProofTree.Split(0, 1, 0, LEAF, LEAF);
  private static final ProofTree BY_BOTH = new ProofTree.Split(0, 0, 0, BY_SECOND, BY_SECOND);

  /** The rectified sum of two inputs. */
  private static Model<Output> sum() {
    return Nets.from(2)
        .dense(Tensor.of(Shape.of(2, 1), 1, 1), Tensor.zeros(Shape.of(1)))
        .then("relu", new Relu())
        .model();
  }

  /** Mutation: the other side of a cut takes over what was found for the first. */
  @Test
  void what_holds_on_one_side_of_a_cut_is_not_taken_for_the_other() {
    String low = "∀x ∈ [-1, 1]. output[0] <= 1.5"; // true where the first input is at most 0
    assertThat(Grown.check(sum(), low, BY_BOTH).isValid()).isFalse();
    assertThat(Grown.check(sum(), "∀x ∈ [-1, 1]. output[0] <= 2.01", BY_BOTH).isValid()).isTrue();
  }
}
