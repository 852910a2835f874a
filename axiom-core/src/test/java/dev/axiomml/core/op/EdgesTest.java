package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.core.train.DoubleGradients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Empty tensors, single numbers, special values and symbols in settings. */
class EdgesTest {
  private static Tensor run(Op op, Tensor... in) {
    return new Interpreter()
        .node(
            new Node(0, "edge", op, List.of(), List.of()), new ArrayList<RuntimeValue>(List.of(in)))
        .get(0)
        .tensor();
  }

  @Test
  void empty_axes_stay_empty_or_are_left_out() {
    Tensor none = Tensor.zeros(Shape.of(2, 0));
    Tensor some = Tensor.of(Shape.of(2, 1), 3, 4);
    assertThat(run(new Concat(1), none, some, none)).isEqualTo(some);
    assertThat(run(Slice.of(1, 0, 0), some)).isEqualTo(none);
    assertThat(run(new Pad(List.of(0, 1), List.of(0, 0), 7), none).toFloats())
        .containsExactly(7, 7);
    assertThat(run(new Tile(List.of(1, 0)), some)).isEqualTo(none);
    assertThat(run(new Take(1, Tensor.ofLongs(Shape.of(0))), some)).isEqualTo(none);
    assertThat(run(new CumSum(1, false, false), none)).isEqualTo(none);
    assertThat(run(new Expand(Shape.of(2, 0)), some)).isEqualTo(none);
    assertThat(run(new Einsum("ij,jk->ik"), none, Tensor.zeros(Shape.of(0, 2))).toFloats())
        .containsExactly(0, 0, 0, 0);
  }

  @Test
  void reductions_of_nothing_give_what_they_say() {
    Tensor none = Tensor.zeros(Shape.of(2, 0));
    List<Integer> last = List.of(-1);
    assertThat(run(new ReduceSum(last, false), none).toFloats()).containsExactly(0, 0);
    assertThat(run(new ReduceMax(last, false), none).toFloats())
        .containsExactly(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(run(new ReduceMin(last, false), none).toFloats())
        .containsExactly(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  @Test
  void a_single_number_has_no_axes_to_change() {
    Tensor one = Tensor.scalar(5);
    assertThat(run(new ReduceSum(List.of(), false), one)).isEqualTo(one);
    assertThat(run(new ReduceMax(List.of(), true), one)).isEqualTo(one);
    assertThat(run(new Tile(List.of()), one)).isEqualTo(one);
    assertThat(run(new Pad(List.of(), List.of(), 1), one)).isEqualTo(one);
    assertThat(run(new Reshape(Shape.of(1, 1)), one).shape()).isEqualTo(Shape.of(1, 1));
    assertThat(run(new Expand(Shape.of(2, 2)), one).toFloats()).containsExactly(5, 5, 5, 5);
    assertThat(run(new Sub(), one, Tensor.scalar(7)).toFloats()).containsExactly(-2);
  }

  @Test
  void not_a_number_wins_in_largest_and_smallest() {
    Tensor x = Tensor.of(Shape.of(3), 1, Float.NaN, 3);
    assertThat(run(new ReduceMax(List.of(0), false), x).floatAt(0)).isNaN();
    assertThat(run(new ReduceMin(List.of(0), false), x).floatAt(0)).isNaN();
  }

  @Test
  void moves_keep_every_bit() {
    float odd = Float.intBitsToFloat(0x7fc12345);
    Tensor x = Tensor.of(Shape.of(4), odd, -0.0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY);
    float[] y = run(Slice.flip(0, Dim.of(4)), x).toFloats();
    assertThat(Float.floatToRawIntBits(y[3])).isEqualTo(0x7fc12345);
    assertThat(Float.floatToRawIntBits(y[2])).isEqualTo(0x80000000);
    Tensor big = Tensor.ofLongs(Shape.of(2), Long.MAX_VALUE, (1L << 53) + 1);
    assertThat(run(new Roll(List.of(0), List.of(1)), big).toLongs())
        .containsExactly((1L << 53) + 1, Long.MAX_VALUE);
  }

  @Test
  void a_pad_of_integers_holds_its_number_as_an_integer() {
    Tensor x = Tensor.ofLongs(Shape.of(1), 5);
    Tensor y = run(new Pad(List.of(1), List.of(1), -3), x);
    assertThat(y.dtype()).isEqualTo(DType.INT64);
    assertThat(y.toLongs()).containsExactly(-3, 5, -3);
  }

  @Test
  void settings_that_speak_of_symbols_are_bound_with_the_graph() {
    Dim n = Dim.symbol("N");
    Dim h = Dim.symbol("H");
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(n, h, Dim.of(1))));
    Value larger =
        b.one(
            new ResizeNearest(
                Shape.of(h.times(2)),
                ResizeSampling.of(ResizeCoordinates.ASYMMETRIC),
                ResizeNearest.Rounding.FLOOR),
            List.of(x));
    Value cut = b.one(new Slice(1, Dim.ONE, h.times(2).plus(-1), 1), List.of(larger));
    Value flat = b.one(new Reshape(Shape.of(n, h.times(2).plus(-1))), List.of(cut));
    Value wide = b.one(new Expand(Shape.of(h, n, Dim.ONE)), List.of(flat));
    Graph graph = b.build(List.of(wide)).bind(Map.of("N", 1L, "H", 2L)).graph();
    Tensor in = Tensor.of(Shape.of(1, 2, 1), 8, 9);
    Tensor y = graph.read(List.<RuntimeValue>of(in), new Interpreter()).get(0).tensor();
    assertThat(graph.outputs().get(0).type().shape()).isEqualTo(Shape.of(2, 1, 3));
    assertThat(y).isEqualTo(Tensor.of(Shape.of(2, 1, 3), 8, 9, 9, 8, 9, 9));
  }

  /** Mutation: the gradient left to the parts, whose root has an infinite slope there. */
  @Test
  void the_norm_of_zeros_gives_them_no_gradient() {
    List<Type> in = List.of(Type.float32(Shape.of(2, 2)));
    List<double[]> x = List.of(new double[] {0, 0, 3, -4});
    assertThat(
            DoubleGradients.of(new ReduceL2(List.of(1), false), in, x, List.of(new double[] {1, 2}))
                .get(0))
        .containsExactly(0, 0, 0.4 * 3, 0.4 * -4);
  }
}
