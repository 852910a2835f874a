package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Element types that are moved and converted, but not computed with. */
class StoredTypesTest {
  private static final String STORED = "U?INT[24]|FLOAT[48]_.*";

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = STORED)
  void arithmetic_and_comparison_refuse_them(DType dtype) {
    Type type = Type.of(Shape.of(2), dtype);
    List<Op> ops =
        List.of(
            new Add(),
            new Arithmetic(Arithmetic.Kind.ADD),
            new Bits(Bits.Kind.AND),
            new Compare(Compare.Kind.LESS));
    for (Op op : ops) {
      assertThatThrownBy(() -> op.infer(List.of(type, type)))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining(op.title() + " on")
          .hasMessageContaining(dtype.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = STORED)
  void moves_and_casts_take_them(DType dtype) {
    Type type = Type.of(Shape.of(2, 3), dtype);
    assertThat(Permute.of(1, 0).infer(List.of(type)).get(0))
        .isEqualTo(Type.of(Shape.of(3, 2), dtype));
    assertThat(new Cast(DType.FLOAT32).infer(List.of(type)).get(0).dtype())
        .isEqualTo(DType.FLOAT32);
  }

  @Test
  void a_saturating_cast_stops_at_the_largest_number() {
    Tensor x = Tensor.of(Shape.of(2), 1000, -1000);
    Tensor stopped = new Cast(DType.FLOAT8_E4M3FN, true).run(List.of(x)).get(0).tensor();
    assertThat(stopped.toFloats()).containsExactly(448, -448);
    Tensor plain = new Cast(DType.FLOAT8_E4M3FN).run(List.of(x)).get(0).tensor();
    assertThat(plain.toFloats()).containsOnly(Float.NaN);
  }
}
