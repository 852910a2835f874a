package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeCubic;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.DepthToSpace;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.SpaceToDepth;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PyTorch 2.15 answers in float64, image axes moved to channels-last. */
class TorchNumbersTest {
  /** A function of PyTorch, the operator that is it, and its answer to {@link #pattern}. */
  private record Row(String function, Op op, List<Shape> in, double[] expected) {
    @Override
    public String toString() {
      return function;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "conv_transpose1d stride 2 padding 1 output_padding 1",
            new ConvTranspose(
                WindowGeometry.of(List.of(3)).stride(List.of(2)).padding(List.of(1), List.of(1)),
                List.of(1),
                1),
            List.of(Shape.of(1, 3, 2), Shape.of(3, 2, 2)),
            numbers(3, 15, 18, -4, 18, 6, 4, -44, -11, -3, -1, 18)),
        new Row(
            "conv_transpose2d groups 2 dilation 2",
            new ConvTranspose(
                WindowGeometry.of(List.of(2, 2)).dilation(List.of(2, 1)), List.of(0, 0), 2),
            List.of(Shape.of(1, 2, 2, 2), Shape.of(2, 2, 2, 1)),
            numbers(
                25, 4, 20, 20, 4, 25, -5, -6, -22, -15, -8, 0, -5, -6, -22, -15, -8, 0, 1, 9, 8, 0,
                16, 0)),
        new Row(
            "adaptive_avg_pool2d",
            new AdaptiveAveragePool(List.of(2, 3)),
            List.of(Shape.of(1, 3, 4, 1)),
            numbers(-1.25, 0.25, 1.75, -0.75, 0.75, -0.5)),
        new Row(
            "adaptive_max_pool2d",
            new AdaptiveMaxPool(List.of(2, 3)),
            List.of(Shape.of(1, 3, 4, 1)),
            numbers(2, 4, 5, 3, 4, 4)),
        new Row(
            "nearest",
            new ResizeNearest(
                Shape.of(5),
                ResizeSampling.of(ResizeCoordinates.ASYMMETRIC),
                ResizeNearest.Rounding.FLOOR),
            List.of(Shape.of(1, 3, 1)),
            numbers(-5, -5, 2, 2, -2)),
        new Row(
            "nearest-exact",
            new ResizeNearest(
                Shape.of(3),
                ResizeSampling.of(ResizeCoordinates.HALF_PIXEL),
                ResizeNearest.Rounding.TIES_UP),
            List.of(Shape.of(1, 7, 1)),
            numbers(2, 5, -3)),
        new Row(
            "bilinear",
            new ResizeLinear(Shape.of(3, 4), ResizeSampling.of(ResizeCoordinates.HALF_PIXEL)),
            List.of(Shape.of(1, 2, 3, 1)),
            numbers(
                -5,
                -0.625,
                0.5,
                -2,
                -2.77555756e-16,
                0.9375,
                8.32667268e-17,
                -2.5,
                5,
                2.5,
                -0.5,
                -3)),
        new Row(
            "bilinear align_corners",
            new ResizeLinear(Shape.of(3, 4), ResizeSampling.of(ResizeCoordinates.ALIGN_CORNERS)),
            List.of(Shape.of(1, 2, 3, 1)),
            numbers(
                -5,
                -0.333333333,
                0.666666667,
                -2,
                0,
                1,
                0.166666667,
                -2.5,
                5,
                2.33333333,
                -0.333333333,
                -3)),
        new Row(
            "linear scale_factor 1.7",
            new ResizeLinear(
                Shape.of(5),
                new ResizeSampling(List.of(1.7), ResizeCoordinates.HALF_PIXEL, false, false)),
            List.of(Shape.of(1, 3, 1)),
            numbers(-5, -2.32352941, 1.79411765, -0.235294118, -2)),
        new Row(
            "bicubic",
            new ResizeCubic(Shape.of(2, 5), ResizeSampling.of(ResizeCoordinates.HALF_PIXEL), -0.75),
            List.of(Shape.of(1, 3, 3, 1)),
            numbers(
                -3.13196875,
                -0.6621875,
                1.80859375,
                -0.31484375,
                -2.57540625,
                4.99925,
                3.16407813,
                0.19140625,
                -2.5724375,
                -4.19259375)),
        new Row(
            "bilinear antialias",
            new ResizeLinear(
                Shape.of(2, 3),
                new ResizeSampling(List.of(), ResizeCoordinates.HALF_PIXEL, true, true)),
            List.of(Shape.of(1, 5, 5, 1)),
            numbers(-1.28571429, 0.111111111, 1.21428571, -0.5, -0.277777778, -0.571428571)),
        new Row(
            "bicubic antialias",
            new ResizeCubic(
                Shape.of(2, 2),
                new ResizeSampling(List.of(), ResizeCoordinates.HALF_PIXEL, true, true),
                -0.5),
            List.of(Shape.of(1, 5, 3, 1)),
            numbers(1.43582887, -1.68810344, 1.68810344, -1.43582887)),
        new Row(
            "pixel_shuffle",
            new DepthToSpace(2, false),
            List.of(Shape.of(1, 1, 2, 8)),
            numbers(-5, 1, 2, -3, -4, 2, 3, -2, -2, 4, 5, 0, -1, 5, -5, 1)),
        new Row(
            "pixel_unshuffle",
            new SpaceToDepth(2, false),
            List.of(Shape.of(1, 2, 2, 2)),
            numbers(-5, -2, 1, 4, 2, 5, -3, 0)),
        new Row(
            "reflect",
            new PadBy(List.of(0, 2, 0), List.of(0, 1, 0), PadBy.Mode.REFLECT),
            List.of(Shape.of(1, 3, 1)),
            numbers(-2, 2, -5, 2, -2, 2)),
        new Row(
            "replicate",
            new PadBy(List.of(0, 2, 0), List.of(0, 1, 0), PadBy.Mode.EDGE),
            List.of(Shape.of(1, 3, 1)),
            numbers(-5, -5, -5, 2, -2, -2)),
        new Row(
            "circular",
            new PadBy(List.of(0, 2, 0), List.of(0, 1, 0), PadBy.Mode.CIRCULAR),
            List.of(Shape.of(1, 3, 1)),
            numbers(2, -2, -5, 2, -2, -5)),
        new Row(
            "pad with cropping",
            new Pad(List.of(0, 1), List.of(1, -2), 9),
            List.of(Shape.of(2, 3)),
            numbers(9, -5, 9, 5, 9, 9)),
        new Row(
            "roll",
            new Roll(List.of(0, 1), List.of(1, -1)),
            List.of(Shape.of(2, 3)),
            numbers(1, -3, 5, 2, -2, -5)),
        new Row(
            "cumsum",
            new CumSum(1, false, false),
            List.of(Shape.of(2, 3)),
            numbers(-5, -3, -5, 5, 6, 3)),
        new Row(
            "exclusive reverse cumulative sum",
            new CumSum(1, true, true),
            List.of(Shape.of(2, 3)),
            numbers(0, -2, 0, -2, -3, 0)),
        new Row("triu", new Trilu(true, 1), List.of(Shape.of(2, 3)), numbers(0, 2, -2, 0, 0, -3)),
        new Row("tril", new Trilu(false, -1), List.of(Shape.of(3, 2)), numbers(0, 0, -2, 0, 1, -3)),
        new Row(
            "flip",
            Slice.flip(1, Dim.of(3)),
            List.of(Shape.of(2, 3)),
            numbers(-2, 2, -5, -3, 1, 5)),
        new Row(
            "cat",
            new Concat(1),
            List.of(Shape.of(2, 2), Shape.of(2, 1)),
            numbers(-5, 2, -5, -2, 5, 2)),
        new Row(
            "einsum",
            new Einsum("bi,ij->bj"),
            List.of(Shape.of(2, 2), Shape.of(2, 3)),
            numbers(35, -8, 4, 35, 1, -11)),
        new Row(
            "einsum with an ellipsis and a diagonal",
            new Einsum("...i,ii->...i"),
            List.of(Shape.of(2, 2), Shape.of(2, 2)),
            numbers(25, 10, 10, 25)),
        new Row("trace", new Einsum("ii->"), List.of(Shape.of(3, 3)), numbers(-8)),
        new Row(
            "sum", new ReduceSum(List.of(0), false), List.of(Shape.of(2, 3)), numbers(0, 3, -5)),
        new Row(
            "mean", new ReduceMean(List.of(-1), true), List.of(Shape.of(2, 4)), numbers(0, 0.5)),
        new Row(
            "amax", new ReduceMax(List.of(0), false), List.of(Shape.of(2, 3)), numbers(5, 2, -2)),
        new Row("amin", new ReduceMin(List.of(1), true), List.of(Shape.of(2, 3)), numbers(-5, -3)),
        new Row(
            "index_select",
            new Take(1, Tensor.ofLongs(Shape.of(2), 2, -3)),
            List.of(Shape.of(2, 3)),
            numbers(-2, -5, -3, 5)),
        new Row(
            "repeat",
            new Tile(List.of(1, 2)),
            List.of(Shape.of(2, 2)),
            numbers(-5, 2, -5, 2, -2, 5, -2, 5)),
        new Row(
            "expand",
            new Expand(Shape.of(2, 3)),
            List.of(Shape.of(2, 1)),
            numbers(-5, -5, -5, 2, 2, 2)));
  }

  private static double[] numbers(double... values) {
    return values;
  }

  /** −5, 2, −2, 5, 1, −3, …: element i is 7i mod 11, less 5. */
  private static Tensor pattern(Shape shape) {
    double[] x = new double[shape.count()];
    Arrays.setAll(x, i -> i * 7 % 11 - 5);
    return Tensor.ofDoubles(shape, DType.FLOAT64, x);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_operator_answers_what_the_function_answers(Row row) {
    List<RuntimeValue> in =
        new ArrayList<>(row.in().stream().map(TorchNumbersTest::pattern).toList());
    Node node = new Node(0, "row", row.op(), List.of(), List.of());
    Tensor y = new Interpreter().node(node, in).get(0).tensor();
    assertThat(y.size()).isEqualTo(row.expected().length);
    for (int i = 0; i < y.size(); i++) {
      assertThat(y.doubleAt(i)).as("element %s", i).isCloseTo(row.expected()[i], within(1e-7));
    }
  }
}
