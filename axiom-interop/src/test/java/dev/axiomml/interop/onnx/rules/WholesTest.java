package dev.axiomml.interop.onnx.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholesTest {
  @ParameterizedTest
  @CsvSource({
    "BOOL, 0, 1",
    "INT8, -128, 127",
    "UINT8, 0, 255",
    "UINT32, 0, 4294967295",
    "INT64, -9223372036854775808, 9223372036854775807"
  })
  void the_extremes_of_nothing_are_the_ends_of_the_type(DType dtype, long least, long most) {
    Tensor nothing = Tensor.ofIntegers(Shape.of(2, 0), dtype);
    assertThat(reduced(new ReduceMax(List.of(1), false), nothing)).containsExactly(least, least);
    assertThat(reduced(new ReduceMin(List.of(1), false), nothing)).containsExactly(most, most);
  }

  private static long[] reduced(Op reduction, Tensor x) {
    return ExactIntegers.reduced(reduction, x).get(0).tensor().toLongs();
  }
}
