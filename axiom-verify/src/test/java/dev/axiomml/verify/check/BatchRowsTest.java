package dev.axiomml.verify.check;

import static dev.axiomml.verify.check.BothSides.assertProved;
import static dev.axiomml.verify.check.BothSides.assertRefused;
import static dev.axiomml.verify.check.BothSides.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofTree;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is proved of one row holds of a row among any number of rows, or nothing is proved. */
class BatchRowsTest {
  private static final ProofTree LEAF = new ProofTree.Leaf(ProofMethod.LINEAR);
  private static final Dim N = Dim.symbol("N");
  private static final String KEEPS = "∀x ∈ [0.995,1]. output[0] >= 0.99";

  /** A model whose single row says something that its rows among others do not keep. */
  private record Crossing(String name, Model<Output> model, String claim) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Crossing> crossings() {
    String same = "∀x ∈ [0,1]. x[0] - output[0] <= 0.001";
    return Stream.of(
        new Crossing("triangle", one(new Trilu(true, 0)), KEEPS),
        new Crossing("roll by 2", one(new Roll(List.of(0), List.of(2))), same),
        new Crossing("roll by 6", one(new Roll(List.of(-2), List.of(6))), same),
        new Crossing("sum so far", one(new CumSum(0, false, false)), same),
        new Crossing("upside down", one(Slice.flip(0, N)), same),
        new Crossing("last of as many", last(), same),
        new Crossing("other order", turned(), same),
        new Crossing("as many sums", counted(), KEEPS),
        new Crossing("products of rows", products(), "∀x ∈ [0,1]. output[0] <= 3.001"));
  }

  private static Model<Output> one(Op op) {
    return Nets.from(3).then("step", op).model();
  }

  /** The first column of one row, the second of two. */
  private static Model<Output> last() {
    return Nets.from(9).then("step", new Slice(1, N.plus(-1), Dim.ONE, 1)).model();
  }

  /** Rows and columns change places, under the old shape. */
  private static Model<Output> turned() {
    return Nets.from(3)
        .then("turn", Permute.of(1, 0))
        .then("back", new Reshape(Shape.of(N, Dim.of(3))))
        .model();
  }

  /** Each row less the number of rows, and one. */
  private static Model<Output> counted() {
    NetParts parts = new NetParts(Shape.of(N, Dim.of(3)));
    Value less = parts.constant(Tensor.of(Shape.of(1, 3), -1, -1, -1));
    Value all = parts.add(new Expand(Shape.of(N, Dim.of(3))), less);
    Value sum = parts.add(new ReduceSum(List.of(0), true), all);
    Value one = parts.constant(Tensor.of(Shape.of(1), 1));
    return parts.model(parts.add(new Add(), parts.in(0), sum, one));
  }

  /** The products of each row with each of as many as there are. */
  private static Model<Output> products() {
    NetParts parts = new NetParts(Shape.of(N, Dim.of(3)));
    Value turned = parts.add(Permute.of(1, 0), parts.in(0));
    Value products = parts.add(new MatMul(), parts.in(0), turned);
    return parts.model(parts.add(new ReduceSum(List.of(1), true), products));
  }

  @ParameterizedTest
  @MethodSource("crossings")
  void a_row_that_is_another_among_others_proves_nothing(Crossing crossing) {
    assertThat(prove(crossing.model(), crossing.claim()))
        .isInstanceOfSatisfying(
            Verdict.Unknown.class, open -> assertThat(open.reason()).contains("row"));
  }

  @ParameterizedTest
  @MethodSource("crossings")
  void a_forged_proof_of_it_is_refused(Crossing crossing) {
    CheckResult result = Grown.check(crossing.model(), crossing.claim(), LEAF);
    assertThat(result.isValid()).isFalse();
    assertThat(result.toString()).contains("row");
  }

  /** Or the two before would be refused for nothing. */
  @ParameterizedTest
  @MethodSource("crossings")
  void among_seven_rows_some_row_is_not_what_it_is_alone(Crossing crossing) {
    int width = crossing.model().signature().inputs().get(0).type().shape().size(1);
    Tensor seven = Tensor.random(Shape.of(7, width), 5, 0.995, 1);
    Tensor together = crossing.model().predict(seven).tensor();
    boolean alike = true;
    for (int row = 0; row < 7; row++) {
      Tensor alone = crossing.model().predict(rowOf(seven, row)).tensor();
      alike &= Arrays.equals(rowOf(together, row).toFloats(), alone.toFloats());
    }
    assertThat(alike).isFalse();
  }

  private static Tensor rowOf(Tensor all, int row) {
    int width = all.size() / 7;
    float[] own = Arrays.copyOfRange(all.toFloats(), row * width, (row + 1) * width);
    return Tensor.of(Shape.of(1, width), own);
  }

  /** What no few sizes show is not said: the answer names the sizes, any other is looked at. */
  @Test
  void a_roll_that_moves_nothing_in_a_batch_of_2_3_or_8_is_said_of_those_alone() {
    Model<Output> roll = one(new Roll(List.of(0), List.of(24)));
    assertThat(prove(roll, "∀x ∈ [0,1]. x[0] - output[0] <= 0.001").toString())
        .startsWith("Proved")
        .contains("of a row alone and of each in a batch of 2, 3 or 8");
    assertThat(roll.mixing(List.of(Type.float32(Shape.of(8, 3))))).isEmpty();
    assertThat(roll.mixing(List.of(Type.float32(Shape.of(1, 3))))).isEmpty();
    assertThat(roll.mixing(List.of(Type.float32(Shape.of(7, 3)))))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .isEqualTo(
                        "step (Roll) may mix the rows of a batch: for 7 it is not 7 copies of what"
                            + " it is for one"));
  }

  @Test
  void numbers_for_two_rows_are_for_no_other_number_of_rows() {
    Parameter two = new Parameter("two", Tensor.zeros(Shape.of(2, 3)));
    assertRefused(Nets.from(3).then("step", new Add(), two).model(), KEEPS);
    assertRefused(one(new LayerNorm(2, 1e-5)), KEEPS);
  }

  @Test
  void rows_may_lie_along_another_axis_between() {
    Parameter wide = new Parameter("w", Tensor.random(Shape.of(2, 6), 3, -1, 1));
    Parameter offsets = new Parameter("o", Tensor.zeros(Shape.of(3, 1, 2)));
    Gru gru = new Gru(new RecurrentForm(false, false), true);
    Model<Output> timeFirst =
        Nets.from(3, 2)
            .then("steps first", Permute.of(1, 0, 2))
            .then("offsets", new Add(), offsets)
            .then("rows first", Permute.of(1, 0, 2))
            .then("gru", gru, wide, wide)
            .model();
    assertProved(timeFirst, "∀x ∈ [0,1]. max(output) <= 1.01");
    assertRefused(
        Nets.from(3, 2).then("steps first", Permute.of(1, 0, 2)).model(),
        "∀x ∈ [0,1]. max(output) <= 2");
  }

  /** As exporters write a dense layer on every step, heads side by side with the batch. */
  @Test
  void steps_may_be_merged_with_the_batch_and_split_again() {
    Dim three = Dim.of(3);
    String close = "∀x ∈ [0.995,1]. min(output) >= 0.99";
    assertProved(merged(Permute.of(0, 1, 2), Shape.of(N, three, Dim.of(2))), close);
    assertProved(merged(Permute.of(1, 0, 2), Shape.of(three, N, Dim.of(2))), close);
    assertRefused(merged(Permute.of(0, 1, 2), Shape.of(three, N, Dim.of(2))), close);
    assertRefused(merged(Permute.of(1, 0, 2), Shape.of(N, three, Dim.of(2))), close);
  }

  /** Three steps of two features, in an order, merged for a dense layer and split again. */
  private static Model<Output> merged(Permute order, Shape split) {
    Tensor same = Tensor.of(Shape.of(2, 2), 1, 0, 0, 1);
    return Nets.from(3, 2)
        .then("order", order)
        .then("merge", new Reshape(Shape.of(N.times(3), Dim.of(2))))
        .dense(same, Tensor.zeros(Shape.of(2)))
        .then("split", new Reshape(split))
        .then("back", order)
        .model();
  }

  @Test
  void entries_that_lie_in_another_order_are_not_those_of_the_same_row() {
    NetParts parts = new NetParts(Shape.of(N, Dim.of(3), Dim.of(2)));
    Reshape merge = new Reshape(Shape.of(N.times(3), Dim.of(2)));
    Value rowsFirst = parts.add(merge, parts.in(0));
    Value stepsFirst = parts.add(merge, parts.add(Permute.of(1, 0, 2), parts.in(0)));
    Value sum = parts.add(new Add(), rowsFirst, stepsFirst);
    Reshape split = new Reshape(Shape.of(N, Dim.of(3), Dim.of(2)));
    assertRefused(parts.model(parts.add(split, sum)), "∀x ∈ [0,1]. max(output) <= 2.001");
    Value steps = parts.add(new Reshape(Shape.of(Dim.of(3), N, Dim.of(2))), sum);
    Value rows = parts.add(Permute.of(1, 0, 2), steps);
    assertRefused(parts.model(rows), "∀x ∈ [0,1]. max(output) <= 2.001");
    Value twice = parts.add(new Add(), rowsFirst, rowsFirst);
    assertProved(parts.model(parts.add(split, twice)), "∀x ∈ [0,1]. max(output) <= 2.001");
  }

  @Test
  void known_numbers_repeated_for_each_row_are_rows() {
    NetParts parts = new NetParts(Shape.of(N, Dim.of(3)));
    Value zero = parts.constant(Tensor.zeros(Shape.of(1, 3)));
    Value wide = parts.add(new Expand(Shape.of(N, Dim.of(3))), zero);
    assertProved(parts.model(parts.add(new Add(), parts.in(0), wide)), KEEPS);
  }

  /** The value itself, of which its author says nothing, or that rows stay apart. */
  private record Foreign(boolean states) implements RowOp {
    @Override
    public List<Type> infer(List<Type> in) {
      return in;
    }

    @Override
    public List<double[]> apply(List<Type> in, List<double[]> x) {
      return x;
    }

    @Override
    public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
      return Optional.of(x);
    }

    @Override
    public OptionalInt rows(List<Type> in, SampleAxes samples) {
      return states ? samples.beside(axis -> false) : RowOp.super.rows(in, samples);
    }
  }

  @Test
  void an_operator_from_elsewhere_is_believed_what_it_states_and_nothing_else() {
    assertThat(prove(one(new Foreign(false)), KEEPS)).isInstanceOf(Verdict.Unknown.class);
    assertThat(prove(one(new Foreign(true)), KEEPS)).isInstanceOf(Verdict.Proved.class);
  }
}
