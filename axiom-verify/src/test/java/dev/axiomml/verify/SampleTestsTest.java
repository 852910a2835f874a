package dev.axiomml.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.verify.cert.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Samples are run in as many rows as a model takes, and all of an answer is looked at. */
class SampleTestsTest {
  /** The positive part of an input of fixed rows, in a shape of its own. */
  private static Model<Output> fixed(Shape in, Shape out) {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(in));
    Value y = builder.add("relu", new Relu(), List.of(x)).get(0);
    Value z = builder.add("boxes", new Reshape(out), List.of(y)).get(0);
    Port from = new Port("x", x.type(), List.of(), Optional.empty());
    Port to = new Port("z", z.type(), List.of(), Optional.empty());
    Signature<Output> signature =
        new Signature<>("fixed", List.of(from), List.of(to), OutputKind.OUTPUT);
    return Model.of(signature, builder.build(List.of(z)));
  }

  private static Verdict tested(Model<Output> model, String formula, Tensor samples) {
    return report(model, formula, samples).claims().get(0).verdict();
  }

  private static Report report(Model<Output> model, String formula, Tensor samples) {
    Tensor labels =
        Tensor.ofLongs(Shape.of(samples.shape().size(0)), new long[samples.shape().size(0)]);
    List<Property<Output>> properties = List.of(new Property<>(PropertyText.formula(formula)));
    return Verifier.verify(model, properties, DataLoader.of(samples, labels), Budget.seconds(5));
  }

  @Test
  void every_row_of_the_answer_of_one_fixed_row_is_looked_at() {
    Model<Output> boxes = fixed(Shape.of(1, 6), Shape.of(3, 2));
    Tensor last = Tensor.of(Shape.of(2, 6), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0);
    assertThat(tested(boxes, "max(output) <= 5", last)).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void a_model_of_three_rows_is_run_on_three_samples_at_a_time() {
    Model<Output> three = fixed(Shape.of(3, 2), Shape.of(3, 2));
    Tensor six = Tensor.random(Shape.of(6, 2), 1, -1, 1);
    assertThat(tested(three, "max(output) <= 5", six).toString()).contains("6");
    assertThat(tested(three, "max(output) <= 5", six)).isInstanceOf(Verdict.Tested.class);
    assertThat(tested(three, "max(output) <= 0.1", six)).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void a_report_tells_which_row_of_several_broke() {
    Model<Output> three = fixed(Shape.of(3, 2), Shape.of(3, 2));
    Tensor last = Tensor.of(Shape.of(3, 2), 0, 0, 0, 0, 9, 0);
    assertThat(report(three, "output[0] + max(output) <= 5", last).toString())
        .contains("REFUTED", "is 18.0, not <= 5");
  }

  private static void refusedAtOnce(Tensor samples, String why) {
    Model<Output> model = fixed(Shape.of(1, 2), Shape.of(1, 2)).within(0, 1);
    Property<Output> small = new Property<>(PropertyText.formula("max(output) <= 5"));
    Tensor labels = Tensor.ofLongs(Shape.of(1), 0);
    VerificationRequest<Output> request =
        new VerificationRequest<>(
            List.of(small.everywhere()),
            List.of(small),
            Optional.of(DataLoader.of(samples, labels)));
    List<Claim> answered = new ArrayList<>();
    assertThatThrownBy(() -> Verifier.verify(model, request, Budget.seconds(5), answered::add))
        .isInstanceOf(AxiomException.class)
        .hasMessageContaining(why);
    assertThat(answered).isEmpty();
  }

  @Test
  void samples_that_no_run_takes_are_refused_before_the_first_search() {
    refusedAtOnce(Tensor.ofTexts(Shape.of(1, 2), "a", "b"), "string 1×2");
    refusedAtOnce(Tensor.zeros(Shape.of(1, 3)), "1×3");
    refusedAtOnce(Tensor.of(Shape.of(1, 2), 0, 3), "sample 0 holds 3.0");
  }

  @Test
  void samples_that_do_not_fill_the_last_run_are_refused() {
    Model<Output> three = fixed(Shape.of(3, 2), Shape.of(3, 2));
    assertThatThrownBy(() -> tested(three, "max(output) <= 5", Tensor.zeros(Shape.of(7, 2))))
        .isInstanceOfSatisfying(
            PropertyException.class,
            refused -> {
              assertThat(refused.diagnosis().what()).contains("7 samples", "always 3 rows");
              assertThat(refused.diagnosis().where()).contains("input x");
              assertThat(refused.diagnosis().why()).contains("every run takes 3");
              assertThat(refused.diagnosis().fix()).contains("multiple of 3");
            });
  }
}
