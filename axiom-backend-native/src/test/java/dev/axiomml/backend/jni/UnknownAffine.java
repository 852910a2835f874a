package dev.axiomml.backend.jni;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** An affine operator of a class that no table knows. */
record UnknownAffine(AffineOp inner) implements AffineOp {
  @Override
  public Shape out(List<Shape> in) {
    return inner.out(in);
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    return inner.nests(operand, in);
  }

  @Override
  public Optional<Parameter> weight() {
    return inner.weight();
  }

  @Override
  public Optional<Parameter> bias() {
    return inner.bias();
  }

  @Override
  public Tensor coefficients(List<Shape> in) {
    return inner.coefficients(in);
  }

  @Override
  public Optional<Tensor> offset(List<Shape> in) {
    return inner.offset(in);
  }

  @Override
  public int extraRoundings() {
    return inner.extraRoundings();
  }
}
