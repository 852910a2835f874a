package dev.axiomml.core.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.image.PixelReading;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.op.image.SampleAt;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.DepthToSpace;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.Hardmax;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.MaskedSoftmax;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.shape.ShapeOf;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators in which samples meet, though two of them may not show it, and others like them. */
class SampleCopiesTest {
  private static final Dim N = Dim.symbol("N");

  /** A shape; −1 stands for the batch. */
  private static Shape shape(long... sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(size -> size < 0 ? N : Dim.of(size)).toList());
  }

  /** Where samples lie in the result, each shape holding them along its batch, if it has one. */
  private static OptionalInt rows(Op op, Shape... shapes) {
    List<Integer> axes = new ArrayList<>();
    for (Shape shape : shapes) {
      axes.add(shape.dims().indexOf(N));
    }
    return CopiedRows.of(op, Stream.of(shapes).map(Type::float32).toList(), axes);
  }

  private record Meeting(Op op, Shape... in) {
    @Override
    public String toString() {
      return op + " on " + List.of(in);
    }
  }

  static Stream<Meeting> meetings() {
    return Stream.of(
            moved(), joined(), forSoManyRows(), onOtherAxes(), cutOtherwise(), byTheirNumber())
        .flatMap(List::stream);
  }

  /** Moved along the axis of the batch. */
  private static List<Meeting> moved() {
    return List.of(
        new Meeting(new Roll(List.of(0), List.of(2)), shape(-1, 3)),
        new Meeting(new Roll(List.of(1, -2), List.of(1, 6)), shape(-1, 3)),
        new Meeting(new Trilu(true, 0), shape(-1, 3)),
        new Meeting(new Trilu(false, 4), shape(-1, 9)),
        new Meeting(new CumSum(0, true, false), shape(-1, 3)),
        new Meeting(new CumSum(-2, false, true), shape(-1, 3)),
        new Meeting(Slice.of(0, 0, 1), shape(-1, 3)),
        new Meeting(Slice.flip(0, N), shape(-1, 3)),
        new Meeting(new Concat(0), shape(-1, 3), shape(-1, 3)),
        new Meeting(new Pad(List.of(1, 0), List.of(-1, 0), 0), shape(-1, 3)),
        new Meeting(new PadBy(List.of(0, 0), List.of(1, 0), PadBy.Mode.EDGE), shape(-1, 3)),
        new Meeting(new Tile(List.of(2, 1)), shape(-1, 3)),
        new Meeting(new Take(0, Tensor.ofLongs(Shape.of(1), 0)), shape(-1, 3)));
  }

  /** Taken together along the axis of the batch. */
  private static List<Meeting> joined() {
    return List.of(
        new Meeting(new Softmax(0), shape(-1, 3)),
        new Meeting(new Softmax(-1), shape(3, -1)),
        new Meeting(new Hardmax(-2), shape(-1, 3)),
        new Meeting(new TopK(1, 0, true), shape(-1, 3)),
        new Meeting(new ArgMax(0, true, false), shape(-1, 3)),
        new Meeting(new ReduceSum(List.of(), true), shape(-1, 3)),
        new Meeting(new ReduceMean(List.of(0), true), shape(-1, 3)),
        new Meeting(new ReduceMax(List.of(-2), true), shape(-1, 3)),
        new Meeting(new ReduceL2(List.of(0), true), shape(-1, 3)),
        new Meeting(new LayerNorm(2, 0), shape(-1, 3)),
        new Meeting(new LayerNorm(1, 0), shape(3, -1)),
        new Meeting(new RmsNorm(2, 0), shape(-1, 3)),
        new Meeting(new GroupNorm(1, 0), shape(2, -1, 3)),
        new Meeting(new InstanceNorm(0), shape(2, 3, -1)),
        new Meeting(new MaxPool(WindowGeometry.of(List.of(2))), shape(2, -1, 3)),
        new Meeting(new DepthToSpace(2, true), shape(2, -1, 3, 4)),
        new Meeting(new Dense(), shape(2, -1), shape(3, 2)),
        new Meeting(new Dense(), shape(-1, 3), shape(3, -1)),
        new Meeting(new LayerNorm(1, 0), shape(-1, 3), shape(-1)));
  }

  /** Numbers for so many rows. */
  private static List<Meeting> forSoManyRows() {
    Tensor rows = Tensor.ofIntegers(Shape.of(2, 3), DType.BOOL, 1, 0, 1, 1, 1, 1);
    return List.of(
        new Meeting(new Mul(), shape(-1, 3), shape(2, 3)),
        new Meeting(new PRelu(), shape(-1, 3), shape(2, 1)),
        new Meeting(new MaskedSoftmax(rows), shape(-1, 3)),
        new Meeting(new Add(), shape(-1, 3), shape(2, 3)),
        new Meeting(new Where(), shape(2, 3), shape(-1, 3), shape(-1, 3)),
        new Meeting(new Concat(1), shape(-1, 3), shape(2, 3)),
        new Meeting(new MatMul(), shape(2, 4, 3), shape(-1, 3, 5)),
        new Meeting(new MatMul(), shape(-1, 5, 3), shape(2, 3, 4)),
        new Meeting(
            new SampleAt(
                Tensor.zeros(Shape.of(2, 4, 1)),
                new PixelReading(PixelReading.Mode.LINEAR, PixelReading.Border.ZEROS)),
            shape(-1, 5, 3)));
  }

  /** Rows on axes that are not the same, or that are summed over. */
  private static List<Meeting> onOtherAxes() {
    return List.of(
        new Meeting(new Add(), shape(-1, 3), shape(4, -1, 1, 1)),
        new Meeting(new Add(), shape(-1), shape(-1, 3)),
        new Meeting(new Mul(), shape(-1, 1), shape(1, -1)),
        new Meeting(new MatMul(), shape(3, -1), shape(-1, 4)),
        new Meeting(new MatMul(), shape(-1, 4), shape(4, -1)),
        new Meeting(new MatMul(), shape(-1, 4), shape(-1, 4, 5)),
        new Meeting(new MatMul(), shape(2, -1), shape(-1, 3)),
        new Meeting(new Einsum("ab,cb->ac"), shape(-1, 3), shape(-1, 3)),
        new Meeting(new Einsum("ab,ac->bc"), shape(-1, 3), shape(-1, 3)),
        new Meeting(new Einsum("ab,ab->ab"), shape(-1, 3), shape(2, 3)),
        new Meeting(new Einsum("ab,ba->ab"), shape(-1, 3), shape(3, 2)),
        new Meeting(new Einsum("aa->a"), shape(-1, 3)),
        new Meeting(new Einsum("ab->b"), shape(-1, 3)),
        new Meeting(
            new Attention(1), shape(-1, 3, 4), shape(-1, 4, 3), shape(-1, 3, 2), shape(2, 1, 1)),
        new Meeting(new Attention(1), shape(3, 4), shape(4, -1), shape(-1, 2)));
  }

  /** Under a shape that cuts them otherwise. */
  private static List<Meeting> cutOtherwise() {
    return List.of(
        new Meeting(new Reshape(shape(6, -1)), shape(-1, 6)),
        new Meeting(new Reshape(shape(2, -1, 3)), shape(-1, 6)),
        new Meeting(new Reshape(Shape.of(N.times(2), Dim.of(3))), shape(-1, 6)),
        new Meeting(new Reshape(Shape.of(N.times(6))), shape(-1, 6)),
        new Meeting(new Reshape(Shape.of(4, 3)), shape(-1, 6)),
        new Meeting(new Reshape(Shape.of(N, N)), shape(-1, 6)));
  }

  /** By their number. */
  private static List<Meeting> byTheirNumber() {
    return List.of(
        new Meeting(new Slice(1, N.plus(-1), Dim.ONE, 1), shape(-1, 3)),
        new Meeting(new Slice(1, Dim.ZERO, N, 1), shape(-1, 3)),
        new Meeting(new Expand(Shape.of(N, N)), shape(-1, 1)),
        new Meeting(new Expand(Shape.of(N, N)), shape(1, 1)),
        new Meeting(new Expand(Shape.of(N.times(2), Dim.of(3))), shape(1, 3)),
        new Meeting(new Expand(Shape.of(N, Dim.of(3))), shape(2, 3)),
        new Meeting(new Expand(Shape.of(2, 3)), shape(-1, 3)),
        new Meeting(
            new ResizeLinear(Shape.of(N), ResizeSampling.of(ResizeCoordinates.HALF_PIXEL)),
            shape(-1, 3, 2)));
  }

  /** Mutation: any condition left out of the check or of a statement. */
  @ParameterizedTest
  @MethodSource("meetings")
  void samples_that_meet_are_no_copies(Meeting meeting) {
    assertThat(rows(meeting.op(), meeting.in())).isEmpty();
  }

  @Test
  void a_first_state_for_so_many_rows_is_for_no_other_number() {
    Rnn op = new Rnn(new RecurrentForm(false, false), false);
    Shape in = shape(3, 2);
    Shape state = shape(2, 2);
    assertThat(rows(op, shape(-1, 4, 3), in, state, shape(2, 2))).isEmpty();
    assertThat(rows(op, shape(4, -1, 3), in, state)).isEmpty();
    assertThat(rows(op, shape(-1, 4, 3), in, state, shape(-1, 2))).hasValue(0);
  }

  @Test
  void rows_may_lie_along_any_axis_that_is_not_worked_along() {
    assertThat(rows(Permute.of(1, 0, 2), shape(-1, 3, 2))).hasValue(1);
    assertThat(rows(new Mul(), shape(4, -1, 2), shape(4, 1, 2))).hasValue(1);
    assertThat(rows(new Mul(), shape(-1, 3), shape(4, 1, 3))).hasValue(1);
    assertThat(rows(new Add(), shape(-1, 3), shape(4, -1, 1))).hasValue(1);
    assertThat(rows(new ReduceSum(List.of(0), false), shape(4, -1, 2))).hasValue(0);
    assertThat(rows(new Take(0, Tensor.ofLongs(Shape.SCALAR, 1)), shape(4, -1))).hasValue(0);
    assertThat(rows(new Softmax(0), shape(4, -1))).hasValue(1);
    assertThat(rows(new MatMul(), shape(4, 3), shape(3, -1))).hasValue(1);
    assertThat(rows(new MatMul(), shape(-1, 3), shape(2, 3, 4))).hasValue(1);
    assertThat(rows(new Einsum("ab,cb->ca"), shape(-1, 3), shape(4, 3))).hasValue(1);
    assertThat(rows(new Reshape(shape(2, 3, -1)), shape(6, -1))).hasValue(2);
  }

  @Test
  void an_operator_that_says_nothing_promises_nothing() {
    assertThat(rows(new ShapeOf(0, 1), shape(-1, 3))).isEmpty();
    assertThat(rows(new Gather(1), shape(-1, 3), shape(2))).isEmpty();
  }

  /** The blocks of a reshaped value, from those before, for three samples. */
  private static Optional<List<Integer>> after(Shape from, int block, Shape to) {
    List<Type> in = List.of(Type.float32(from));
    Graph one = CopiedRows.graph(new Reshape(to), in, 1);
    return SampleCopies.ofParts(one, CopiedRows.graph(new Reshape(to), in, 3), 3, List.of(block));
  }

  private static Shape merged(long times, long... more) {
    return Shape.of(N.times(times)).concat(shape(more));
  }

  @Test
  void a_reshape_may_put_several_entries_of_a_sample_along_an_axis() {
    assertThat(after(shape(-1, 3, 2), 6, merged(3, 2))).hasValue(List.of(6));
    assertThat(after(shape(3, -1, 2), 2, merged(3, 2))).hasValue(List.of(2));
    assertThat(after(shape(3, -1, 2), 2, merged(6))).hasValue(List.of(2));
    assertThat(after(merged(6), 2, shape(3, -1, 2))).hasValue(List.of(2));
    assertThat(after(merged(3, 2), 6, shape(-1, 6))).hasValue(List.of(6));
    assertThat(after(merged(4, 3), 12, Shape.of(Dim.of(1), N.times(2), Dim.of(6))))
        .hasValue(List.of(12));
  }

  @Test
  void a_reshape_that_cuts_across_samples_is_no_copy() {
    assertThat(after(shape(2, -1, 3), 3, shape(-1, 6))).isEmpty();
    assertThat(after(shape(-1, 6), 6, shape(6, -1))).isEmpty();
    assertThat(after(merged(3, 2), 2, shape(-1, 6))).isEmpty();
    assertThat(after(merged(3, 2), 6, shape(3, -1, 2))).isEmpty();
    assertThat(after(shape(-1, 0), 0, shape(0, -1))).isEmpty();
  }

  /** Operators between, in both graphs, that read each other's values. */
  @Test
  void a_value_must_be_the_same_one_in_both() {
    assertThat(SampleCopies.fault(differences(false, 1), differences(false, 2), 2)).isEmpty();
    assertThat(SampleCopies.fault(differences(false, 1), differences(true, 2), 2))
        .hasValueSatisfying(why -> assertThat(why).contains("another"));
  }

  private static Graph differences(boolean turned, int samples) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(samples, 3)));
    Value a = to.add("a", new Relu(), List.of(x)).get(0);
    Value b = to.add("b", new Relu(), List.of(a)).get(0);
    return to.build(to.add("c", new Sub(), turned ? List.of(b, a) : List.of(a, b)));
  }

  @Test
  void numbers_are_shared_or_repeated_for_each() {
    assertThat(SampleCopies.fault(shifted(1, 0), shifted(2, 0, 0), 2)).isEmpty();
    assertThat(SampleCopies.fault(shifted(1, 1), shifted(2, 1), 2)).isEmpty();
    assertThat(SampleCopies.fault(shifted(1, 0), shifted(2, 0, 1), 2)).isPresent();
    assertThat(SampleCopies.fault(shifted(1, 0), shifted(2, 1), 2)).isPresent();
  }

  private static Graph shifted(int samples, float... by) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(samples, 3)));
    Value shift = to.constant(Tensor.of(Shape.of(by.length, 1), by));
    return to.build(to.add("sum", new Add(), List.of(x, shift)));
  }
}
