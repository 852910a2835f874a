package dev.axiomml.verify.smt;

import dev.axiomml.core.ir.ByFamily;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The reading of a network of straight pieces as exact statements about real numbers.
 *
 * <p>Weights are the float32 numbers that the program holds. What has no straight pieces, or
 * coefficients that are no float32 numbers, becomes a gap with its reason.
 */
final class SmtEncoder implements ByFamily<EncodedValue> {
  /** More products than a solver would get through. */
  private static final int PRODUCTS = 60_000;

  private final SmtFacts facts;
  private int products;

  SmtEncoder(SmtFacts facts) {
    this.facts = facts;
  }

  @Override
  public EncodedValue constant(Value at, Tensor tensor) {
    boolean finite =
        tensor.dtype().isFloat() && Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite);
    return finite
        ? EncodedValue.known(tensor)
        : EncodedValue.gap(at.name() + " is not finite", List.of());
  }

  @Override
  public List<EncodedValue> node(Node at, List<EncodedValue> in) {
    Optional<EncodedValue> broken = in.stream().filter(v -> v.gap().isPresent()).findFirst();
    if (broken.isPresent()) {
      return all(at, EncodedValue.gap(broken.get().gap().orElseThrow(), List.of()));
    }
    return ByFamily.super.node(at, in);
  }

  private static List<EncodedValue> all(Node at, EncodedValue same) {
    return at.out().stream().map(value -> same).toList();
  }

  private static EncodedValue gap(Node at, String why) {
    return EncodedValue.gap(at.name() + " (" + at.op().title() + ") " + why, List.of());
  }

  @Override
  public EncodedValue sum(Node at, SumOp op, List<EncodedValue> x) {
    List<Shape> shapes = at.inTypes().stream().map(Type::shape).toList();
    SmtSums sums = new SmtSums(op, shapes, x);
    products += sums.products();
    if (!sums.isLinear()) {
      return gap(at, "multiplies two values");
    }
    if (!sums.isExact()) {
      return gap(at, "has coefficients that are no exact float32 numbers");
    }
    if (products > PRODUCTS) {
      return gap(at, "makes the network too large: more than " + PRODUCTS + " products");
    }
    return EncodedValue.of(sums.all().stream().map(sum -> shortened(at, sum)).toList());
  }

  /** A long sum gets a name. */
  private SmtReal shortened(Node at, SmtReal sum) {
    return sum instanceof SmtReal.Sum ? facts.named(at.name(), sum) : sum;
  }

  @Override
  public EncodedValue scalar(Node at, ScalarOp op, EncodedValue x) {
    List<LinearPiece> pieces = LinearPiece.of(op);
    if (pieces.isEmpty()) {
      return gap(at, "has no straight pieces");
    }
    List<SmtReal> out = new ArrayList<>();
    for (SmtReal element : x.elements()) {
      SmtReal y = facts.fresh(at.name());
      facts.add(new SmtFact.Any(pieces.stream().map(piece -> piece.holds(element, y)).toList()));
      out.add(y);
    }
    return EncodedValue.of(out);
  }

  @Override
  public EncodedValue window(Node at, WindowOp op, EncodedValue x) {
    SmtReal[] out = new SmtReal[at.out().get(0).type().shape().count()];
    op.windows(
        at.in().get(0).type().shape(),
        (to, members, count) -> {
          List<SmtReal> window =
              Arrays.stream(members, 0, count).mapToObj(x.elements()::get).toList();
          out[to] = window.isEmpty() ? SmtReal.zero() : facts.largest(window);
          products += window.isEmpty() ? PRODUCTS : 0;
        });
    return products > PRODUCTS ? gap(at, "has an empty window") : EncodedValue.of(List.of(out));
  }

  @Override
  public List<EncodedValue> row(Node at, RowOp op, List<EncodedValue> x) {
    EncodedValue gap = gap(at, "has no straight pieces");
    boolean order = op instanceof Softmax softmax && isLast(softmax, at.in().get(0).type().shape());
    return all(at, order ? EncodedValue.gap(gap.gap().orElseThrow(), x.get(0).elements()) : gap);
  }

  private static boolean isLast(Softmax softmax, Shape shape) {
    return shape.axis(softmax.axis()) == shape.rank() - 1;
  }

  @Override
  public List<EncodedValue> run(Node at, RunOp op, List<EncodedValue> x) {
    return all(at, gap(at, "cannot be written: " + op.whyNoBound()));
  }
}
