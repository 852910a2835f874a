package dev.axiomml.verify.smt;

import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The outputs of an affine step as sums. */
final class AffineSums implements ProductLines {
  private final AffineOp op;
  private final Tensor weights;
  private final List<List<SmtReal>> terms;
  private final Optional<Tensor> offset;
  private final int[] offsetAt;
  private List<SmtReal> operand = List.of();

  AffineSums(AffineOp op, List<Shape> shapes, List<EncodedValue> x) {
    this.op = op;
    Shape out = op.out(shapes);
    weights = op.coefficients(shapes);
    terms =
        IntStream.range(0, out.count()).<List<SmtReal>>mapToObj(o -> new ArrayList<>()).toList();
    offset = op.offset(shapes);
    offsetAt =
        offset
            .map(t -> IndexWalk.walk(out.sizes(), IndexWalk.broadcast(t.shape(), out)))
            .orElse(new int[0]);
    for (int i = 0; i < x.size(); i++) {
      operand = x.get(i).elements();
      op.nests(i, shapes).forEach(nest -> nest.lines(this));
    }
  }

  int products() {
    return terms.stream().mapToInt(List::size).sum();
  }

  /** Whether all numbers are finite and just what an execution holds. */
  boolean isExact() {
    return isExact(weights) && offset.map(this::isExact).orElse(true);
  }

  private boolean isExact(Tensor table) {
    for (int i = 0; i < table.size(); i++) {
      double w = table.doubleAt(i);
      if (!Double.isFinite(table.floatAt(i)) || (op.extraRoundings() > 0 && w != (float) w)) {
        return false;
      }
    }
    return true;
  }

  List<SmtReal> all() {
    return IntStream.range(0, terms.size()).mapToObj(this::sum).toList();
  }

  /** A step that only moves fills in where nothing is moved to. */
  private SmtReal sum(int o) {
    List<SmtReal> sum = new ArrayList<>(terms.get(o));
    boolean fills = !(op instanceof MoveOp) || sum.isEmpty();
    offset.filter(t -> fills).ifPresent(t -> sum.add(SmtReal.of(t.floatAt(offsetAt[o]))));
    return sum.isEmpty() ? SmtReal.zero() : sum.size() == 1 ? sum.get(0) : new SmtReal.Sum(sum);
  }

  @Override
  public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
    for (int j = 0; j < n; j++) {
      SmtReal x = operand.get(in + j * inStep);
      terms.get(out + j * outStep).add(weight < 0 ? x : x.times(number(weight + j * weightStep)));
    }
  }

  private BigDecimal number(int index) {
    float weight = weights.floatAt(index);
    return Float.isFinite(weight) ? new BigDecimal(weight) : BigDecimal.ZERO;
  }
}
