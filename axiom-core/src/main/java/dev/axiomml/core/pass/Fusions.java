package dev.axiomml.core.pass;

import static dev.axiomml.core.pass.Term.any;
import static dev.axiomml.core.pass.Term.made;
import static dev.axiomml.core.pass.Term.number;
import static dev.axiomml.core.pass.Term.power;
import static dev.axiomml.core.pass.Term.scaled;
import static dev.axiomml.core.pass.Term.scaledProduct;
import static dev.axiomml.core.pass.Term.shifted;
import static dev.axiomml.core.pass.Term.squared;
import static dev.axiomml.core.pass.Term.value;

import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.Attention;
import dev.axiomml.core.op.Clip;
import dev.axiomml.core.op.Div;
import dev.axiomml.core.op.Dropout;
import dev.axiomml.core.op.Erf;
import dev.axiomml.core.op.Gelu;
import dev.axiomml.core.op.GeluTanh;
import dev.axiomml.core.op.HardSigmoid;
import dev.axiomml.core.op.HardSwish;
import dev.axiomml.core.op.LayerNorm;
import dev.axiomml.core.op.MatMul;
import dev.axiomml.core.op.Mish;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Reciprocal;
import dev.axiomml.core.op.ReduceMean;
import dev.axiomml.core.op.RmsNorm;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Silu;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.op.Softplus;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Sub;
import dev.axiomml.core.op.Tanh;
import dev.axiomml.core.op.Where;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Formulas that are one operator: a line each. */
final class Fusions {
  /** Before the name of a condition that is meant the other way round. */
  static final String NOT = "not ";

  private static final Term X = value("x");
  private static final Term NEVER = number(Double.NEGATIVE_INFINITY);
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
  record Fusion(Term formula, List<String> operands, Function<Found, Optional<Op>> op) {
    /** An operator on {@code x}. */
    Fusion(Term formula, Function<Found, Optional<Op>> op) {
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
          new Fusion(attention(masked()), List.of("q", "k", "v", "mask"), Fusions::attention),
          new Fusion(attention(hidden()), List.of("q", "k", "v", NOT + "mask"), Fusions::attention),
          new Fusion(attention(scores()), List.of("q", "k", "v"), Fusions::attention));

  private Fusions() {}

  private static Fusion always(Term formula, Op op) {
    return new Fusion(formula, found -> Optional.of(op));
  }

  private static Term gelu(Term gate) {
    return scaledProduct(0.5, X, gate);
  }

  /** {@code √(2/π) (x + 0.044715 x³)}. */
  private static Term bent() {
    Term cube = any(power(3, X), made(Mul.class, X, squared(X)));
    Term line = shifted(scaled(0.044715, squared(X)), 1);
    return any(
        scaled(WIDE, made(Add.class, X, scaled(0.044715, cube))), scaledProduct(WIDE, X, line));
  }

  private static Term smooth() {
    return made(op -> op.equals(Softplus.smooth()), X);
  }

  private static Term hardSigmoid() {
    Op hard = HardSigmoid.ofPyTorch();
    return made(
        op ->
            op instanceof HardSigmoid h
                && (float) h.alpha() == (float) (1 / 6.0)
                && h.beta() == ((HardSigmoid) hard).beta(),
        X);
  }

  /** {@code min(max(x + 3, 0), 6)}. */
  private static Term sixth() {
    return made(op -> op.equals(new Clip(0, 6)), shifted(X, 3));
  }

  private static Term mean(Term x) {
    return made(op -> op instanceof ReduceMean mean && mean.keep(), x);
  }

  private static Term centred() {
    return made(Sub.class, X, mean(X));
  }

  /** A value over the root of its mean square. */
  private static Term normed(Term x) {
    Term variance = shifted(mean(squared(x)), "epsilon");
    Term root = any(made(Sqrt.class, variance), power(0.5, variance));
    Term inverse =
        any(made(Reciprocal.class, root), made(Div.class, number(1), root), power(-0.5, variance));
    return any(made(Div.class, x, root), made(Mul.class, x, inverse));
  }

  private static Optional<Op> norm(Found found, boolean centred) {
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
    return Optional.of(
        centred
            ? new LayerNorm(count, Optional.empty(), Optional.empty(), epsilon)
            : new RmsNorm(count, Optional.empty(), epsilon));
  }

  private static Term attention(Term seen) {
    Term shares = made(Softmax.class, seen);
    return made(MatMul.class, any(made(Dropout.class, shares), shares), value("v"));
  }

  /** Products of queries and keys; the factor may be on them or on the operands. */
  private static Term scores() {
    Term product = made(MatMul.class, scaled(value("q"), "of q"), scaled(value("k"), "of k"));
    return scaled(product, "of both");
  }

  /** Scores with a mask that is added, or that says where they count. */
  private static Term masked() {
    return any(
        made(Add.class, scores(), value("mask")),
        made(Where.class, value("mask"), scores(), NEVER));
  }

  /** Scores with a condition that says where they do not count. */
  private static Term hidden() {
    return made(Where.class, value("mask"), NEVER, scores());
  }

  /** Softmax must go over the keys, and the factor be a number. */
  private static Optional<Op> attention(Found found) {
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
