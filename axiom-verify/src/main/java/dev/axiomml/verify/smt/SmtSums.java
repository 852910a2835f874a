package dev.axiomml.verify.smt;

import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The outputs of a sum of products of which one factor is known. */
final class SmtSums implements ProductLines {
  private final SumOp op;
  private final Tensor table;
  private final List<List<SmtReal>> terms;
  private final Optional<Tensor> offset;
  private final int[] offsetAt;
  private boolean linear = true;
  private List<SmtReal> operand = List.of();
  private IntFunction<BigDecimal> factor = index -> BigDecimal.ONE;

  SmtSums(SumOp op, List<Shape> shapes, List<EncodedValue> x) {
    this.op = op;
    Shape out = op.out(shapes);
    table = op.table(shapes);
    terms =
        IntStream.range(0, out.count()).<List<SmtReal>>mapToObj(o -> new ArrayList<>()).toList();
    offset = op instanceof MoveOp move ? move.fill(shapes) : Optional.empty();
    offsetAt =
        offset
            .map(t -> IndexWalk.walk(out.sizes(), IndexWalk.broadcast(t.shape(), out)))
            .orElse(new int[0]);
    op.terms(shapes).forEach(term -> read(term, x));
  }

  private void read(SumTerm term, List<EncodedValue> x) {
    if (!term.isProduct()) {
      factor = this::own;
      add(term, x);
    } else if (x.get(term.factor()).isKnown()) {
      factor = x.get(term.factor())::number;
      add(term, x);
    } else if (x.get(term.operand()).isKnown()) {
      factor = x.get(term.operand())::number;
      add(term.exchanged(), x);
    } else {
      linear = false;
    }
  }

  private void add(SumTerm term, List<EncodedValue> x) {
    operand = x.get(term.operand()).elements();
    term.nests().forEach(nest -> nest.lines(this));
  }

  /** Whether no two unknown values are multiplied. */
  boolean isLinear() {
    return linear;
  }

  int products() {
    return terms.stream().mapToInt(List::size).sum();
  }

  /** Whether all numbers are finite and just what an execution holds. */
  boolean isExact() {
    return isExact(table) && offset.map(this::isExact).orElse(true);
  }

  private boolean isExact(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      double w = tensor.doubleAt(i);
      if (!Double.isFinite(tensor.floatAt(i)) || (op.extraRoundings() > 0 && w != (float) w)) {
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
    boolean fills = sum.isEmpty();
    offset.filter(t -> fills).ifPresent(t -> sum.add(SmtReal.of(t.floatAt(offsetAt[o]))));
    return sum.isEmpty() ? SmtReal.zero() : sum.size() == 1 ? sum.get(0) : new SmtReal.Sum(sum);
  }

  @Override
  public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
    for (int j = 0; j < n; j++) {
      SmtReal x = operand.get(in + j * inStep);
      BigDecimal by = weight < 0 ? BigDecimal.ONE : factor.apply(weight + j * weightStep);
      terms.get(out + j * outStep).add(weight < 0 ? x : x.times(by));
    }
  }

  private BigDecimal own(int index) {
    float number = table.floatAt(index);
    return Float.isFinite(number) ? new BigDecimal(number) : BigDecimal.ZERO;
  }
}
