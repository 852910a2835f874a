package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Formulas that look true whatever the output is, in certificates as a forger writes them. */
class ForgedFormulaTest {
  private static final String EVERYWHERE = "∀x ∈ float32. ";
  private static final String UNIT = "∀x ∈ [0,1]. ";

  /** ∞ − ∞ for large inputs. */
  private static final Model<Output> OVERFLOWS =
      Nets.from(1)
          .dense(Tensor.of(Shape.of(1, 2), 4, 4), Tensor.of(Shape.of(2), 0, 0))
          .dense(Tensor.of(Shape.of(2, 1), 1, -1), Tensor.of(Shape.of(1), 0))
          .model();

  /** By every method, with and without a cut, through the file's text. */
  private static List<String> established(Model<Output> model, String claim) {
    List<String> established = new ArrayList<>();
    for (ProofMethod method : ProofMethod.values()) {
      ProofTree leaf = new ProofTree.Leaf(method);
      for (ProofTree tree : List.of(leaf, new ProofTree.Split(0, 0, 0.5f, leaf, leaf))) {
        established.addAll(established(model, claim, ProofSemantics.FLOAT32, tree));
        established.addAll(established(model, claim, ProofSemantics.REAL, tree));
      }
    }
    return established;
  }

  private static List<String> established(
      Model<Output> model, String claim, ProofSemantics semantics, ProofTree tree) {
    String text = Grown.document(model, claim, semantics, tree).toJson(Optional.empty(), true);
    return Certificate.parse(text).check(model).established().stream()
        .map(found -> found.standing().word())
        .toList();
  }

  @Test
  void what_cancels_is_not_true_of_a_number_that_is_not_there() {
    assertThat(OVERFLOWS.predict(Tensor.of(Shape.of(1, 1), 2e38f)).floatAt(0)).isNaN();
    for (String cancels :
        List.of(
            "output[0] == output[0]",
            "output[0] <= output[0]",
            "output[0] - output[0] <= 0",
            "output[0] * 0 == 0",
            "output[0] * 2 - output[0] >= output[0]",
            "not output[0] < output[0]",
            "output[0] ≈ output[0]",
            "norm1(output) >= 0")) {
      assertThat(established(OVERFLOWS, EVERYWHERE + cancels)).as(cancels).doesNotContain("PROVED");
      assertThat(established(OVERFLOWS, UNIT + cancels))
          .as("%s, of finite outputs", cancels)
          .contains("PROVED");
    }
  }

  @Test
  void one_side_or_the_other_is_not_true_of_it_either() {
    for (String either :
        List.of(
            "output[0] > 0 or output[0] <= 0",
            "output[0] > 0 implies output[0] > 0",
            "max(output) == min(output)")) {
      assertThat(established(OVERFLOWS, EVERYWHERE + either)).as(either).doesNotContain("PROVED");
    }
  }

  @Test
  void the_only_class_is_no_class_where_its_score_is_not_a_number() {
    String first = "argmax(output) == 0";
    assertThat(established(OVERFLOWS, EVERYWHERE + first)).doesNotContain("PROVED");
    assertThat(established(OVERFLOWS, UNIT + first)).contains("PROVED");
  }

  /** 0.1 is no float32 number: the program takes the one above, and answers less. */
  @Test
  void a_setting_is_the_programs_own() {
    Model<Output> model = Nets.from(1).then("shrink", new SoftShrink(0.1)).model();
    float y = model.predict(Tensor.of(Shape.of(1, 1), 1)).floatAt(0);
    assertThat(y).isEqualTo(1 - 0.1f);
    String at = "∀x ∈ [1,1]. output[0] ";
    String answer = new BigDecimal(y).toPlainString();
    assertThat(established(model, at + "> " + answer)).doesNotContain("PROVED");
    assertThat(established(model, at + "< " + answer)).doesNotContain("PROVED");
    assertThat(established(model, at + ">= 0.89999")).contains("PROVED");
  }
}
