package dev.axiomml.testing;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.image.PixelReading;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeCubic;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.op.image.SampleAt;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.ArgMin;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.DepthToSpace;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.SpaceToDepth;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.Hardmax;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.LocalResponseNorm;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.norm.MaskedSoftmax;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.RecurrentOp;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceL1;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceLogSumExp;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.reduce.ReduceProd;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Acos;
import dev.axiomml.core.op.scalar.Acosh;
import dev.axiomml.core.op.scalar.Asin;
import dev.axiomml.core.op.scalar.Asinh;
import dev.axiomml.core.op.scalar.Atan;
import dev.axiomml.core.op.scalar.Atanh;
import dev.axiomml.core.op.scalar.Ceil;
import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Cos;
import dev.axiomml.core.op.scalar.Cosh;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Expm1;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Log1p;
import dev.axiomml.core.op.scalar.LogSigmoid;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Shrink;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.Sinh;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Tan;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.core.op.scalar.Trunc;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One sample or more of every float operator with fixed input shapes, for law tests in all modules.
 */
public final class OpSamples {
  private static final RecurrentForm FORWARD = new RecurrentForm(true, false);
  private static final RecurrentForm REVERSE = new RecurrentForm(true, true);

  private OpSamples() {}

  /**
   * An operator with the shapes of its float operands and the range of their elements.
   *
   * @param weights the operands that are weights, by position
   */
  public record OpSample(
      Op op, List<Shape> in, double low, double high, Map<Integer, Parameter> weights) {
    /** An operator on numbers in [−2, 2]. */
    public OpSample(Op op, List<Shape> in) {
      this(op, in, -2, 2, Map.of());
    }

    /** All operands: random float32 numbers in the range, and the weights. */
    public List<Tensor> inputs(long seed) {
      List<Tensor> tensors = new ArrayList<>();
      for (int k = 0; k < in.size(); k++) {
        tensors.add(
            weights.containsKey(k)
                ? Objects.requireNonNull(weights.get(k)).tensor()
                : Tensor.random(in.get(k), seed + k, low, high));
      }
      return tensors;
    }

    /** The operands that are no weights: the inputs of {@link #graph}. */
    public List<Tensor> data(long seed) {
      List<Tensor> all = inputs(seed);
      return IntStream.range(0, in.size())
          .filter(k -> !weights.containsKey(k))
          .mapToObj(all::get)
          .toList();
    }

    /** The operator as a graph; its weights are weights. */
    public Graph graph() {
      return graph(op);
    }

    /** Another operator on the same operands. */
    public Graph graph(Op other) {
      GraphBuilder to = Graph.builder();
      return to.build(to.add("op", other, operands(to)));
    }

    /** The operands in a graph: inputs and weights. */
    public List<Value> operands(GraphBuilder to) {
      List<Value> values = new ArrayList<>();
      for (int k = 0; k < in.size(); k++) {
        Parameter weight = weights.get(k);
        values.add(weight == null ? to.input("x", Type.float32(in.get(k))) : to.parameter(weight));
      }
      return values;
    }

    @Override
    public String toString() {
      return op.title() + " on " + in + " " + Integer.toHexString(op.toString().hashCode());
    }
  }

  /** All samples: one line each. */
  public static List<OpSample> all() {
    return List.of(
        // Sums, moves and windows.
        of(new Expand(Shape.of(2, 3, 4)), Shape.of(3, 1)),
        of(new Expand(Shape.of(3, 1)), Shape.of(2, 1, 4)),
        of(new Tile(List.of(2, 1, 3)), Shape.of(2, 3, 2)),
        of(new Roll(List.of(0, -1), List.of(1, -5)), Shape.of(3, 2, 4)),
        of(new Take(1, Tensor.ofLongs(Shape.of(2, 2), 2, -3, 0, 1)), Shape.of(2, 3, 2)),
        of(new Take(-1, Tensor.ofLongs(Shape.of(5), 3, 2, 1, 1, -1)), Shape.of(2, 4)),
        of(new Take(0, Tensor.ofLongs(Shape.SCALAR, 2)), Shape.of(3, 2, 4)),
        of(new CumSum(1, false, false), Shape.of(2, 5, 3)),
        of(new CumSum(-1, true, false), Shape.of(2, 12)),
        of(new CumSum(0, true, true), Shape.of(4, 3)),
        of(new CumSum(1, false, true), Shape.of(2, 4)),
        of(new DepthToSpace(2, true), Shape.of(2, 2, 3, 8)),
        of(new DepthToSpace(3, false), Shape.of(1, 2, 2, 18)),
        of(new SpaceToDepth(2, true), Shape.of(2, 4, 6, 3)),
        of(new SpaceToDepth(2, false), Shape.of(1, 4, 2, 2)),
        of(new Trilu(true, -1), Shape.of(2, 4, 3)),
        of(new Trilu(false, 1), Shape.of(3, 5)),
        with(new MatMul(), 0, weight(4, 3), Shape.of(2, 3, 5)),
        with(new MatMul(), 0, weight(2, 1, 4, 3), Shape.of(5, 3, 2)),
        with(new MatMul(), 1, weight(2, 3, 4), Shape.of(5, 3)),
        of(new Einsum("bij,bjk->bik"), Shape.of(2, 3, 4), Shape.of(2, 4, 5)),
        of(new Einsum("bhid,bhjd->bhij"), Shape.of(2, 2, 3, 4), Shape.of(2, 2, 5, 4)),
        of(new Einsum("...i,ij"), Shape.of(2, 3, 4), Shape.of(4, 5)),
        of(new Einsum("i,j->ji"), Shape.of(3), Shape.of(4)),
        of(new Einsum("ii->i"), Shape.of(3, 3)),
        of(new Einsum("bij->jb"), Shape.of(2, 3, 4)),
        of(
            new ResizeNearest(
                Shape.of(5, 3),
                ResizeSampling.of(ResizeCoordinates.ASYMMETRIC),
                ResizeNearest.Rounding.FLOOR),
            Shape.of(2, 3, 7, 2)),
        of(
            new ResizeNearest(
                Shape.of(4),
                ResizeSampling.of(ResizeCoordinates.HALF_PIXEL),
                ResizeNearest.Rounding.TIES_UP),
            Shape.of(1, 6, 3)),
        of(
            new ResizeLinear(Shape.of(5, 9), ResizeSampling.of(ResizeCoordinates.HALF_PIXEL)),
            Shape.of(2, 3, 4, 2)),
        of(
            new ResizeLinear(Shape.of(6), ResizeSampling.of(ResizeCoordinates.ALIGN_CORNERS)),
            Shape.of(1, 4, 3)),
        of(
            new ResizeLinear(
                Shape.of(3),
                new ResizeSampling(List.of(0.4), ResizeCoordinates.HALF_PIXEL, true, true)),
            Shape.of(1, 8, 2)),
        of(
            new ResizeCubic(Shape.of(7, 3), ResizeSampling.of(ResizeCoordinates.HALF_PIXEL), -0.75),
            Shape.of(1, 4, 5, 2)),
        of(
            read(PixelReading.Mode.LINEAR, PixelReading.Border.ZEROS, 2, 3, 2),
            Shape.of(2, 3, 4, 2)),
        of(
            read(PixelReading.Mode.CUBIC, PixelReading.Border.MIRROR_EDGES, 1, 4, 1),
            Shape.of(2, 5, 3)),
        of(
            read(PixelReading.Mode.NEAREST, PixelReading.Border.CLAMP, 1, 5, 2),
            Shape.of(1, 3, 2, 2)),
        of(new Reshape(Shape.of(2, 3, 20)), Shape.of(2, 3, 4, 5)),
        of(new Reshape(Shape.of(2, 2, 3, 4, 1)), Shape.of(2, 6, 4)),
        of(Permute.of(1, 2, 0, 3), Shape.of(2, 3, 4, 9)),
        of(new Concat(-1), Shape.of(2, 3, 2), Shape.of(2, 3, 1), Shape.of(2, 3, 4)),
        of(new Concat(1), Shape.of(2, 3, 2), Shape.of(2, 5, 2)),
        of(new Slice(1, Dim.of(1), Dim.of(2), 2), Shape.of(2, 5, 3)),
        of(new Slice(-1, Dim.of(4), Dim.of(3), -2), Shape.of(2, 3, 5)),
        of(Slice.flip(0, Dim.of(4)), Shape.of(4, 3)),
        of(new Pad(List.of(0, 1, 2), List.of(0, 2, 0), 1.5), Shape.of(2, 3, 4)),
        of(new Pad(List.of(-1, 2), List.of(1, -2), 0), Shape.of(3, 4)),
        of(new PadBy(List.of(0, 2, 1), List.of(0, 1, 3), PadBy.Mode.REFLECT), Shape.of(2, 3, 4)),
        of(new PadBy(List.of(0, 2), List.of(0, -1), PadBy.Mode.EDGE), Shape.of(2, 3)),
        of(new PadBy(List.of(0, 2, 0), List.of(0, 1, 0), PadBy.Mode.CIRCULAR), Shape.of(1, 3, 2)),
        of(new Sub(), Shape.of(2, 3, 4), Shape.of(3, 1)),
        of(new Sub(), Shape.of(4), Shape.of(2, 3, 4)),
        of(new ReduceSum(List.of(1), false), Shape.of(2, 3, 4)),
        of(new ReduceSum(List.of(-1, 0), true), Shape.of(2, 3, 4)),
        of(new ReduceMean(List.of(), false), Shape.of(2, 3)),
        of(new ReduceMean(List.of(1, 2), true), Shape.of(2, 3, 4, 9)),
        of(new ReduceMax(List.of(1), false), Shape.of(2, 3, 4)),
        of(new ReduceMax(List.of(-1, 0), true), Shape.of(2, 3, 4)),
        of(new ReduceMin(List.of(1, -1), false), Shape.of(2, 3, 4, 5)),
        layer(
            new ConvTranspose(WindowGeometry.of(List.of(3, 2)), List.of(0, 0), 1),
            Shape.of(2, 3, 4, 2),
            weight(3, 2, 2, 3),
            weight(3)),
        layer(
            new ConvTranspose(WindowGeometry.of(List.of(3)), List.of(0), 2),
            Shape.of(1, 5, 4),
            weight(3, 4, 3),
            weight(6)),
        layer(
            new ConvTranspose(
                WindowGeometry.of(List.of(3)).stride(List.of(2)).padding(List.of(-1), List.of(-2)),
                List.of(0),
                1),
            Shape.of(2, 4, 2),
            weight(3, 2, 3),
            weight(3)),
        layer(
            new ConvTranspose(
                WindowGeometry.of(List.of(3, 2))
                    .stride(List.of(2, 3))
                    .padding(List.of(1, 0), List.of(2, 1))
                    .dilation(List.of(2, 1)),
                List.of(1, 2),
                2),
            Shape.of(2, 4, 3, 4),
            weight(3, 2, 4, 3)),
        of(new AdaptiveAveragePool(List.of(3, 2)), Shape.of(2, 5, 7, 3)),
        of(new AdaptiveAveragePool(List.of(4)), Shape.of(1, 2, 3)),
        of(new AdaptiveMaxPool(List.of(3, 2)), Shape.of(2, 5, 7, 3)),
        // Functions of whole tensors.
        within(0.5, 3, new Div(), Shape.of(2, 3, 4), Shape.of(3, 1)),
        within(-3, -0.5, new Div(), Shape.of(4), Shape.of(2, 3, 4)),
        with(new Div(), 1, positive(3), Shape.of(2, 4, 3)),
        within(0.5, 2, new Pow(), Shape.of(2, 3), Shape.of(2, 1)),
        within(0.5, 3, new Mod(true), Shape.of(2, 3), Shape.of(3)),
        within(-3, -0.5, new Mod(false), Shape.of(2, 3), Shape.of(3)),
        of(new Max(), Shape.of(2, 3), Shape.of(3), Shape.of(2, 1)),
        of(new Min(), Shape.of(2, 3), Shape.of(3)),
        layer(new PRelu(), Shape.of(2, 3, 4), weight(4)),
        of(new Attention(0.5), Shape.of(2, 3, 4), Shape.of(2, 4, 5), Shape.of(2, 5, 2)),
        of(
            new Attention(1),
            Shape.of(2, 1, 3, 2),
            Shape.of(2, 2, 4),
            Shape.of(4, 3),
            Shape.of(3, 4)),
        of(new ReduceL1(List.of(1), false), Shape.of(2, 3, 4)),
        of(new ReduceL2(List.of(-1, 0), true), Shape.of(2, 3, 4)),
        of(new ReduceProd(List.of(1), false), Shape.of(2, 3, 4)),
        of(new ReduceLogSumExp(List.of(), false), Shape.of(2, 5)),
        of(new LogSoftmax(-1), Shape.of(3, 7)),
        of(new LogSoftmax(1), Shape.of(2, 3, 2)),
        of(new Hardmax(-1), Shape.of(3, 5)),
        of(new ArgMax(1, false, false), Shape.of(2, 5, 3)),
        of(new ArgMin(-1, true, true), Shape.of(2, 5)),
        of(new TopK(2, 1, true), Shape.of(2, 5, 3)),
        of(new TopK(3, -1, false), Shape.of(2, 5)),
        of(new LpNormalization(-1, 2, 1e-12), Shape.of(3, 4)),
        of(new LpNormalization(1, 1, 0), Shape.of(2, 3, 2)),
        of(new LocalResponseNorm(1, 2, new LocalResponseNorm.Strength(3, 0.75, 1)), Shape.of(2, 6)),
        layer(new LayerNorm(1, 1e-5), Shape.of(3, 5), weight(5), weight(5)),
        of(new LayerNorm(2, 1e-5), Shape.of(2, 3, 2)),
        layer(new RmsNorm(1, 1e-6), Shape.of(3, 5), weight(5)),
        layer(new GroupNorm(2, 1e-5), Shape.of(2, 3, 4), weight(4), weight(4)),
        layer(new InstanceNorm(1e-5), Shape.of(2, 2, 2, 2), weight(2), weight(2)),
        recurrent(new Lstm(FORWARD), 3, 2, Shape.of(2, 4, 3)),
        recurrent(new Lstm(REVERSE), 2, 3, Shape.of(1, 3, 2), Shape.of(1, 3), Shape.of(1, 3)),
        recurrent(new Gru(FORWARD, true), 3, 2, Shape.of(2, 4, 3)),
        recurrent(new Gru(REVERSE, false), 3, 2, Shape.of(2, 3, 3), Shape.of(2, 2)),
        recurrent(new Rnn(REVERSE, false), 3, 2, Shape.of(2, 4, 3)),
        recurrent(new Rnn(FORWARD, true), 3, 2, Shape.of(2, 3, 3), Shape.of(2, 2)),
        // Functions of one number.
        of(new Sin(), Shape.of(3, 7)),
        of(new Cos(), Shape.of(3, 7)),
        within(-1.2, 1.2, new Tan(), Shape.of(3, 7)),
        of(new Floor(), Shape.of(3, 7)),
        of(new Ceil(), Shape.of(3, 7)),
        of(new Round(), Shape.of(3, 7)),
        of(new Trunc(), Shape.of(3, 7)),
        of(new Sign(), Shape.of(3, 7)),
        of(new ThresholdedRelu(0.7), Shape.of(3, 7)),
        of(new Shrink(0, 0.6), Shape.of(3, 7)),
        of(new Shrink(0.9, 0.4), Shape.of(3, 7)),
        of(slope(new Tanh()), Shape.of(3, 7)),
        of(slope(slope(new Softplus(2, 20))), Shape.of(3, 7)),
        of(slope(new Silu()), Shape.of(3, 7)),
        of(slope(new Mish()), Shape.of(3, 7)),
        of(slope(slope(new GeluTanh())), Shape.of(3, 7)),
        of(slope(new Gelu()), Shape.of(3, 7)),
        of(slope(new Elu(0.7)), Shape.of(3, 7)),
        of(slope(new HardSwish()), Shape.of(3, 7)),
        of(slope(new Clip(-1, 1.1)), Shape.of(3, 7)),
        of(slope(new HardSigmoid(0.2, 0.5)), Shape.of(3, 7)),
        of(slope(new SoftShrink(0.5)), Shape.of(3, 7)),
        of(slope(slope(new Softsign())), Shape.of(3, 7)),
        of(slope(new Cos()), Shape.of(3, 7)),
        of(slope(slope(slope(new Erf()))), Shape.of(3, 7)),
        of(slope(slope(new Atan())), Shape.of(3, 7)),
        within(-1.2, 1.2, slope(new Tan()), Shape.of(3, 7)),
        within(0.5, 3, slope(new Sqrt()), Shape.of(3, 7)),
        within(-3, -0.5, slope(new Reciprocal()), Shape.of(3, 7)),
        of(new LeakyRelu(0.01), Shape.of(3, 7)),
        of(new LeakyRelu(-0.5), Shape.of(3, 7)),
        of(new Elu(1), Shape.of(3, 7)),
        of(new Elu(-0.7), Shape.of(3, 7)),
        of(new Selu(), Shape.of(3, 7)),
        of(new Celu(1.5), Shape.of(3, 7)),
        of(new Gelu(), Shape.of(3, 7)),
        of(new GeluTanh(), Shape.of(3, 7)),
        of(new Silu(), Shape.of(3, 7)),
        of(new Mish(), Shape.of(3, 7)),
        of(new HardSwish(), Shape.of(3, 7)),
        of(new HardSigmoid(0.2, 0.5), Shape.of(3, 7)),
        of(new HardSigmoid(-0.3, 0.4), Shape.of(3, 7)),
        of(new Clip(-1, 1.1), Shape.of(3, 7)),
        of(new Clip(0, Double.POSITIVE_INFINITY), Shape.of(3, 7)),
        of(new Clip(Double.NEGATIVE_INFINITY, 0.5), Shape.of(3, 7)),
        of(new Clip(2, 1), Shape.of(3, 7)),
        of(new Softplus(2, 20), Shape.of(3, 7)),
        of(new Softsign(), Shape.of(3, 7)),
        of(new Tanh(), Shape.of(3, 7)),
        of(new LogSigmoid(), Shape.of(3, 7)),
        of(new Exp(), Shape.of(3, 7)),
        of(new Abs(), Shape.of(3, 7)),
        of(new Neg(), Shape.of(3, 7)),
        of(new Square(), Shape.of(3, 7)),
        of(new Erf(), Shape.of(3, 7)),
        of(new Expm1(), Shape.of(3, 7)),
        of(new SoftShrink(0.5), Shape.of(3, 7)),
        of(new Sinh(), Shape.of(3, 7)),
        of(new Cosh(), Shape.of(3, 7)),
        of(new Asinh(), Shape.of(3, 7)),
        of(new Atan(), Shape.of(3, 7)),
        of(new PowConstant(2), Shape.of(3, 7)),
        of(new PowConstant(3), Shape.of(3, 7)),
        of(new PowConstant(1), Shape.of(3, 7)),
        of(new PowConstant(0), Shape.of(3, 7)),
        within(0.5, 3, new Log(), Shape.of(3, 7)),
        within(0.5, 3, new Sqrt(), Shape.of(3, 7)),
        within(0.5, 3, new Reciprocal(), Shape.of(3, 7)),
        within(0.5, 3, new Log1p(), Shape.of(3, 7)),
        within(0.5, 3, new PowConstant(0.5), Shape.of(3, 7)),
        within(0.5, 3, new PowConstant(-1.5), Shape.of(3, 7)),
        within(0.5, 3, new PowConstant(2.5), Shape.of(3, 7)),
        within(1.1, 3, new Acosh(), Shape.of(3, 7)),
        within(-0.9, 0.9, new Atanh(), Shape.of(3, 7)),
        within(-0.9, 0.9, new Asin(), Shape.of(3, 7)),
        within(-0.9, 0.9, new Acos(), Shape.of(3, 7)),
        layer(new Dense(), Shape.of(2, 3), weight(3, 5), weight(5)),
        layer(new Dense(), Shape.of(2, 3, 4), weight(4, 1)),
        layer(
            new Conv(WindowGeometry.of(List.of(3, 3)), 1),
            Shape.of(2, 5, 6, 2),
            weight(3, 3, 2, 3),
            weight(3)),
        layer(
            new Conv(
                WindowGeometry.of(List.of(3, 2))
                    .stride(List.of(2, 1))
                    .padding(List.of(1, 0), List.of(2, 1))
                    .dilation(List.of(1, 2)),
                1),
            Shape.of(1, 6, 5, 2),
            weight(3, 2, 2, 4),
            weight(4)),
        layer(
            new Conv(WindowGeometry.of(List.of(3)), 2),
            Shape.of(2, 7, 4),
            weight(3, 2, 6),
            weight(6)),
        layer(
            new Conv(WindowGeometry.of(List.of(3, 3)), 3),
            Shape.of(1, 4, 4, 3),
            weight(3, 3, 1, 3),
            weight(3)),
        layer(
            new Conv(WindowGeometry.of(List.of(2, 2, 2)), 1),
            Shape.of(1, 3, 4, 3, 1),
            weight(2, 2, 2, 1, 2),
            weight(2)),
        of(
            new AveragePool(
                WindowGeometry.of(List.of(3, 3))
                    .stride(List.of(2, 2))
                    .padding(List.of(1, 1), List.of(1, 1)),
                true),
            Shape.of(1, 6, 5, 2)),
        of(
            new AveragePool(
                WindowGeometry.of(List.of(3))
                    .stride(List.of(2))
                    .padding(List.of(1), List.of(1))
                    .ceil(true),
                false),
            Shape.of(1, 6, 2)),
        of(
            new MaxPool(WindowGeometry.of(List.of(2, 2)).stride(List.of(2, 2))),
            Shape.of(2, 4, 5, 3)),
        of(
            new MaxPool(
                WindowGeometry.of(List.of(3)).padding(List.of(1), List.of(1)).dilation(List.of(2))),
            Shape.of(1, 6, 2)),
        layer(new BatchNorm(1e-5), Shape.of(2, 4, 3), weight(3), weight(3), weight(3), positive(3)),
        with(new Mul(), 1, weight(3), Shape.of(2, 4, 3)),
        with(new Add(), 1, weight(3), Shape.of(2, 4, 3)),
        of(new Add(), Shape.of(2, 3, 4), Shape.of(3, 1)),
        of(new Mul(), Shape.of(2, 3, 4), Shape.of(3, 1)),
        of(new MatMul(), Shape.of(2, 3, 4), Shape.of(2, 4, 5)),
        of(new MatMul(), Shape.of(3, 4), Shape.of(2, 4, 5)),
        of(new Reshape(Shape.of(2, 6)), Shape.of(2, 3, 2)),
        of(Permute.of(0, 2, 1), Shape.of(2, 3, 4)),
        of(new Dropout(0.5), Shape.of(2, 3)),
        of(new Relu(), Shape.of(3, 7)),
        of(new Sigmoid(), Shape.of(3, 7)),
        of(new Softmax(-1), Shape.of(3, 7)),
        of(new Softmax(1), Shape.of(2, 3, 4)),
        of(new Softmax(1, true), Shape.of(2, 3, 4)),
        of(new MaskedSoftmax(lower(4)), Shape.of(2, 4, 4)));
  }

  private static ScalarOp slope(ScalarOp f) {
    return f.derivative().orElseThrow();
  }

  /** True on and below the diagonal. */
  private static Tensor lower(int size) {
    long[] seen = new long[size * size];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = i % size <= i / size ? 1 : 0;
    }
    return Tensor.ofIntegers(Shape.of(size, size), DType.BOOL, seen);
  }

  /** Positions from beyond one border to beyond the other. */
  private static Op read(PixelReading.Mode mode, PixelReading.Border border, long... shape) {
    return new SampleAt(Tensor.random(Shape.of(shape), 3, -2, 5), new PixelReading(mode, border));
  }

  private static OpSample of(Op op, Shape... in) {
    return new OpSample(op, List.of(in));
  }

  private static OpSample within(double low, double high, Op op, Shape... in) {
    return new OpSample(op, List.of(in), low, high, Map.of());
  }

  /** An operator of two operands, one of them a weight. */
  private static OpSample with(Op op, int operand, Parameter weight, Shape other) {
    Shape own = weight.tensor().shape();
    List<Shape> in = operand == 0 ? List.of(own, other) : List.of(other, own);
    return new OpSample(op, in, -2, 2, Map.of(operand, weight));
  }

  /** An operator whose operands after the first are weights. */
  public static OpSample layer(Op op, Shape x, Parameter... weights) {
    return layer(op, List.of(x), List.of(weights));
  }

  /** Weights come behind the first operand, before others. */
  private static OpSample layer(Op op, List<Shape> data, List<Parameter> weights) {
    List<Shape> in = new ArrayList<>(data.subList(0, 1));
    Map<Integer, Parameter> known = new HashMap<>();
    for (Parameter weight : weights) {
      known.put(in.size(), weight);
      in.add(weight.tensor().shape());
    }
    in.addAll(data.subList(1, data.size()));
    return new OpSample(op, List.copyOf(in), -2, 2, Map.copyOf(known));
  }

  private static OpSample recurrent(RecurrentOp op, int in, int hidden, Shape... data) {
    int wide = op.gates() * hidden;
    return layer(
        op,
        List.of(data),
        List.of(weight(in, wide), weight(hidden, wide), weight(wide), positive(wide)));
  }

  /** A weight of random numbers in [−1, 1], the same for the same shape. */
  public static Parameter weight(int... sizes) {
    return new Parameter(
        "w" + java.util.Arrays.toString(sizes),
        Tensor.random(Shape.of(sizes), java.util.Arrays.hashCode(sizes), -1, 1));
  }

  /** A weight of random numbers in [0.5, 1.5]. */
  public static Parameter positive(int... sizes) {
    return new Parameter(
        "p" + java.util.Arrays.toString(sizes),
        Tensor.random(Shape.of(sizes), java.util.Arrays.hashCode(sizes), 0.5, 1.5));
  }
}
