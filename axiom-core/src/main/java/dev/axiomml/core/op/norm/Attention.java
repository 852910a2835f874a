package dev.axiomml.core.op.norm;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.OpSettings;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Scaled dot-product attention: {@code softmax(scale · Q · Kᵀ + mask) · V}, the softmax over the
 * keys. Vaswani et al. 2017, section 3.2.1.
 *
 * <p>Shape: queries (…, L, E), keys turned as the product takes them (…, E, S), values (…, S, D),
 * and if wanted a mask (…, L, S), to (…, L, D); the axes before, such as batch and heads, are
 * broadcast. A float mask is added to the scaled products; a bool mask is true where a query looks.
 * A query that looks nowhere is NaN. Predictions and proofs take it in its parts.
 *
 * @param scale finite factor of the products, usually 1/√E
 * @param dropout the share of weights that training sets to zero, in [0, 1)
 */
public record Attention(double scale, double dropout) implements PartsOp {
  private static final MatMul PRODUCT = new MatMul();

  /** Checks the ranges. */
  public Attention {
    OpSettings.number("Attention scale", scale);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("a dropout rate is in [0, 1), got " + dropout);
    }
  }

  /** Without dropout. */
  public Attention(double scale) {
    this(scale, 0);
  }

  @Override
  public Attention withSettings(DoubleUnaryOperator change) {
    return new Attention(change.applyAsDouble(scale), dropout);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    if (in.size() != 3) {
      FamilyTypes.arity(this, in, 4);
    }
    boolean marked = in.size() == 4 && in.get(3).isTensor() && in.get(3).dtype() == DType.BOOL;
    DType dtype = FamilyTypes.floats(this, marked ? in.subList(0, 3) : in);
    return List.of(Type.of(out(FamilyTypes.shapes(in)), dtype));
  }

  private Shape out(List<Shape> in) {
    boolean fits =
        in.subList(0, 3).stream().allMatch(shape -> shape.rank() >= 2)
            && in.get(0).dim(-1).matches(in.get(1).dim(-2))
            && in.get(1).dim(-1).matches(in.get(2).dim(-2));
    if (!fits) {
      throw new ShapeException(
          new Diagnosis(
              "attention of queries " + in.get(0) + ", keys " + in.get(1) + ", values " + in.get(2),
              "",
              "queries are (…, L, E), keys turned (…, E, S), values (…, S, D), a mask (…, L, S)",
              "permute the keys, or reshape what does not fit"));
    }
    Shape scores = PRODUCT.out(List.of(in.get(0), in.get(1)));
    Shape seen =
        in.size() == 4 ? CommonShapeRules.broadcast("attention", scores, in.get(3)) : scores;
    return PRODUCT.out(List.of(seen, in.get(2)));
  }

  @Override
  public boolean isLowered(List<Type> in) {
    return true;
  }

  @Override
  public Optional<OpLowering> parts(List<Type> in) {
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            DType dtype = to.type(x.get(0)).dtype();
            V factor = to.constant(Tensor.ofDoubles(Shape.SCALAR, dtype, scale));
            V scaled = scale == 1 ? x.get(0) : to.one(new Mul(), List.of(x.get(0), factor));
            V scores = to.one(PRODUCT, List.of(scaled, x.get(1)));
            V seen = x.size() == 4 ? masked(to, scores, x.get(3)) : scores;
            V shares = to.one(new Softmax(-1), List.of(seen));
            V kept = dropout == 0 ? shares : to.one(new Dropout(dropout), List.of(shares));
            return to.emit(PRODUCT, List.of(kept, x.get(2)));
          }
        });
  }

  private static <V> V masked(OpEmitter<V> to, V scores, V mask) {
    if (to.type(mask).dtype() != DType.BOOL) {
      return to.one(new Add(), List.of(scores, mask));
    }
    Tensor never = Tensor.scalar(Float.NEGATIVE_INFINITY).to(to.type(scores).dtype());
    return to.one(new Where(), List.of(mask, scores, to.constant(never)));
  }

  /** The last two axes must stay. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return AxisOrderSettings.keepsLast(order, 2)
        ? Optional.of(new ReorderedOp(this, order))
        : Optional.empty();
  }
}
