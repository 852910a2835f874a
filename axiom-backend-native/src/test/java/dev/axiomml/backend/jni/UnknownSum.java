package dev.axiomml.backend.jni;

import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** A sum of products of a class that no table knows. */
record UnknownSum(SumOp inner) implements SumOp {
  @Override
  public Shape out(List<Shape> in) {
    return inner.out(in);
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return inner.terms(in);
  }

  @Override
  public Tensor table(List<Shape> in) {
    return inner.table(in);
  }

  @Override
  public int extraRoundings() {
    return inner.extraRoundings();
  }
}
