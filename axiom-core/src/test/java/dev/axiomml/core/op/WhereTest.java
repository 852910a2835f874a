package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.core.train.DoubleGradients;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhereTest {
  private static final List<Type> IN =
      List.of(
          Type.of(Shape.of(3), DType.BOOL),
          Type.float32(Shape.of(2, 3)),
          Type.float32(Shape.of(2, 1)));
  private static final double[] A = {1, 2, 3, 4, 5, 6};
  private static final double[] B = {7, 8};

  @Test
  void a_condition_picks_one_of_two_values() {
    double[] y = new Where().apply(IN, List.of(new double[] {1, 0, 1}, A, B)).get(0);
    assertThat(y).containsExactly(1, 7, 3, 4, 8, 6);
  }

  @Test
  void the_gradient_goes_where_the_value_came_from() {
    List<double[]> back =
        DoubleGradients.of(
            new Where(),
            IN,
            List.of(new double[] {1, 0, 1}, A, B),
            List.of(new double[] {1, 2, 3, 4, 5, 6}));
    assertThat(back.get(0)).isEmpty();
    assertThat(back.get(1)).containsExactly(1, 0, 3, 4, 0, 6);
    assertThat(back.get(2)).containsExactly(2, 5);
  }

  /** Mutation: only one branch where the condition is open. */
  @Test
  void an_open_condition_is_bound_by_both_values_and_a_known_one_by_its_own() {
    Box condition = new Box(new double[] {1, 0, 0}, new double[] {1, 0, 1});
    Box y =
        new Where()
            .bound(
                IN,
                List.of(condition, new Box(A.clone(), A.clone()), new Box(B.clone(), B.clone())))
            .orElseThrow()
            .get(0);
    assertThat(y.lo()).containsExactly(1, 7, 3, 4, 8, 6);
    assertThat(y.hi()).containsExactly(1, 7, 7, 4, 8, 8);
  }

  @Test
  void a_condition_of_numbers_is_refused() {
    List<Type> in = List.of(IN.get(1), IN.get(1), IN.get(2));
    assertThatThrownBy(() -> new Where().infer(in))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("the condition of where is bool")
        .hasMessageContaining("compare the value with 0 first");
  }
}
