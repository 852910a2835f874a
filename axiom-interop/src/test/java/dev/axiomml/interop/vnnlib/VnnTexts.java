package dev.axiomml.interop.vnnlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Objects;

/** Queries that tests write. */
final class VnnTexts {
  /** Two inputs and two outputs in VNN-LIB 1.0. */
  static final String PLAIN =
      """
      (declare-const X_0 Real)
      (declare-const X_1 Real)
      (declare-const Y_0 Real)
      (declare-const Y_1 Real)
      """;

  /** That both inputs are in [0, 1]. */
  static final String UNIT =
      """
      (assert (>= X_0 0)) (assert (<= X_0 1))
      (assert (>= X_1 0)) (assert (<= X_1 1))
      """;

  /** The same tensors in VNN-LIB 2.0. */
  static final String NETWORK =
      """
      (vnnlib-version <2.0>)
      (declare-network N
        (declare-input X float32 [1, 2])
        (declare-output Y float32 [2]))
      """;

  private VnnTexts() {}

  static VnnQuery plain(String asserted) {
    return VnnLib.parse(PLAIN + asserted, "q.vnnlib");
  }

  static VnnQuery network(String asserted) {
    return VnnLib.parse(NETWORK + asserted, "q.vnnlib");
  }

  static InputBoxes boxes(String asserted) {
    return plain(asserted).boxes(InputRounding.EXACT);
  }

  static Tensor row(float... values) {
    return Tensor.of(Shape.of(1, values.length), values);
  }

  /** The refusal of a text, which names its file and has all four parts. */
  static Diagnosis refusal(String text) {
    AxiomException refused =
        catchThrowableOfType(
            AxiomException.class, () -> VnnLib.parse(text, "q.vnnlib").boxes(InputRounding.EXACT));
    assertThat(refused).as(text).isNotNull();
    Diagnosis diagnosis = Objects.requireNonNull(refused).diagnosis();
    assertThat(diagnosis.where()).startsWith("q.vnnlib");
    assertThat(diagnosis.what()).isNotBlank();
    assertThat(diagnosis.why()).isNotBlank();
    assertThat(diagnosis.fix()).isNotBlank();
    return diagnosis;
  }
}
