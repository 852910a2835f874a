package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static final Attention OP = new Attention(1);
  private static final Type QUERIES = Type.float32(Shape.of(1, 2));
  private static final Type KEYS = Type.float32(Shape.of(2, 3));
  private static final Type VALUES = Type.float32(Shape.of(3, 1));

  @Test
  void a_query_weighs_values_by_its_products_with_the_keys() {
    double[] q = {1, 2};
    double[] k = {1, 0, -1, 0, 1, 3};
    double[] y =
        OP.apply(List.of(QUERIES, KEYS, VALUES), List.of(q, k, new double[] {5, 7, 11})).get(0);
    double[] e = {Math.exp(1), Math.exp(2), Math.exp(5)};
    assertThat(y).containsExactly((5 * e[0] + 7 * e[1] + 11 * e[2]) / (e[0] + e[1] + e[2]));
  }

  @Test
  void a_mask_of_conditions_hides_keys() {
    Type mask = Type.of(Shape.of(3), DType.BOOL);
    List<double[]> x =
        List.of(new double[2], new double[6], new double[] {5, 7, 11}, new double[] {1, 0, 1});
    assertThat(OP.apply(List.of(QUERIES, KEYS, VALUES, mask), x).get(0)).containsExactly(8);
  }

  @Test
  void shapes_that_do_not_fit_are_told_in_the_words_of_attention() {
    List<Type> in = List.of(QUERIES, Type.float32(Shape.of(3, 2)), VALUES);
    assertThatThrownBy(() -> OP.infer(in))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("attention of queries 1×2, keys 3×2, values 3×1")
        .hasMessageContaining("keys turned (…, E, S)")
        .hasMessageContaining("permute the keys");
    assertThatThrownBy(() -> OP.infer(in.subList(0, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("takes exactly 4");
    assertThatThrownBy(() -> new Attention(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_free_number_of_steps_stays_free() {
    Dim n = Dim.symbol("N");
    Dim t = Dim.symbol("T");
    List<Type> in =
        List.of(
            Type.float32(Shape.of(n, t, Dim.of(4))),
            Type.float32(Shape.of(n, Dim.of(4), t)),
            Type.float32(Shape.of(n, t, Dim.of(6))));
    assertThat(OP.infer(in)).containsExactly(Type.float32(Shape.of(n, t, Dim.of(6))));
  }
}
