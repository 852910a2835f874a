package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.CumSum;
import dev.axiomml.core.op.Expand;
import dev.axiomml.core.op.Gru;
import dev.axiomml.core.op.LayerNorm;
import dev.axiomml.core.op.MatMul;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Offset;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.Permute;
import dev.axiomml.core.op.Recurrent;
import dev.axiomml.core.op.ReduceSum;
import dev.axiomml.core.op.Relu;
import dev.axiomml.core.op.Reshape;
import dev.axiomml.core.op.Roll;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.Slice;
import dev.axiomml.core.op.Taps;
import dev.axiomml.core.op.Trilu;
import dev.axiomml.core.property.Kind;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Document;
import dev.axiomml.verify.cert.Method;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.testing.Nets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is proved of one row holds of a row among any number of rows, or nothing is proved. */
class BatchRowsTest {
  private static final ProofTree LEAF = new ProofTree.Leaf(Method.LINEAR);
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
    Parts parts = new Parts(Shape.of(N, Dim.of(3)));
    Value less = parts.builder.constant(Tensor.of(Shape.of(1, 3), -1, -1, -1));
    Value all = parts.add(new Expand(Shape.of(N, Dim.of(3))), less);
    Value sum = parts.add(new ReduceSum(List.of(0), true), all);
    Value one = parts.builder.constant(Tensor.of(Shape.of(1), 1));
    return parts.model(parts.add(new Add(), parts.in.get(0), sum, one));
  }

  /** The products of each row with each of as many as there are. */
  private static Model<Output> products() {
    Parts parts = new Parts(Shape.of(N, Dim.of(3)));
    Value turned = parts.add(Permute.of(1, 0), parts.in.get(0));
    Value products = parts.add(new MatMul(), parts.in.get(0), turned);
    return parts.model(parts.add(new ReduceSum(List.of(1), true), products));
  }

  /** A graph in the making, its inputs called x0, x1 and so on. */
  private static final class Parts {
    private final GraphBuilder builder = Graph.builder();
    private final List<Value> in;

    Parts(Shape... shapes) {
      in =
          Stream.of(shapes)
              .map(
                  shape ->
                      builder.input(
                          "x" + Arrays.asList(shapes).indexOf(shape), Type.float32(shape)))
              .toList();
    }

    Value add(Op op, Value... operands) {
      String name = op.title() + operands[0].id() + operands.length;
      return builder.add(name, op, List.of(operands)).get(0);
    }

    Model<Output> model(Value out) {
      List<Port> ports = in.stream().map(Parts::port).toList();
      return Model.of(
          new Signature<>("rows", ports, List.of(port(out)), Kind.OUTPUT),
          builder.build(List.of(out)));
    }

    private static Port port(Value value) {
      return new Port(value.name(), value.type(), List.of(), Optional.empty());
    }
  }

  private static Verdict prove(Model<Output> model, String claim) {
    Theorem<Output> theorem = PropertyText.theorem(claim);
    return Verifier.prove(model, theorem, Budget.seconds(5));
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

  @Test
  void numbers_for_two_rows_are_for_no_other_number_of_rows() {
    Parameter two = new Parameter("two", Tensor.zeros(Shape.of(2, 3)));
    assertRefused(one(new Offset(two)), KEEPS);
    assertRefused(one(new LayerNorm(2, Optional.empty(), Optional.empty(), 1e-5)), KEEPS);
  }

  private static void assertRefused(Model<Output> model, String claim) {
    assertThat(prove(model, claim)).isInstanceOf(Verdict.Unknown.class);
    assertThat(Grown.check(model, claim, LEAF).isValid()).isFalse();
  }

  private static void assertProved(Model<Output> model, String claim) {
    assertThat(prove(model, claim)).isInstanceOf(Verdict.Proved.class);
    CheckResult result = Grown.check(model, claim, LEAF);
    assertThat(result.isValid()).as(result.toString()).isTrue();
  }

  @Test
  void rows_may_lie_along_another_axis_between() {
    Parameter wide = new Parameter("w", Tensor.random(Shape.of(2, 6), 3, -1, 1));
    Recurrent weights = new Recurrent(wide, wide.with(wide.tensor()), List.of(), false);
    Model<Output> timeFirst =
        Nets.from(3, 2)
            .then("steps first", Permute.of(1, 0, 2))
            .then("offsets", new Offset(new Parameter("o", Tensor.zeros(Shape.of(3, 1, 2)))))
            .then("rows first", Permute.of(1, 0, 2))
            .then("gru", new Gru(weights, true))
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
  void known_numbers_repeated_for_each_row_are_rows() {
    Parts parts = new Parts(Shape.of(N, Dim.of(3)));
    Value zero = parts.builder.constant(Tensor.zeros(Shape.of(1, 3)));
    Value wide = parts.add(new Expand(Shape.of(N, Dim.of(3))), zero);
    assertProved(parts.model(parts.add(new Add(), parts.in.get(0), wide)), KEEPS);
  }

  /** Two inputs, of which one is one row for all samples, two rows, or rows of another name. */
  private static Model<Output> pair(Shape second, BiFunction<Parts, Value, Value> end) {
    Parts parts = new Parts(Shape.of(N, Dim.of(3)), second);
    Value sum = parts.add(new Add(), parts.in.get(0), parts.in.get(1));
    return parts.model(end.apply(parts, sum));
  }

  private static final String PAIR = "∀x ∈ [0,1]. output[0] <= 2.001";

  @Test
  void an_input_of_one_row_stands_beside_every_row() {
    assertProved(pair(Shape.of(1, 3), (parts, sum) -> sum), PAIR);
    assertProved(pair(Shape.of(Dim.symbol("M"), Dim.of(3)), (parts, sum) -> sum), PAIR);
    assertRefused(
        pair(Shape.of(1, 3), (parts, sum) -> parts.add(new CumSum(0, false, false), sum)), PAIR);
  }

  @Test
  void an_input_of_two_rows_stands_beside_none() {
    assertRefused(pair(Shape.of(2, 3), (parts, sum) -> sum), PAIR);
  }

  @Test
  void an_input_as_wide_as_there_are_rows_has_no_rows() {
    Parts parts = new Parts(Shape.of(N, N));
    assertRefused(parts.model(parts.add(new Relu(), parts.in.get(0))), KEEPS);
  }

  private static Model<Output> fixed(long rows, Op op) {
    Parts parts = new Parts(Shape.of(rows, 3));
    return parts.model(parts.add(op, parts.in.get(0)));
  }

  @Test
  void a_fixed_input_of_one_row_is_spoken_of_as_it_is() {
    assertProved(fixed(1, new Trilu(true, 0)), KEEPS);
    assertThat(prove(fixed(1, new Trilu(true, 0)), KEEPS))
        .isInstanceOfSatisfying(
            Verdict.Proved.class,
            proved -> assertThat(proved.method()).contains("of exactly one row"));
  }

  @Test
  void a_fixed_input_of_two_rows_is_refused_by_both() {
    Model<Output> two = fixed(2, new Roll(List.of(0), List.of(2)));
    String claim = "∀x ∈ [0.995,1]. output[0] >= 0.99";
    assertThat(prove(two, claim))
        .isInstanceOfSatisfying(
            Verdict.Unknown.class, open -> assertThat(open.reason()).contains("2 rows"));
    CheckResult result = Grown.check(two, claim, LEAF);
    assertThat(result.isValid()).isFalse();
    assertThat(result.toString()).contains("2 rows");
  }

  @Test
  void a_counterexample_of_two_rows_is_none() {
    Model<Output> two = fixed(2, new Relu());
    Verdict broken = new Verdict.Refuted(List.of(Tensor.zeros(Shape.of(2, 3))), List.of());
    Theorem<Output> theorem = PropertyText.theorem("∀x ∈ [0,1]. output[0] >= 0.5");
    Claim claim = new Claim(theorem, broken, Optional.empty(), 0, 0);
    assertThat(Checker.check(Document.of(two, List.of(claim)), two).toString()).contains("2 rows");
  }

  /** The value itself, of which its author says nothing, or that rows stay apart. */
  private record Foreign(boolean states) implements MoveOp {
    @Override
    public Shape out(List<Shape> in) {
      return in.get(0);
    }

    @Override
    public void taps(int operand, List<Shape> in, Taps taps) {
      taps.line(0, 1, 0, 1, in.get(0).count(), -1, 0);
    }

    @Override
    public OptionalInt rows(List<Type> in, SampleAxes samples) {
      return states ? samples.before(0, in) : MoveOp.super.rows(in, samples);
    }
  }

  @Test
  void an_operator_from_elsewhere_is_believed_what_it_states_and_nothing_else() {
    assertRefused(one(new Foreign(false)), KEEPS);
    assertProved(one(new Foreign(true)), KEEPS);
  }
}
