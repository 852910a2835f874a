package dev.axiomml.core.op;

import java.util.List;
import java.util.stream.Stream;

/** The catalogue of built-in operators: one line each. */
public final class Ops {
  private Ops() {}

  /** What an operator states, and so what is derived for it. */
  public enum Family {
    /** {@code y = Wx + b}: {@link AffineOp}. */
    AFFINE(AffineOp.class),
    /** Elements moved bit for bit: {@link MoveOp}. */
    MOVE(MoveOp.class),
    /** A function of each element: {@link ScalarOp}. */
    SCALAR(ScalarOp.class),
    /** The largest of windows: {@link WindowOp}. */
    WINDOW(WindowOp.class),
    /** Sums of products of two values: {@link BilinearOp}. */
    BILINEAR(BilinearOp.class),
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
    return Stream.of(affine(), moves(), scalars(), windows(), bilinear(), rows(), runs())
        .flatMap(List::stream)
        .toList();
  }

  /** Whether an operator is one of these; a certificate lists those that are not. */
  public static boolean builtIn(Op op) {
    return all().stream().anyMatch(entry -> entry.type() == op.getClass());
  }

  private static List<Entry> affine() {
    return List.of(
        affine(AdaptiveAveragePool.class, "mean of each of a number of parts of the image"),
        affine(Add.class, "sum of values"),
        affine(AveragePool.class, "mean of each window"),
        affine(BatchNorm.class, "normalisation per channel with running statistics"),
        affine(Contraction.class, "sums, diagonals and permutations spelled with letters"),
        affine(Conv.class, "convolution over any number of spatial axes"),
        affine(ConvTranspose.class, "transposed convolution"),
        affine(CumSum.class, "sum of everything up to each position"),
        affine(Dense.class, "linear layer on the last axis"),
        affine(DivideBy.class, "quotient by known divisors"),
        affine(LeftMatMul.class, "known matrices times a value"),
        affine(Offset.class, "a value and learned offsets"),
        affine(ReduceMean.class, "mean over axes"),
        affine(ReduceSum.class, "sum over axes"),
        affine(ResizeCubic.class, "image of another size, four neighbours blended along each axis"),
        affine(ResizeLinear.class, "image of another size, two neighbours blended along each axis"),
        affine(RightMatMul.class, "a value times known matrices"),
        affine(SampleAt.class, "image read at known positions between its pixels"),
        affine(Scale.class, "known factors and offsets"),
        affine(Sub.class, "difference of two values"));
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
        scalar(Celu.class, "exponential linear unit with one slope at zero"),
        scalar(Clip.class, "nearest number between two ends"),
        scalar(Cosh.class, "hyperbolic cosine"),
        scalar(Elu.class, "exponential linear unit"),
        scalar(Erf.class, "error function"),
        scalar(Exp.class, "exponential function"),
        scalar(Expm1.class, "exp(x) − 1"),
        scalar(Gelu.class, "x · Φ(x) by the exact error function"),
        scalar(GeluTanh.class, "x · Φ(x) approximated by a hyperbolic tangent"),
        scalar(HardSigmoid.class, "a line held between 0 and 1"),
        scalar(HardSwish.class, "x · min(max(x + 3, 0), 6) / 6"),
        scalar(LeakyRelu.class, "x above zero, a small multiple below"),
        scalar(Log.class, "natural logarithm"),
        scalar(Log1p.class, "ln(1 + x)"),
        scalar(LogSigmoid.class, "logarithm of the sigmoid"),
        scalar(Mish.class, "x · tanh(ln(1 + exp(x)))"),
        scalar(Neg.class, "the other sign"),
        scalar(PowConstant.class, "x raised to a fixed power"),
        scalar(Reciprocal.class, "1 / x"),
        scalar(Relu.class, "the larger of x and zero"),
        scalar(Selu.class, "scaled exponential linear unit"),
        scalar(Sigmoid.class, "1 / (1 + exp(−x))"),
        scalar(Silu.class, "x · σ(x)"),
        scalar(Sinh.class, "hyperbolic sine"),
        scalar(SoftShrink.class, "pulled toward zero by a fixed amount"),
        scalar(Softplus.class, "smooth rectifier"),
        scalar(Softsign.class, "x / (1 + |x|)"),
        scalar(Sqrt.class, "square root"),
        scalar(Square.class, "x · x"),
        scalar(Tanh.class, "hyperbolic tangent"));
  }

  private static List<Entry> windows() {
    return List.of(
        window(AdaptiveMaxPool.class, "largest of each of a number of parts of the image"),
        window(MaxPool.class, "largest of each window"),
        window(ReduceMax.class, "largest over axes"));
  }

  private static List<Entry> bilinear() {
    return List.of(
        bilinear(Einsum.class, "sums of products spelled with letters"),
        bilinear(MatMul.class, "matrix product of two values"),
        bilinear(Mul.class, "product of two values, element by element"));
  }

  private static List<Entry> rows() {
    return List.of(
        row(ArgMax.class, "where the largest along an axis is"),
        row(ArgMin.class, "where the smallest along an axis is"),
        row(Attention.class, "values weighted by softmax of scaled products"),
        row(Ceil.class, "smallest whole number not below"),
        row(Cos.class, "cosine"),
        row(Div.class, "quotient of two values"),
        row(Floor.class, "largest whole number not above"),
        row(Gru.class, "gated recurrent unit, one layer and direction"),
        row(GroupNorm.class, "groups of channels normed over all pixels"),
        row(Hardmax.class, "1 at the largest along an axis"),
        row(InstanceNorm.class, "each channel normed over all pixels"),
        row(IsInf.class, "whether elements are infinite"),
        row(IsNan.class, "whether elements are not numbers"),
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
        row(Round.class, "nearest whole number"),
        row(Shrink.class, "pulled toward zero, flat between"),
        row(Sign.class, "−1, 0 or 1"),
        row(Sin.class, "sine"),
        row(Softmax.class, "exponentials divided by their sum along an axis"),
        row(Tan.class, "tangent"),
        row(ThresholdedRelu.class, "x above a threshold, 0 else"),
        row(TopK.class, "the k best along an axis and where they were"),
        row(Trunc.class, "whole number toward zero"),
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
        run(Logic.class, "logic on booleans"),
        run(NonZero.class, "where elements are not zero"),
        run(OneHot.class, "a new axis with one value at a position"),
        run(Range.class, "numbers with equal steps"),
        run(ScatterElements.class, "elements written to computed positions"),
        run(ScatterNd.class, "blocks written to computed places"),
        run(ShapeOf.class, "sizes of a value"),
        run(SizeOf.class, "number of elements"));
  }

  private static Entry affine(Class<? extends AffineOp> type, String phrase) {
    return new Entry(type, Family.AFFINE, phrase);
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

  private static Entry bilinear(Class<? extends BilinearOp> type, String phrase) {
    return new Entry(type, Family.BILINEAR, phrase);
  }

  private static Entry row(Class<? extends RowOp> type, String phrase) {
    return new Entry(type, Family.ROW, phrase);
  }

  private static Entry run(Class<? extends RunOp> type, String phrase) {
    boolean sizes = SizeOp.class.isAssignableFrom(type);
    return new Entry(type, sizes ? Family.SIZE : Family.RUN, phrase);
  }
}
