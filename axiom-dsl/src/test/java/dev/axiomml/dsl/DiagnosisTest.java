package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Mistakes with their four parts, told on the call that is wrong. */
class DiagnosisTest {
  private static ModelOutline model() {
    return Axiom.model("X");
  }

  private static Diagnosis of(ThrowingCallable mistake) {
    AxiomException e = catchThrowableOfType(AxiomException.class, mistake);
    assertThat(e).isNotNull();
    assertThat(e.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(DiagnosisTest.class.getName()));
    return e.diagnosis();
  }

  @Test
  void a_kernel_larger_than_the_image() {
    ImageFlow small = model().input(image(8, 8, 1)).conv(32, 3).maxPool(3);
    assertThat(of(() -> small.conv(64, 3)))
        .isEqualTo(
            new Diagnosis(
                "conv 3×3 on 2×2×32",
                "model X › conv2",
                "a window of 3×3 must fit into the padded input",
                "add padding with same() or padding(n), or make the kernel smaller"));
  }

  @Test
  void a_stated_width_that_is_not_there() {
    VectorFlow flat = model().input(image(28, 28, 1)).maxPool(2).flatten();
    assertThat(of(() -> flat.dense(3136, 128)))
        .isEqualTo(
            new Diagnosis(
                "dense(3136, 128) on 196",
                "model X › dense1",
                "the last axis of the input must be the stated width",
                "write dense(196, 128), or dense(128), which takes the width it finds"));
  }

  @Test
  void a_linear_layer_right_after_a_convolution() {
    Sequential classic = Sequential.of(conv2d(3, 64, 3), dense(64, 10));
    assertThat(of(() -> classic.model("net", image(224, 224, 3), scores(10))))
        .isEqualTo(
            new Diagnosis(
                "dense(64, 10) on 222×222×64",
                "model net › dense1",
                "a dense layer takes vectors or sequences, not an image",
                "put flatten() or globalAveragePool() before it"));
  }

  @Test
  void a_convolution_after_flatten() {
    Sequential wrong = Sequential.of(flatten(), conv2d(3, 64, 3));
    assertThat(of(() -> wrong.input("net", image(4, 4, 3))))
        .isEqualTo(
            new Diagnosis(
                "conv2d(3, 64, 3) on 48",
                "model net › conv2d1",
                "it takes an image, not a vector",
                "put it before flatten(), or reshape with asImage(h, w, c)"));
  }

  @Test
  void branches_of_other_sizes() {
    ImageFlow x = model().input(image(28, 28, 1));
    assertThat(of(() -> x.scope("block2", y -> y.residual(f -> f.conv(32, 3)))))
        .isEqualTo(
            new Diagnosis(
                "residual adds 28×28×1 and 26×26×32",
                "model X › block2 › residual1",
                "both branches must have the same sizes, axis by axis",
                "use same() in the branch's convolutions and end the branch with conv(1, 1)"));
    assertThat(of(() -> x.residual(f -> f.conv(32, 3, same()))).fix())
        .isEqualTo("end the branch with conv(1, 1)");
    assertThat(of(() -> x.plus(x.maxPool(2))).what()).isEqualTo("plus adds 14×14×1 and 28×28×1");
    assertThat(of(() -> concat(x, x.maxPool(2))))
        .isEqualTo(
            new Diagnosis(
                "concat of 28×28×1 and 14×14×1",
                "model X › concat1",
                "all sizes but the last (channels or features) must be equal",
                "bring the branches to one size first, e.g. with same() or a pool"));
  }

  @Test
  void channels_that_are_not_there() {
    ImageFlow x = model().input(image(8, 8, 3));
    Diagnosis d = of(() -> x.then(conv2d(1, 64, 3)));
    assertThat(d.what()).isEqualTo("conv for 1 channels on 8×8×3");
    assertThat(d.where()).isEqualTo("model X › conv1");
    assertThat(d.fix()).startsWith("write 3 instead of 1");
    assertThat(of(() -> x.conv(4, 3, groups(2))).what())
        .isEqualTo("conv from 3 to 4 channels in 2 groups");
    assertThat(of(() -> x.conv(0, 3)).what()).contains("at least 1 channel, got 0");
  }

  @Test
  void settings_that_a_layer_has_no_use_for() {
    ImageFlow x = model().input(image(8, 8, 3));
    assertThat(of(() -> x.maxPool(2, groups(3))))
        .isEqualTo(
            new Diagnosis(
                "maxPool with groups(3)",
                "model X › maxpool1",
                "maxPool has no use for it",
                "leave groups(3) out"));
    assertThat(of(() -> x.conv(4, size(3, 3, 3))).why()).contains("each of the 2");
    assertThat(of(() -> x.dropout(1)).what()).contains("[0, 1), got 1.0");
  }

  @Test
  void an_output_that_is_not_what_it_is_declared_as() {
    VectorFlow x = model().input(vector(4)).dense(3);
    assertThat(of(() -> x.softmax().output(probabilities(4))))
        .isEqualTo(
            new Diagnosis(
                "probabilities(4) declared on 3",
                "model X › output",
                "the last axis holds one number a class",
                "write probabilities(3), or give the last layer 4 outputs"));
    Diagnosis raw = of(() -> x.output(probabilities(3)));
    assertThat(raw.what()).isEqualTo("probabilities(3) declared on the output of dense1");
    assertThat(raw.where()).isEqualTo("model X › output");
    assertThat(raw.why()).contains("softmax");
    assertThat(raw.fix()).contains(".softmax()", "scores(3)");
  }

  @Test
  void flows_of_two_models() {
    VectorFlow x = model().input(vector(4));
    VectorFlow stranger = Axiom.model("Y").input(vector(4));
    Diagnosis d = of(() -> x.plus(stranger));
    assertThat(d.what()).isEqualTo("a flow of model Y is used in another model");
    assertThat(d.where()).isEqualTo("model X › add1");
  }

  @Test
  void a_model_of_another_input() {
    ImageFlow x = model().input(image(32, 32, 3));
    assertThat(of(() -> x.then(MnistTest.mnist())))
        .isEqualTo(
            new Diagnosis(
                "model MNISTClassifier got float32 32×32×3",
                "model X › model1",
                "it takes float32 28×28×1",
                "bring the flow to 28×28×1 first, or take another model"));
    AnyFlow y = model().input(image(28, 28, 1)).then(MnistTest.mnist());
    assertThat(of(y::asImage).what()).isEqualTo("asImage() of 10");
    assertThat(of(y::asImage).fix()).isEqualTo("write asVector()");
  }

  @Test
  void heads_that_do_not_share_the_features() {
    SequenceFlow x = model().input(sequence(4, 6));
    assertThat(of(() -> x.selfAttention(4)))
        .isEqualTo(
            new Diagnosis(
                "4 heads on 4×6",
                "model X › attention1",
                "the heads share the features evenly",
                "choose a number of heads that divides 6"));
  }
}
