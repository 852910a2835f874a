package dev.axiomml.core.pass;

import static dev.axiomml.core.pass.OpPattern.any;
import static dev.axiomml.core.pass.OpPattern.made;
import static dev.axiomml.core.pass.OpPattern.number;
import static dev.axiomml.core.pass.OpPattern.power;
import static dev.axiomml.core.pass.OpPattern.scaled;
import static dev.axiomml.core.pass.OpPattern.scaledProduct;
import static dev.axiomml.core.pass.OpPattern.shifted;
import static dev.axiomml.core.pass.OpPattern.squared;
import static dev.axiomml.core.pass.OpPattern.value;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Formulas that are one operator: a line each. */
final class FusionPatterns {
  /** Before the name of a condition that is meant the other way round. */
  static final String NOT = "not ";

  private static final OpPattern X = value("x");
  private static final OpPattern NEVER = number(Double.NEGATIVE_INFINITY);
  private static final double ROOT = Math.sqrt(0.5);
  private static final double WIDE = Math.sqrt(2 / Math.PI);

  /**
   * A formula and what it is.
   *
   * @param formula the formula
   * @param operands the names of the operator's inputs in the formula; a condition after {@link
   *     #NOT} is turned round
   * @param op the operator; empty where the details do not fit one
   */
  record Fusion(OpPattern formula, List<String> operands, Function<PatternMatch, Optional<Op>> op) {
    /** An operator on {@code x}. */
    Fusion(OpPattern formula, Function<PatternMatch, Optional<Op>> op) {
      this(formula, List.of("x"), op);
    }
  }

  static final List<Fusion> ALL =
      List.of(
          always(gelu(shifted(made(Erf.class, scaled(ROOT, X)), 1)), new Gelu()),
          always(gelu(shifted(made(Tanh.class, bent()), 1)), new GeluTanh()),
          always(made(Mul.class, X, made(Sigmoid.class, X)), new Silu()),
          always(made(Mul.class, X, made(Tanh.class, smooth())), new Mish()),
          always(made(Mul.class, X, hardSigmoid()), new HardSwish()),
          always(scaledProduct(1 / 6.0, X, sixth()), new HardSwish()),
          always(scaled(1 / 6.0, sixth()), HardSigmoid.ofPyTorch()),
          new Fusion(normed(centred()), found -> norm(found, true)),
          new Fusion(normed(X), found -> norm(found, false)),
          new Fusion(
              attention(masked()), List.of("q", "k", "v", "mask"), FusionPatterns::attention),
          new Fusion(
              attention(hidden()), List.of("q", "k", "v", NOT + "mask"), FusionPatterns::attention),
          new Fusion(attention(scores()), List.of("q", "k", "v"), FusionPatterns::attention));

  private FusionPatterns() {}

  private static Fusion always(OpPattern formula, Op op) {
    return new Fusion(formula, found -> Optional.of(op));
  }

  private static OpPattern gelu(OpPattern gate) {
    return scaledProduct(0.5, X, gate);
  }

  /** {@code √(2/π) (x + 0.044715 x³)}. */
  private static OpPattern bent() {
    OpPattern cube = any(power(3, X), made(Mul.class, X, squared(X)));
    OpPattern line = shifted(scaled(0.044715, squared(X)), 1);
    return any(
        scaled(WIDE, made(Add.class, X, scaled(0.044715, cube))), scaledProduct(WIDE, X, line));
  }

  private static OpPattern smooth() {
    return made(op -> op.equals(Softplus.smooth()), X);
  }

  private static OpPattern hardSigmoid() {
    Op hard = HardSigmoid.ofPyTorch();
    return made(
        op ->
            op instanceof HardSigmoid h
                && (float) h.alpha() == (float) (1 / 6.0)
                && h.beta() == ((HardSigmoid) hard).beta(),
        X);
  }

  /** {@code min(max(x + 3, 0), 6)}. */
  private static OpPattern sixth() {
    return made(op -> op.equals(new Clip(0, 6)), shifted(X, 3));
  }

  private static OpPattern mean(OpPattern x) {
    return made(op -> op instanceof ReduceMean mean && mean.keep(), x);
  }

  private static OpPattern centred() {
    return made(Sub.class, X, mean(X));
  }

  /** A value over the root of its mean square. */
  private static OpPattern normed(OpPattern x) {
    OpPattern variance = shifted(mean(squared(x)), "epsilon");
    OpPattern root = any(made(Sqrt.class, variance), power(0.5, variance));
    OpPattern inverse =
        any(made(Reciprocal.class, root), made(Div.class, number(1), root), power(-0.5, variance));
    return any(made(Div.class, x, root), made(Mul.class, x, inverse));
  }

  private static Optional<Op> norm(PatternMatch found, boolean centred) {
    Shape shape = found.value("x").type().shape();
    List<List<Integer>> axes =
        found.ops(ReduceMean.class).stream()
            .map(mean -> mean.axes().stream().map(shape::axis).sorted().toList())
            .distinct()
            .toList();
    int count = axes.get(0).size();
    int rank = shape.rank();
    boolean last =
        axes.equals(List.of(IntStream.range(rank - count, rank).boxed().toList())) && count > 0;
    double epsilon = found.number("epsilon");
    if (!last || !(epsilon >= 0)) {
      return Optional.empty();
    }
    return Optional.of(centred ? new LayerNorm(count, epsilon) : new RmsNorm(count, epsilon));
  }

  private static OpPattern attention(OpPattern seen) {
    OpPattern shares = made(Softmax.class, seen);
    return made(MatMul.class, any(made(Dropout.class, shares), shares), value("v"));
  }

  /** Products of queries and keys; the factor may be on them or on the operands. */
  private static OpPattern scores() {
    OpPattern product = made(MatMul.class, scaled(value("q"), "of q"), scaled(value("k"), "of k"));
    return scaled(product, "of both");
  }

  /** Scores with a mask that is added, or that says where they count. */
  private static OpPattern masked() {
    return any(
        made(Add.class, scores(), value("mask")),
        made(Where.class, value("mask"), scores(), NEVER));
  }

  /** Scores with a condition that says where they do not count. */
  private static OpPattern hidden() {
    return made(Where.class, value("mask"), NEVER, scores());
  }

  /** Softmax must go over the keys, and the factor be a number. */
  private static Optional<Op> attention(PatternMatch found) {
    int rank =
        Stream.of("q", "k", "mask")
            .flatMap(name -> found.find(name).stream())
            .mapToInt(value -> value.type().shape().rank())
            .max()
            .orElseThrow();
    int axis = found.ops(Softmax.class).get(0).axis();
    double scale = found.number("of q") * found.number("of k") * found.number("of both");
    double dropout =
        found.ops(Dropout.class).stream().mapToDouble(Dropout::rate).findFirst().orElse(0);
    boolean fits = (axis == -1 || axis == rank - 1) && Double.isFinite(scale);
    return fits ? Optional.of(new Attention(scale, dropout)) : Optional.empty();
  }
}
