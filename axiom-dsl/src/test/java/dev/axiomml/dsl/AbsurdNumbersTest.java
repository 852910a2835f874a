package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.image;
import static dev.axiomml.dsl.Dsl.probabilities;
import static dev.axiomml.dsl.Dsl.scores;
import static dev.axiomml.dsl.Dsl.sequence;
import static dev.axiomml.dsl.Dsl.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers and values that make no sense are refused with all that a message needs. */
@SuppressWarnings("NullAway") // null is what is given here
class AbsurdNumbersTest {
  private static final Model<Output> MODEL =
      Axiom.model("m").input(vector(3)).dense(2).output().build();

  private static Arguments row(String named, ThrowingCallable call) {
    return Arguments.of(named, call);
  }

  static Stream<Arguments> absurd() {
    DataLoader data =
        DataLoader.of(Tensor.zeros(Shape.of(2, 3)), Tensor.ofLongs(Shape.of(2), 0, 0));
    return Stream.of(
        row("height", () -> image(0, 28, 1)),
        row("features", () -> vector(0)),
        row("probabilities(0)", () -> probabilities(0)),
        row("scores(-2)", () -> scores(-2)),
        row("0 features", () -> Axiom.model("m").input(sequence(5, 4)).lstm(0)),
        row("0 features and 1 layers", () -> Axiom.model("m").input(sequence(5, 4)).gru(0)),
        row("batch size of 0", () -> data.batchSize(0)),
        row("input 1 of 1", () -> MODEL.predict((Tensor) null)),
        row("input 1 of 1", () -> MODEL.predictAll(Arrays.asList((Tensor) null))),
        row("the list of inputs", () -> MODEL.predictAll((List<Tensor>) null)),
        row("string 1×3", () -> MODEL.predict(Tensor.ofTexts(Shape.of(1, 3), "a", "b", "c"))),
        row("NaN", () -> MODEL.within(Double.NaN, 1)),
        row("NaN", () -> vector(3).within(Double.NaN, 1)));
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("absurd")
  void what_makes_no_sense_is_refused_by_name(String named, ThrowingCallable call) {
    Diagnosis refusal = catchThrowableOfType(AxiomException.class, call).diagnosis();

    assertThat(refusal.toString()).contains(named);
    assertThat(refusal.what()).isNotBlank();
    assertThat(refusal.why()).isNotBlank();
    assertThat(refusal.fix()).isNotBlank();
  }
}
