package dev.axiomml.verify;

import static dev.axiomml.core.property.Claims.l2;
import static dev.axiomml.core.property.Claims.linf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.cert.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertifiedAccuracyTest {
  private static final Budget TIME = Budget.seconds(20);
  private static final int SAMPLES = 12;
  private final Model<Probabilities> model = Nets.image(3).asClassifier().within(0, 1);
  private final Tensor images = Tensor.random(Shape.of(SAMPLES, 6, 6, 1), 4, 0, 1);

  /** Every third sample has a label that the model does not give it. */
  private DataLoader data() {
    float[] labels = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = (classOf(images.slice(i, i + 1)) + (i % 3 == 0 ? 1 : 0)) % 3;
    }
    return DataLoader.of(images, Tensor.of(Shape.of(SAMPLES), labels));
  }

  private int classOf(Tensor x) {
    Tensor y = model.predict(x);
    int best = 0;
    for (int i = 1; i < y.size(); i++) {
      best = y.doubleAt(i) > y.doubleAt(best) ? i : best;
    }
    return best;
  }

  @Test
  void samples_that_are_right_are_asked_about() {
    List<String> heard = new ArrayList<>();
    Budget each = TIME.progress((what, done) -> heard.add(what));
    CertifiedAccuracy small = CertifiedAccuracy.of(model, data(), linf(0.001), each);
    assertThat(small.samples()).isEqualTo(SAMPLES);
    assertThat(small.right()).isEqualTo(8);
    assertThat(small.accuracy()).isEqualTo(8.0 / SAMPLES);
    assertThat(small.proved()).isGreaterThan(6);
    assertThat(small.certified()).isEqualTo((double) small.proved() / SAMPLES);
    assertThat(heard).hasSize(SAMPLES);
    assertThat(small.report().claims()).hasSize(8);
    assertThat(small.report().certificate().check(model).established()).hasSize(small.proved());
    assertThat(small)
        .hasToString(
            "12 samples: 8 right, "
                + small.proved()
                + " proved, "
                + small.broken()
                + " broken, "
                + (8 - small.proved() - small.broken())
                + " open");
  }

  @Test
  void a_wide_ball_breaks_some_within_the_domain() {
    CertifiedAccuracy large = CertifiedAccuracy.of(model, data(), linf(0.5), Budget.seconds(1));
    assertThat(large.proved()).isLessThan(large.right());
    assertThat(large.broken()).isPositive();
    List<Tensor> broken =
        large.report().claims().stream()
            .map(Claim::verdict)
            .filter(Verdict.Refuted.class::isInstance)
            .map(verdict -> ((Verdict.Refuted) verdict).counterexample().get(0))
            .toList();
    assertThat(broken).hasSize(large.broken());
    for (Tensor x : broken) {
      assertThat(Arrays.stream(x.toDoubles()).allMatch(v -> v >= 0 && v <= 1)).isTrue();
    }
  }

  /**
   * The interval of each element holds the whole ball, and nothing that is more than one number
   * off.
   */
  @Test
  void a_ball_is_cut_to_the_domain_and_rounded_outward() {
    Tensor x = images.slice(0, 1);
    Region.Box box = (Region.Box) CertifiedAccuracy.near(model, x, linf(0.1));
    for (int i = 0; i < x.size(); i++) {
      double low = Math.max(0, x.doubleAt(i) - 0.1);
      double high = Math.min(1, x.doubleAt(i) + 0.1);
      assertThat(box.low().doubleAt(i)).isBetween(Math.max(0, low - 1e-7), low);
      assertThat(box.high().doubleAt(i)).isBetween(high, Math.min(1, high + 2e-7));
    }
    assertThat(CertifiedAccuracy.near(model, x, l2(0.1))).isInstanceOf(Region.Ball.class);
  }

  @Test
  void a_radius_is_found_between_what_is_proved_and_what_is_not() {
    Tensor x = images.slice(1, 2);
    CertifiedRadius found = CertifiedRadius.of(model, x, linf(1), Budget.seconds(1));
    assertThat(found.proved()).isGreaterThan(0).isLessThan(found.open());
    assertThat(found.open() - found.proved()).isLessThan(0.01);
    assertThat(found.report().certificate().check(model).isValid()).isTrue();
    assertThat(found.toString()).startsWith("the class stays within 0.");
    CertifiedRadius all = CertifiedRadius.of(model, x, linf(found.proved() / 2), TIME);
    assertThat(all.proved()).isEqualTo(all.open()).isEqualTo(found.proved() / 2);
  }

  @Test
  void a_label_that_is_no_class_is_refused() {
    DataLoader half = DataLoader.of(images.slice(0, 1), Tensor.of(Shape.of(1), 0.5f));
    assertThatThrownBy(() -> CertifiedAccuracy.of(model, half, linf(0.1), TIME))
        .isInstanceOf(PropertyException.class)
        .hasMessageContaining("label 0");
    DataLoader pairs = DataLoader.of(images.slice(0, 1), Tensor.of(Shape.of(1, 2), 0, 1));
    assertThatThrownBy(() -> CertifiedAccuracy.of(model, pairs, linf(0.1), TIME))
        .isInstanceOf(PropertyException.class);
  }
}
