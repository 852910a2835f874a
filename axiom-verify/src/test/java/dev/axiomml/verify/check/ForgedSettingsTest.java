package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofTree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Claims of what no execution answers, of operators whose settings are no float32 numbers. */
class ForgedSettingsTest {
  private static final List<ProofMethod> METHODS =
      List.of(ProofMethod.INTERVAL, ProofMethod.LINEAR);

  /** How often the checker believes that the output never is what a float32 program answers. */
  private static int accepted(Op op, float x, float y) {
    Model<Output> model = Nets.from(1).then("op", op).model();
    assertThat(model.predict(Tensor.of(Shape.of(1, 1), x)).floatAt(0)).isEqualTo(y);
    String at = new BigDecimal(x).toPlainString();
    int accepted = 0;
    for (ProofMethod method : METHODS) {
      for (String sign : List.of("<", ">")) {
        String never = "output[0] " + sign + " " + new BigDecimal(y).toPlainString();
        String claim = "∀x ∈ [" + at + "," + at + "]. " + never;
        accepted += Grown.check(model, claim, new ProofTree.Leaf(method)).isValid() ? 1 : 0;
      }
    }
    return accepted;
  }

  /** Mutation: {@code withSettings} of soft shrink, or {@code slack} as an error of runs alone. */
  @Test
  void of_soft_shrink_are_refused() {
    Random random = new Random(240);
    for (int i = 0; i < 240; i++) {
      double lambda = random.nextDouble() + 0.1;
      float x = (float) (lambda + Math.pow(10, -random.nextInt(7)));
      float y = x - (float) lambda;
      assertThat(accepted(new SoftShrink(lambda), x, y)).as("%s(%s)", lambda, x).isZero();
    }
  }

  @Test
  void of_hard_sigmoid_are_refused() {
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      double alpha = random.nextDouble() + 0.1;
      float x = (float) (-0.5 / alpha + Math.pow(10, -random.nextInt(7)));
      float y = (float) (x * (double) (float) alpha + 0.5);
      assertThat(accepted(new HardSigmoid(alpha, 0.5), x, y)).as("%s(%s)", alpha, x).isZero();
    }
  }

  /**
   * Where a steep ramp begins is no double, so that a line drawn from 0 to there is false beside it
   * by more than a rounding. Mutation: no {@code slack} of a hard sigmoid.
   */
  @Test
  void that_a_line_to_a_cut_is_kept_beside_it_are_refused() {
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      float alpha = (float) Math.scalb(1 + random.nextDouble(), 40);
      float beta = (float) -Math.scalb(1 + random.nextDouble(), 40);
      float below = (float) (-(double) beta / alpha);
      while ((double) alpha * below + beta >= 0) {
        below = Math.nextDown(below);
      }
      Model<Output> model = Nets.from(1).then("op", new HardSigmoid(alpha, beta)).model();
      assertThat(model.predict(Tensor.of(Shape.of(1, 1), below)).floatAt(0)).isZero();
      String never = "output[0] - x[0] > -" + new BigDecimal(below).toPlainString();
      String end = new BigDecimal(Math.nextUp(below)).toPlainString();
      CheckResult result =
          Grown.check(
              model, "∀x ∈ [0," + end + "]. " + never, new ProofTree.Leaf(ProofMethod.LINEAR));
      assertThat(result.isValid()).as("%s, %s", alpha, beta).isFalse();
    }
  }

  @Test
  void of_the_ends_of_a_clip_are_refused() {
    assertThat(accepted(new Clip(-0.1, 0.1), 1, 0.1f)).isZero();
    assertThat(accepted(new Clip(-0.1, 0.1), -1, -0.1f)).isZero();
  }

  @Test
  void of_what_a_border_holds_are_refused() {
    for (double value : new double[] {0.1, -0.3, 1e-3}) {
      Op border = new Pad(List.of(0, 1), List.of(0, 0), value);
      assertThat(accepted(border, 1, (float) value)).as("%s", value).isZero();
    }
  }

  /** An execution may answer 0 instead. Mutation: the range of an operator met with itself. */
  @Test
  void that_a_number_below_the_normal_ones_is_kept_are_refused() {
    Model<Output> model = Nets.from(1).then("op", new Clip(1e-40, 1)).model();
    ProofTree leaf = new ProofTree.Leaf(ProofMethod.INTERVAL);
    assertThat(Grown.check(model, "∀x ∈ [-1,0]. output[0] > 0", leaf).isValid()).isFalse();
    assertThat(Grown.check(model, "∀x ∈ [-1,0]. output[0] >= 0", leaf).isValid()).isTrue();
  }
}
