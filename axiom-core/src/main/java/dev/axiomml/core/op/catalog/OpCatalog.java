package dev.axiomml.core.op.catalog;

import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.image.GridSample;
import dev.axiomml.core.op.image.ResizeCubic;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.SampleAt;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.ArgMin;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.index.GatherElements;
import dev.axiomml.core.op.index.GatherNd;
import dev.axiomml.core.op.index.IntegerTopK;
import dev.axiomml.core.op.index.NonZero;
import dev.axiomml.core.op.index.OneHot;
import dev.axiomml.core.op.index.Range;
import dev.axiomml.core.op.index.ScatterElements;
import dev.axiomml.core.op.index.ScatterNd;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.linear.Embedding;
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
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.IntegerCumSum;
import dev.axiomml.core.op.reduce.IntegerReduction;
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
import dev.axiomml.core.op.scalar.DifferentialPolynomial;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Expm1;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.IsInf;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Log1p;
import dev.axiomml.core.op.scalar.LogSigmoid;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.PiecewiseCurve;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.ShiftedSine;
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
import dev.axiomml.core.op.scalar.TangentPolynomial;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.core.op.scalar.Trunc;
import dev.axiomml.core.op.scalar.WeightedPolynomial;
import dev.axiomml.core.op.shape.ConstantOfShape;
import dev.axiomml.core.op.shape.DynamicExpand;
import dev.axiomml.core.op.shape.DynamicReshape;
import dev.axiomml.core.op.shape.DynamicSlice;
import dev.axiomml.core.op.shape.ShapeOf;
import dev.axiomml.core.op.shape.SizeOf;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue of built-in operators: one line each. */
public final class OpCatalog {
  private OpCatalog() {}

  /** What an operator states, and so what is derived for it. */
  public enum Family {
    /** Sums of products: {@link SumOp}. */
    SUM(SumOp.class),
    /** Elements moved bit for bit: {@link MoveOp}. */
    MOVE(MoveOp.class),
    /** A function of each element: {@link ScalarOp}. */
    SCALAR(ScalarOp.class),
    /** The largest of windows: {@link WindowOp}. */
    WINDOW(WindowOp.class),
    /** A function of whole tensors: {@link RowOp}. */
    ROW(RowOp.class),
    /** Without a bound: {@link RunOp}. */
    RUN(RunOp.class),
    /** Shape arithmetic: {@link SizeOp}. */
    SIZE(SizeOp.class);

    private final Class<? extends Op> type;

    Family(Class<? extends Op> type) {
      this.type = type;
    }

    /** The family's interface. */
    public Class<? extends Op> type() {
      return type;
    }
  }

  /**
   * A line of the catalogue.
   *
   * @param type the operator's record
   * @param family its family, the most special one
   * @param phrase what it computes, one phrase
   */
  public record Entry(Class<? extends Op> type, Family family, String phrase) {}

  /** All built-in operators, family by family. */
  public static List<Entry> all() {
    return Stream.of(sums(), moves(), scalars(), windows(), rows(), runs())
        .flatMap(List::stream)
        .toList();
  }

  /** Whether an operator is one of these; a certificate lists those that are not. */
  public static boolean builtIn(Op op) {
    return all().stream().anyMatch(entry -> entry.type() == op.getClass());
  }

  private static List<Entry> sums() {
    return List.of(
        sum(AdaptiveAveragePool.class, "mean of each of a number of parts of the image"),
        sum(Add.class, "sum of values"),
        sum(AveragePool.class, "mean of each window"),
        sum(Conv.class, "convolution over any number of spatial axes"),
        sum(ConvTranspose.class, "transposed convolution"),
        sum(CumSum.class, "sum of everything up to each position"),
        sum(Dense.class, "linear layer on the last axis"),
        sum(Einsum.class, "sums, products and permutations spelled with letters"),
        sum(MatMul.class, "matrix product of two values"),
        sum(Mul.class, "product of two values, element by element"),
        sum(ReduceMean.class, "mean over axes"),
        sum(ReduceSum.class, "sum over axes"),
        sum(ResizeCubic.class, "image of another size, four neighbours blended along each axis"),
        sum(ResizeLinear.class, "image of another size, two neighbours blended along each axis"),
        sum(SampleAt.class, "image read at known positions between its pixels"),
        sum(Sub.class, "difference of two values"));
  }

  private static List<Entry> moves() {
    return List.of(
        move(Concat.class, "values one after another along an axis"),
        move(DepthToSpace.class, "channels spread over squares of pixels"),
        move(Dropout.class, "nothing at inference"),
        move(Expand.class, "repetition along axes of size 1"),
        move(Pad.class, "border of one number"),
        move(PadBy.class, "border that mirrors, repeats or wraps the value"),
        move(Permute.class, "axes in another order"),
        move(Reshape.class, "the same elements under another shape"),
        move(ResizeNearest.class, "image of another size, nearest pixels copied"),
        move(Roll.class, "shift along axes, wrapped around"),
        move(Slice.class, "every so-many-th position of an axis"),
        move(SpaceToDepth.class, "squares of pixels packed into channels"),
        move(Take.class, "known positions of an axis"),
        move(Tile.class, "a value side by side with itself"),
        move(Trilu.class, "part of matrices above or below a diagonal"));
  }

  private static List<Entry> scalars() {
    return List.of(
        scalar(Abs.class, "magnitude"),
        scalar(Acos.class, "inverse cosine in radians"),
        scalar(Acosh.class, "inverse of the hyperbolic cosine"),
        scalar(Asin.class, "inverse sine in radians"),
        scalar(Asinh.class, "inverse of the hyperbolic sine"),
        scalar(Atan.class, "inverse tangent in radians"),
        scalar(Atanh.class, "inverse of the hyperbolic tangent"),
        scalar(Ceil.class, "smallest whole number not below"),
        scalar(Celu.class, "exponential linear unit with one slope at zero"),
        scalar(Clip.class, "nearest number between two ends"),
        scalar(Cos.class, "cosine"),
        scalar(Cosh.class, "hyperbolic cosine"),
        scalar(DifferentialPolynomial.class, "derivatives of sigmoid functions and gates"),
        scalar(Elu.class, "exponential linear unit"),
        scalar(Erf.class, "error function"),
        scalar(Exp.class, "exponential function"),
        scalar(Expm1.class, "exp(x) − 1"),
        scalar(Floor.class, "largest whole number not above"),
        scalar(Gelu.class, "x · Φ(x) by the exact error function"),
        scalar(GeluTanh.class, "x · Φ(x) approximated by a hyperbolic tangent"),
        scalar(HardSigmoid.class, "a line held between 0 and 1"),
        scalar(HardSwish.class, "x · min(max(x + 3, 0), 6) / 6"),
        scalar(IsInf.class, "whether elements are infinite"),
        scalar(IsNan.class, "whether elements are not numbers"),
        scalar(LeakyRelu.class, "x above zero, a small multiple below"),
        scalar(Log.class, "natural logarithm"),
        scalar(Log1p.class, "ln(1 + x)"),
        scalar(LogSigmoid.class, "logarithm of the sigmoid"),
        scalar(Mish.class, "x · tanh(ln(1 + exp(x)))"),
        scalar(Neg.class, "the other sign"),
        scalar(PiecewiseCurve.class, "one curve after another between cuts"),
        scalar(PowConstant.class, "x raised to a fixed power"),
        scalar(Reciprocal.class, "1 / x"),
        scalar(Relu.class, "the larger of x and zero"),
        scalar(Round.class, "nearest whole number"),
        scalar(Selu.class, "scaled exponential linear unit"),
        scalar(ShiftedSine.class, "sine some right angles ahead"),
        scalar(Shrink.class, "pulled toward zero, flat between"),
        scalar(Sigmoid.class, "1 / (1 + exp(−x))"),
        scalar(Sign.class, "−1, 0 or 1"),
        scalar(Silu.class, "x · σ(x)"),
        scalar(Sin.class, "sine"),
        scalar(Sinh.class, "hyperbolic sine"),
        scalar(SoftShrink.class, "pulled toward zero by a fixed amount"),
        scalar(Softplus.class, "smooth rectifier"),
        scalar(Softsign.class, "x / (1 + |x|)"),
        scalar(Sqrt.class, "square root"),
        scalar(Square.class, "x · x"),
        scalar(Tan.class, "tangent"),
        scalar(TangentPolynomial.class, "a polynomial of the tangent"),
        scalar(Tanh.class, "hyperbolic tangent"),
        scalar(ThresholdedRelu.class, "x above a threshold, 0 else"),
        scalar(Trunc.class, "whole number toward zero"),
        scalar(WeightedPolynomial.class, "a polynomial times a power and an exponential"));
  }

  private static List<Entry> windows() {
    return List.of(
        window(AdaptiveMaxPool.class, "largest of each of a number of parts of the image"),
        window(MaxPool.class, "largest of each window"),
        window(ReduceMax.class, "largest over axes"));
  }

  private static List<Entry> rows() {
    return List.of(
        row(BatchNorm.class, "normalisation per channel with running statistics"),
        row(ArgMax.class, "where the largest along an axis is"),
        row(ArgMin.class, "where the smallest along an axis is"),
        row(Attention.class, "values weighted by softmax of scaled products"),
        row(Div.class, "quotient of two values"),
        row(Gru.class, "gated recurrent unit, one layer and direction"),
        row(GroupNorm.class, "groups of channels normed over all pixels"),
        row(Hardmax.class, "1 at the largest along an axis"),
        row(InstanceNorm.class, "each channel normed over all pixels"),
        row(LayerNorm.class, "last axes normed to mean 0 and variance 1"),
        row(LocalResponseNorm.class, "division by a power of neighbouring channels"),
        row(LogSoftmax.class, "logarithm of softmax"),
        row(LpNormalization.class, "division by the norm along an axis"),
        row(Lstm.class, "long short-term memory, one layer and direction"),
        row(MaskedSoftmax.class, "softmax of the elements that a known mask shows"),
        row(Max.class, "largest of values"),
        row(Min.class, "smallest of values"),
        row(Mod.class, "what is left of a division"),
        row(Pow.class, "a value raised to another"),
        row(PRelu.class, "x above zero, learned multiples below"),
        row(ReduceL1.class, "sum of magnitudes over axes"),
        row(ReduceL2.class, "Euclidean norm over axes"),
        row(ReduceLogSumExp.class, "logarithm of the sum of exponentials over axes"),
        row(ReduceMin.class, "smallest over axes"),
        row(ReduceProd.class, "product over axes"),
        row(RmsNorm.class, "last axes normed to mean square 1"),
        row(Rnn.class, "plain recurrent network, one layer and direction"),
        row(Softmax.class, "exponentials divided by their sum along an axis"),
        row(TopK.class, "the k best along an axis and where they were"),
        row(Where.class, "one of two values by a condition"));
  }

  private static List<Entry> runs() {
    return List.of(
        run(Arithmetic.class, "integer arithmetic in its own type"),
        run(Bits.class, "bits of integers"),
        run(Cast.class, "another element type"),
        run(Compare.class, "comparison of two values"),
        run(ConstantOfShape.class, "one value in a computed shape"),
        run(DynamicExpand.class, "broadcast with computed sizes"),
        run(DynamicReshape.class, "computed sizes for the same elements"),
        run(DynamicSlice.class, "parts of axes with computed ends"),
        run(Embedding.class, "rows of a table by whole numbers"),
        run(Gather.class, "computed positions of an axis"),
        run(GatherElements.class, "an element for each computed position"),
        run(GatherNd.class, "blocks at computed places"),
        run(GridSample.class, "image read at positions that are a value"),
        run(IntegerCumSum.class, "sum of all integers up to each position"),
        run(IntegerReduction.class, "integers taken together over axes"),
        run(IntegerTopK.class, "the k best integers along an axis and where they were"),
        run(Logic.class, "logic on booleans"),
        run(NonZero.class, "where elements are not zero"),
        run(OneHot.class, "a new axis with one value at a position"),
        run(Range.class, "numbers with equal steps"),
        run(ScatterElements.class, "elements written to computed positions"),
        run(ScatterNd.class, "blocks written to computed places"),
        run(ShapeOf.class, "sizes of a value"),
        run(SizeOf.class, "number of elements"));
  }

  private static Entry sum(Class<? extends SumOp> type, String phrase) {
    return new Entry(type, Family.SUM, phrase);
  }

  private static Entry move(Class<? extends MoveOp> type, String phrase) {
    return new Entry(type, Family.MOVE, phrase);
  }

  private static Entry scalar(Class<? extends ScalarOp> type, String phrase) {
    return new Entry(type, Family.SCALAR, phrase);
  }

  private static Entry window(Class<? extends WindowOp> type, String phrase) {
    return new Entry(type, Family.WINDOW, phrase);
  }

  private static Entry row(Class<? extends RowOp> type, String phrase) {
    return new Entry(type, Family.ROW, phrase);
  }

  private static Entry run(Class<? extends RunOp> type, String phrase) {
    boolean sizes = SizeOp.class.isAssignableFrom(type);
    return new Entry(type, sizes ? Family.SIZE : Family.RUN, phrase);
  }
}
