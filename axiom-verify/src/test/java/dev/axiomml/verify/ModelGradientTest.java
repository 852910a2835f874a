package dev.axiomml.verify;

import static dev.axiomml.core.property.Claims.inputIn;
import static dev.axiomml.core.property.Claims.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about slopes. */
class ModelGradientTest {
  private static final Budget TIME = Budget.seconds(60).overTheReals();
  private final Model<Output> model = Nets.relus(5, 3, 8, 8, 2);

  private static Verdict over(Model<Output> slopes, String text) {
    return Verifier.prove(slopes, property(text).forAll(inputIn(-1, 1)), TIME);
  }

  /** A step so small that no kink of these networks lies inside, and large beside rounding. */
  @Test
  void slopes_are_quotients_of_differences() {
    for (int k = 0; k < 20; k++) {
      int element = k % 2;
      Tensor x = Tensor.random(Shape.of(1, 3), k, -1, 1);
      Tensor slopes = ModelGradient.of(model, element).predict(x);
      for (int i = 0; i < 3; i++) {
        double quotient = (moved(x, i, 0x1p-10f, element) - moved(x, i, 0, element)) * 0x1p10;
        assertThat(slopes.doubleAt(i)).isEqualTo(quotient, within(2e-3));
      }
    }
  }

  private double moved(Tensor x, int i, float step, int element) {
    float[] moved = new float[x.size()];
    for (int k = 0; k < moved.length; k++) {
      moved[k] = (float) x.doubleAt(k) + (k == i ? step : 0);
    }
    return model.predict(Tensor.of(x.shape(), moved)).doubleAt(element);
  }

  @Test
  void a_lipschitz_bound_is_proved_and_a_smaller_one_broken() {
    Model<Output> slopes = ModelGradient.of(model, 0);
    assertThat(over(slopes, "norm1(output) <= 4")).isInstanceOf(Verdict.ProvedOverReals.class);
    assertThat(over(slopes, "norm1(output) <= 2")).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void a_network_of_positive_weights_is_monotone_and_another_is_not() {
    Model<Output> rising =
        model.withParameters(
            weight -> {
              float[] all = new float[weight.tensor().size()];
              for (int i = 0; i < all.length; i++) {
                all[i] = (float) Math.abs(weight.tensor().doubleAt(i));
              }
              return weight.with(Tensor.of(weight.tensor().shape(), all));
            });
    Report report =
        Verifier.prove(
            ModelGradient.of(rising, 1),
            List.of(property("min(output) >= 0").forAll(inputIn(-1, 1))),
            TIME);
    assertThat(report.claims().get(0).verdict()).isInstanceOf(Verdict.ProvedOverReals.class);
    assertThat(report.certificate().check(ModelGradient.of(rising, 1)).isValid()).isTrue();
    assertThat(over(ModelGradient.of(model, 1), "min(output) >= 0"))
        .isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void an_element_that_is_none_is_refused() {
    assertThatThrownBy(() -> ModelGradient.of(model, 2))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("slopes of element 2");
  }
}
