package dev.axiomml.verify.smt;

import dev.axiomml.core.ir.ByFamily;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.op.WindowOp;
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
final class Encoder implements ByFamily<Encoded> {
  /** More products than a solver would get through. */
  private static final int PRODUCTS = 60_000;

  private final Facts facts;
  private int products;

  Encoder(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Encoded constant(Value at, Tensor tensor) {
    double[] values = tensor.dtype().isFloat() ? tensor.toDoubles() : new double[] {Double.NaN};
    return Arrays.stream(values).allMatch(Double::isFinite)
        ? Encoded.of(Arrays.stream(values).mapToObj(Real::of).toList())
        : Encoded.gap(at.name() + " is not finite", List.of());
  }

  @Override
  public List<Encoded> node(Node at, List<Encoded> in) {
    Optional<Encoded> broken = in.stream().filter(v -> v.gap().isPresent()).findFirst();
    if (broken.isPresent()) {
      return all(at, Encoded.gap(broken.get().gap().orElseThrow(), List.of()));
    }
    return ByFamily.super.node(at, in);
  }

  private static List<Encoded> all(Node at, Encoded same) {
    return at.out().stream().map(value -> same).toList();
  }

  private static Encoded gap(Node at, String why) {
    return Encoded.gap(at.name() + " (" + at.op().title() + ") " + why, List.of());
  }

  @Override
  public Encoded affine(Node at, AffineOp op, List<Encoded> x) {
    List<Shape> shapes = at.inTypes().stream().map(Type::shape).toList();
    Sums sums = new Sums(op, shapes, x);
    products += sums.products();
    if (!sums.isExact()) {
      return gap(at, "has coefficients that are no exact float32 numbers");
    }
    if (products > PRODUCTS) {
      return gap(at, "makes the network too large: more than " + PRODUCTS + " products");
    }
    return Encoded.of(sums.all().stream().map(sum -> shortened(at, sum)).toList());
  }

  /** A long sum gets a name. */
  private Real shortened(Node at, Real sum) {
    return sum instanceof Real.Sum ? facts.named(at.name(), sum) : sum;
  }

  @Override
  public Encoded scalar(Node at, ScalarOp op, Encoded x) {
    List<Piece> pieces = Piece.of(op);
    if (pieces.isEmpty()) {
      return gap(at, "has no straight pieces");
    }
    List<Real> out = new ArrayList<>();
    for (Real element : x.elements()) {
      Real y = facts.fresh(at.name());
      facts.add(new Fact.Any(pieces.stream().map(piece -> piece.holds(element, y)).toList()));
      out.add(y);
    }
    return Encoded.of(out);
  }

  @Override
  public Encoded window(Node at, WindowOp op, Encoded x) {
    Real[] out = new Real[at.out().get(0).type().shape().count()];
    op.windows(
        at.in().get(0).type().shape(),
        (to, members, count) -> {
          List<Real> window = Arrays.stream(members, 0, count).mapToObj(x.elements()::get).toList();
          out[to] = window.isEmpty() ? Real.zero() : facts.largest(window);
          products += window.isEmpty() ? PRODUCTS : 0;
        });
    return products > PRODUCTS ? gap(at, "has an empty window") : Encoded.of(List.of(out));
  }

  @Override
  public Encoded bilinear(Node at, BilinearOp op, Encoded first, Encoded second) {
    return gap(at, "multiplies two values");
  }

  @Override
  public List<Encoded> row(Node at, RowOp op, List<Encoded> x) {
    Encoded gap = gap(at, "has no straight pieces");
    boolean order = op instanceof Softmax softmax && isLast(softmax, at.in().get(0).type().shape());
    return all(at, order ? Encoded.gap(gap.gap().orElseThrow(), x.get(0).elements()) : gap);
  }

  private static boolean isLast(Softmax softmax, Shape shape) {
    return shape.axis(softmax.axis()) == shape.rank() - 1;
  }

  @Override
  public List<Encoded> run(Node at, RunOp op, List<Encoded> x) {
    return all(at, gap(at, "cannot be written: " + op.whyNoBound()));
  }
}
