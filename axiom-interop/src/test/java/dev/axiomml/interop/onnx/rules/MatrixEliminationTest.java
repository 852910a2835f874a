package dev.axiomml.interop.onnx.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MatrixEliminationTest {
  /** Mutation: a row divided by adding a share of itself, which loses a row of large numbers. */
  @Test
  void a_row_of_large_numbers_is_divided_and_not_lost() {
    double[] rows = {0, 2, 1, 0, 0x1p70, 0x1p70, 0, 1};
    MatrixElimination elimination = new MatrixElimination(rows, 2);
    assertThat(elimination.step(0)).isEqualTo(-0x1p70);
    assertThat(elimination.step(1)).isEqualTo(2);
    assertThat(rows).containsExactly(1, 0, -0.5, 0x1p-70, 0, 1, 0.5, 0);
  }

  @Test
  void rows_that_depend_on_each_other_have_no_step() {
    MatrixElimination elimination = new MatrixElimination(new double[] {1, 2, 2, 4}, 2);
    assertThat(elimination.step(0)).isEqualTo(-2);
    assertThat(elimination.step(1)).isZero();
  }
}
