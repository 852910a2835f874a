package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.index.GatherElements;
import dev.axiomml.core.op.index.GatherNd;
import dev.axiomml.core.op.index.IntegerTopK;
import dev.axiomml.core.op.index.NonZero;
import dev.axiomml.core.op.index.OneHot;
import dev.axiomml.core.op.index.Range;
import dev.axiomml.core.op.index.ScatterElements;
import dev.axiomml.core.op.index.ScatterNd;
import dev.axiomml.core.op.index.ScatterReduction;
import dev.axiomml.core.op.linear.Embedding;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.reduce.IntegerCumSum;
import dev.axiomml.core.op.reduce.IntegerReduction;
import dev.axiomml.core.op.shape.ConstantOfShape;
import dev.axiomml.core.op.shape.DynamicExpand;
import dev.axiomml.core.op.shape.DynamicReshape;
import dev.axiomml.core.op.shape.DynamicSlice;
import dev.axiomml.core.op.shape.ShapeOf;
import dev.axiomml.core.pass.FoldConstants;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunOpsTest {
  private static final Tensor DATA = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  private static Tensor run(RunOp op, Tensor... in) {
    List<RuntimeValue> data = new ArrayList<>(Arrays.asList(in));
    Tensor out = op.run(data).get(0).tensor();
    Type stated = op.infer(data.stream().map(d -> d.tensor().type()).toList()).get(0);
    assertThat(stated.shape().matches(out.shape())).as("%s and %s", stated, out).isTrue();
    assertThat(stated.dtype()).isEqualTo(out.dtype());
    return out;
  }

  private static Tensor longs(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  private static Tensor scalar(long value) {
    return Tensor.ofLongs(Shape.SCALAR, value);
  }

  @Test
  void an_embedding_gives_the_rows_of_its_ids() {
    Embedding op = new Embedding();
    assertThat(run(op, longs(1, 0, 1), DATA).toFloats()).containsExactly(4, 5, 6, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void an_id_beyond_the_table_is_refused_with_the_rows_it_has() {
    Embedding op = new Embedding();
    assertThatThrownBy(() -> run(op, longs(2), DATA))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("embedding of id 2")
        .hasMessageContaining("the table has rows 0 to 1");
  }

  @Test
  void integers_wrap_as_their_type_does() {
    Tensor a = Tensor.ofIntegers(Shape.of(2), DType.INT8, 127, -128);
    Tensor b = Tensor.ofIntegers(Shape.of(1), DType.INT8, 1);
    assertThat(run(new Arithmetic(Arithmetic.Kind.ADD), a, b).toLongs())
        .containsExactly(-128, -127);
    assertThat(run(new Arithmetic(Arithmetic.Kind.NEG), a).toLongs()).containsExactly(-127, -128);
  }

  @Test
  void unsigned_numbers_divide_and_compare_without_a_sign() {
    Tensor large = Tensor.ofIntegers(Shape.of(1), DType.UINT64, -2);
    Tensor two = Tensor.ofIntegers(Shape.of(1), DType.UINT64, 2);
    assertThat(run(new Arithmetic(Arithmetic.Kind.DIV), large, two).longAt(0))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(run(new Compare(Compare.Kind.GREATER), large, two).longAt(0)).isEqualTo(1);
  }

  @Test
  void remainders_have_the_sign_of_one_operand_or_the_other() {
    assertThat(run(new Arithmetic(Arithmetic.Kind.MOD), longs(-7, 7), longs(3, -3)).toLongs())
        .containsExactly(2, -2);
    assertThat(run(new Arithmetic(Arithmetic.Kind.REM), longs(-7, 7), longs(3, -3)).toLongs())
        .containsExactly(-1, 1);
  }

  @Test
  void integers_are_summed_in_their_own_type() {
    long odd = (1L << 53) + 1;
    Tensor x = Tensor.ofLongs(Shape.of(2, 2), odd, 1, -3, 5);
    Tensor small = Tensor.ofIntegers(Shape.of(2), DType.INT8, 127, 2);
    IntegerReduction sum = new IntegerReduction(IntegerReduction.Kind.SUM, List.of(1), false);
    IntegerReduction most = new IntegerReduction(IntegerReduction.Kind.MAX, List.of(), true);

    assertThat(run(sum, x).toLongs()).containsExactly(odd + 1, 2);
    assertThat(run(most, x)).isEqualTo(Tensor.ofLongs(Shape.of(1, 1), odd));
    assertThat(run(new IntegerCumSum(0, false, false), small).toLongs()).containsExactly(127, -127);
    assertThat(run(new IntegerCumSum(1, true, true), x).toLongs()).containsExactly(1, 0, 5, 0);
  }

  @Test
  void of_no_integers_the_extremes_are_the_ends_of_the_type() {
    Tensor none = Tensor.ofIntegers(Shape.of(0), DType.UINT8);
    for (var kind : IntegerReduction.Kind.values()) {
      long expected = List.of(0L, 1L, 0L, 255L).get(kind.ordinal());
      IntegerReduction op = new IntegerReduction(kind, List.of(), false);
      assertThat(run(op, none).longAt(0)).as("%s", kind).isEqualTo(expected);
    }
  }

  @Test
  void integers_that_a_double_cannot_tell_apart_are_sorted() {
    Tensor x = longs((1L << 53) + 1, 1L << 53, 3, (1L << 53) + 1);
    assertThat(run(new IntegerTopK(3, 0, true), x).toLongs())
        .containsExactly((1L << 53) + 1, (1L << 53) + 1, 1L << 53);
    assertThat(new IntegerTopK(4, 0, false).run(List.of(x)).get(1).tensor().toLongs())
        .containsExactly(2, 1, 0, 3);
  }

  @Test
  void integer_division_by_zero_is_a_typed_error() {
    assertThatThrownBy(() -> run(new Arithmetic(Arithmetic.Kind.DIV), longs(1), longs(0)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("integer division by 0");
  }

  @Test
  void nan_is_equal_to_nothing() {
    Tensor nan = Tensor.of(Shape.of(1), Float.NaN);
    assertThat(run(new Compare(Compare.Kind.EQUAL), nan, nan).longAt(0)).isZero();
    assertThat(run(new Compare(Compare.Kind.UNEQUAL), nan, nan).longAt(0)).isEqualTo(1);
  }

  @Test
  void bits_and_logic_stay_in_their_type() {
    Tensor bytes = Tensor.ofIntegers(Shape.of(1), DType.UINT8, 0xf0);
    assertThat(run(new Bits(Bits.Kind.NOT), bytes).longAt(0)).isEqualTo(0x0f);
    Tensor yes = Tensor.ofIntegers(Shape.of(1), DType.BOOL, 1);
    assertThat(run(new Logic(Logic.Kind.NOT), yes).longAt(0)).isZero();
  }

  @Test
  void a_range_ends_before_its_limit() {
    assertThat(run(new Range("n"), scalar(1), scalar(8), scalar(3)).toLongs())
        .containsExactly(1, 4, 7);
    assertThat(run(new Range("n"), scalar(5), scalar(1), scalar(-2)).toLongs())
        .containsExactly(5, 3);
    assertThat(run(new Range("n"), scalar(5), scalar(1), scalar(2)).size()).isZero();
  }

  @Test
  void places_of_elements_come_as_columns() {
    Tensor x = Tensor.of(Shape.of(2, 2), 0, 3, 4, 0);
    assertThat(run(new NonZero("n"), x).toLongs()).containsExactly(0, 1, 1, 0);
  }

  @Test
  void gathers_follow_their_positions() {
    Tensor at = Tensor.ofLongs(Shape.of(2, 1), 2, -3);
    assertThat(run(new GatherElements(1), DATA, at).toFloats()).containsExactly(3, 4);
    assertThat(run(new Gather(1), DATA, longs(-1, 0)).toFloats()).containsExactly(3, 1, 6, 4);
    assertThat(run(new Gather(0), DATA, scalar(1)).toFloats()).containsExactly(4, 5, 6);
    assertThat(run(new GatherNd(0), DATA, Tensor.ofLongs(Shape.of(2, 2), 0, 1, 1, 2)).toFloats())
        .containsExactly(2, 6);
    assertThat(run(new GatherNd(1), DATA, Tensor.ofLongs(Shape.of(2, 1), 2, 0)).toFloats())
        .containsExactly(3, 4);
  }

  @Test
  void scatters_write_where_they_are_told() {
    Tensor at = Tensor.ofLongs(Shape.of(1, 2), 1, 1);
    Tensor updates = Tensor.of(Shape.of(1, 2), 10, 20);
    assertThat(run(new ScatterElements(1, ScatterReduction.ADD), DATA, at, updates).toFloats())
        .containsExactly(1, 32, 3, 4, 5, 6);
    Tensor rows = Tensor.ofLongs(Shape.of(1, 1), 1);
    Tensor row = Tensor.of(Shape.of(1, 3), 7, 8, 9);
    assertThat(run(new ScatterNd(ScatterReduction.REPLACE), DATA, rows, row).toFloats())
        .containsExactly(1, 2, 3, 7, 8, 9);
  }

  @Test
  void one_hot_rows_have_one_value_at_their_position() {
    Tensor values = Tensor.of(Shape.of(2), 0, 5);
    assertThat(run(new OneHot(-1, "depth"), longs(1, -1, 9), scalar(3), values).toFloats())
        .containsExactly(0, 5, 0, 0, 0, 5, 0, 0, 0);
    assertThat(run(new OneHot(0, "depth"), longs(1, 0), scalar(2), values).toFloats())
        .containsExactly(0, 5, 5, 0);
  }

  @Test
  void slices_count_from_the_back_and_are_cut_at_the_ends() {
    DynamicSlice op = new DynamicSlice("part");
    assertThat(run(op, DATA, longs(-2), longs(99), longs(1)).toFloats())
        .containsExactly(2, 3, 5, 6);
    assertThat(run(op, DATA, longs(-1), longs(-99), longs(1), longs(-2)).toFloats())
        .containsExactly(3, 1, 6, 4);
    assertThat(run(op, DATA, longs(1, 0), longs(2, 1)).toFloats()).containsExactly(4);
  }

  /** A flatten as PyTorch exports it: the batch is read from the shape. */
  @Test
  void a_reshape_by_shape_arithmetic_becomes_a_plain_one_though_the_batch_is_symbolic() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(Dim.symbol("N"), Dim.of(2), Dim.of(3))));
    Value shape = to.add("shape", new ShapeOf(0, 3), List.of(x)).get(0);
    Value batch = to.add("batch", new Gather(0), List.of(shape, to.constant(longs(0)))).get(0);
    Value twice =
        to.add("twice", new Arithmetic(Arithmetic.Kind.MUL), List.of(batch, to.constant(longs(2))))
            .get(0);
    Value sizes = to.add("sizes", new Concat(0), List.of(twice, to.constant(longs(-1)))).get(0);
    Value y = to.add("flat", new DynamicReshape("flat", false), List.of(x, sizes)).get(0);

    Graph folded = FoldConstants.apply(to.build(List.of(y))).graph();

    assertThat(folded.outputs().get(0).type().shape()).hasToString("2·N×3");
    assertThat(folded.nodes())
        .extracting(n -> n.op().title())
        .contains("Reshape")
        .doesNotContain("DynamicReshape");
  }

  @Test
  void a_slice_of_a_symbolic_axis_is_lowered_where_symbols_hide_nothing() {
    Type x = Type.float32(Shape.of(Dim.symbol("N"), Dim.of(4)));
    List<KnownValue> ends = new ArrayList<>();
    ends.add(KnownValue.nothing());
    for (long[] list : new long[][] {{1}, {Long.MAX_VALUE}, {0}}) {
      ends.add(new KnownValue.Exact(longs(list), ""));
    }
    assertThat(new DynamicSlice("s").given(List.of(x), ends)).isPresent();
  }

  @Test
  void a_constant_of_a_computed_shape_is_an_expanded_constant() {
    assertThat(run(new ConstantOfShape(Tensor.of(Shape.of(1), 7), "c"), longs(2, 1)).toFloats())
        .containsExactly(7, 7);
  }

  @Test
  void an_expansion_repeats_what_is_one() {
    Tensor x = Tensor.of(Shape.of(2, 1), 1, 2);
    assertThat(run(new DynamicExpand("e"), x, longs(1, 2, 3)).toFloats())
        .containsExactly(1, 1, 1, 2, 2, 2);
  }
}
