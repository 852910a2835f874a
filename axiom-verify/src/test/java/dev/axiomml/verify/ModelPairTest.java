package dev.axiomml.verify;

import static dev.axiomml.core.property.Claims.inputIn;
import static dev.axiomml.core.property.Claims.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims that relate two executions. */
class ModelPairTest {
  private static final Budget TIME = Budget.seconds(60);
  private final Model<Output> model = Nets.relus(5, 3, 8, 8, 2);

  private Model<Output> scaled(float by) {
    return model.withParameters(
        weight -> {
          float[] all = new float[weight.tensor().size()];
          for (int i = 0; i < all.length; i++) {
            all[i] = (float) weight.tensor().doubleAt(i) * by;
          }
          return weight.with(Tensor.of(weight.tensor().shape(), all));
        });
  }

  private static Theorem<Output> claim(String text) {
    return property(text).forAll(inputIn(-1, 1));
  }

  @Test
  void both_executions_are_those_of_the_models() {
    Model<Output> other = scaled(1.25f);
    ModelPair pair = ModelPair.of(model, other);
    for (long seed = 0; seed < 20; seed++) {
      Tensor x = Tensor.random(Shape.of(4, 3), seed, -1, 1);
      Tensor a = model.predict(x);
      Tensor b = other.predict(x);
      Tensor beside = pair.beside().predict(x);
      Tensor difference = pair.difference().predict(x);
      for (int at = 0; at < 8; at++) {
        int row = 4 * (at / 2) + at % 2;
        assertThat(beside.doubleAt(row)).isEqualTo(a.doubleAt(at));
        assertThat(beside.doubleAt(row + 2)).isEqualTo(b.doubleAt(at));
        assertThat(difference.doubleAt(at))
            .isEqualTo((float) a.doubleAt(at) - (float) b.doubleAt(at));
      }
    }
  }

  @Test
  void a_small_change_of_weights_is_bounded_and_a_large_one_found() {
    Model<Output> change = ModelPair.of(model, scaled(1.001f)).difference();
    Report report = Verifier.prove(change, List.of(claim("norminf(output) <= 0.3")), TIME);
    assertThat(report.passed()).as(report.toString()).isTrue();
    assertThat(report.certificate().check(change).isValid()).isTrue();
    assertThat(
            report.certificate().check(ModelPair.of(model, scaled(1.01f)).difference()).isValid())
        .as("of other weights")
        .isFalse();
    Verdict no = Verifier.prove(change, claim("norminf(output) <= 0.0001"), TIME);
    assertThat(no).isInstanceOf(Verdict.Refuted.class);
  }

  /** What the second execution reads of the other input are the named elements alone. */
  @Test
  void counterparts_differ_in_named_elements() {
    Model<Output> pair = ModelPair.counterparts(model, 1).beside();
    for (long seed = 0; seed < 20; seed++) {
      Tensor x = Tensor.random(Shape.of(1, 3), seed, -1, 1);
      Tensor other = Tensor.random(Shape.of(1, 3), seed + 100, -1, 1);
      Tensor replaced =
          Tensor.of(
              Shape.of(1, 3),
              (float) x.doubleAt(0),
              (float) other.doubleAt(1),
              (float) x.doubleAt(2));
      Tensor y = pair.predictAll(List.of(x, other)).get(0);
      for (int i = 0; i < 2; i++) {
        assertThat(y.doubleAt(i)).isEqualTo(model.predict(x).doubleAt(i));
        assertThat(y.doubleAt(2 + i)).isEqualTo(model.predict(replaced).doubleAt(i));
      }
    }
  }

  @Test
  void what_one_element_may_change_is_bounded() {
    Model<Output> bias = ModelPair.counterparts(model, 1).difference();
    assertThat(Verifier.prove(bias, claim("norminf(output) <= 2"), TIME))
        .isInstanceOf(Verdict.Proved.class);
    assertThat(Verifier.prove(bias, claim("norminf(output) <= 0.1"), TIME))
        .isInstanceOfSatisfying(
            Verdict.Refuted.class, refuted -> assertThat(refuted.counterexample()).hasSize(2));
  }

  @Test
  void images_have_counterparts_too() {
    Model<Output> image = Nets.image(3);
    Tensor x = Tensor.random(Shape.of(1, 6, 6, 1), 1, 0, 1);
    Tensor other = Tensor.random(Shape.of(1, 6, 6, 1), 2, 0, 1);
    float[] replaced = new float[36];
    for (int i = 0; i < 36; i++) {
      replaced[i] = (float) (i == 7 || i == 35 ? other : x).doubleAt(i);
    }
    Tensor y = ModelPair.counterparts(image, 35, 7).beside().predictAll(List.of(x, other)).get(0);
    Tensor second = image.predict(Tensor.of(Shape.of(1, 6, 6, 1), replaced));
    for (int i = 0; i < 3; i++) {
      assertThat(y.doubleAt(3 + i)).isEqualTo(second.doubleAt(i));
    }
  }

  @Test
  void what_does_not_fit_is_refused() {
    Model<Output> wider = Nets.relus(5, 4, 8, 2);
    assertThatThrownBy(() -> ModelPair.of(model, wider))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("inputs");
    assertThatThrownBy(() -> ModelPair.counterparts(model, 3))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("element 3 of a sample of 3");
    assertThatThrownBy(() -> ModelPair.counterparts(model, 1, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("once");
    assertThatThrownBy(() -> ModelPair.counterparts(model)).isInstanceOf(ModelException.class);
  }
}
