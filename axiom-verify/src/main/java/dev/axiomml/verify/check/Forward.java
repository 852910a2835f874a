package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.ByFamily;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The forward walk of one box: the range of every value, in whole numbers.
 *
 * <p>Ranges that decide how good a line or a bound is are first made tighter by a backward walk,
 * where the proof says so. Of row operators their own stated {@code bound} is trusted.
 */
final class Forward implements ByFamily<Range> {
  private final Known known;
  private final Rounding rounding;
  private final Forms forms;
  private final Optional<Tightening> tightening;

  private Forward(Forms forms, Known known, Rounding rounding, boolean linear) {
    this.forms = forms;
    this.known = known;
    this.rounding = rounding;
    this.tightening = linear ? Optional.of(new Tightening(forms, known)) : Optional.empty();
  }

  /** Everything known of a box. */
  static Known of(Forms forms, Cell cell, Rounding rounding, boolean linear) {
    List<Range> box = cell.ranges();
    Known known = new Known(cell.sphere());
    for (int i = 0; i < box.size(); i++) {
      known.put(forms.graph().inputs().get(i), box.get(i));
    }
    forms.graph().read(box, new Forward(forms, known, rounding, linear));
    return known;
  }

  @Override
  public Range constant(Value at, Tensor tensor) {
    double[] numbers = tensor.dtype() == DType.FLOAT32 ? tensor.toDoubles() : new double[0];
    boolean finite = Arrays.stream(numbers).allMatch(x -> Math.abs(x) <= Double.MAX_VALUE);
    if (!finite || tensor.dtype() != DType.FLOAT32) {
      return known.put(at, Range.unbounded(tensor.size()));
    }
    Dyadic[] exact = Arrays.stream(numbers).mapToObj(Dyadic::of).toArray(Dyadic[]::new);
    return known.put(at, Range.of(exact, exact));
  }

  @Override
  public List<Range> node(Node at, List<Range> in) {
    forms.meter().ask();
    boolean bounded =
        in.stream().allMatch(Range::isBounded) && at.out().stream().allMatch(Forward::isFloat);
    List<Range> out =
        bounded ? guarded(at, at.in().stream().map(known::range).toList()) : nothing(at);
    for (int i = 0; i < out.size(); i++) {
      known.put(at.out().get(i), out.get(i));
    }
    return out;
  }

  private static boolean isFloat(Value value) {
    return value.type().isTensor() && value.type().dtype() == DType.FLOAT32;
  }

  /** Numbers that cannot be held or a function outside its domain mean that nothing is known. */
  private List<Range> guarded(Node at, List<Range> in) {
    try {
      return ByFamily.super.node(at, in);
    } catch (ArithmeticException outside) {
      return nothing(at);
    }
  }

  private static List<Range> nothing(Node at) {
    return at.out().stream().map(Forward::nothing).toList();
  }

  private static Range nothing(Value value) {
    boolean sized = value.type().isTensor() && value.type().shape().isFixed();
    return Range.unbounded(sized ? value.type().shape().count() : 0);
  }

  @Override
  public Range affine(Node at, AffineOp op, List<Range> x) {
    Weighted.Image image = forms.affine(at).image(x, rounding, forms.meter());
    if (image.out().isBounded()) {
      known.put(at, image.shift());
    }
    return image.out();
  }

  @Override
  public Range scalar(Node at, ScalarOp op, Range x) {
    Range tight = tight(at, 0, i -> Curve.bends(op, x.lo(i), x.hi(i)));
    Lines lines = Lines.of(op, tight, rounding);
    known.put(at, lines);
    return lines.out();
  }

  private Range tight(Node at, int operand, IntPredicate which) {
    Value value = at.in().get(operand);
    Range x = known.range(value);
    return tightening.map(t -> known.put(value, t.of(value, x, which))).orElse(x);
  }

  @Override
  public Range window(Node at, WindowOp op, Range x) {
    Range tight = tight(at, 0, i -> true);
    int size = at.out().get(0).type().shape().count();
    Dyadic[] lo = new Dyadic[size];
    Dyadic[] hi = new Dyadic[size];
    op.windows(
        at.in().get(0).type().shape(),
        (out, members, count) -> {
          if (count == 0) {
            throw new ArithmeticException("an empty window");
          }
          lo[out] = tight.lo(members[0]);
          hi[out] = tight.hi(members[0]);
          for (int i = 1; i < count; i++) {
            lo[out] = lo[out].max(tight.lo(members[i]));
            hi[out] = hi[out].max(tight.hi(members[i]));
          }
        });
    return Range.of(lo, hi);
  }

  @Override
  public Range bilinear(Node at, BilinearOp op, Range x, Range y) {
    Range first = tight(at, 0, i -> true);
    Range second = tight(at, 1, i -> true);
    Shape a = at.in().get(0).type().shape();
    Shape b = at.in().get(1).type().shape();
    Products products = new Products(first, second, at.out().get(0).type().shape().count());
    op.taps(a, b, forms.meter().on(products));
    Products.Image image = products.image(rounding);
    known.put(at, image.shift());
    return image.out();
  }

  @Override
  public List<Range> row(Node at, RowOp op, List<Range> x) {
    List<Range> in = IntStream.range(0, x.size()).mapToObj(i -> tight(at, i, e -> true)).toList();
    Optional<List<Box>> out = op.bound(at.inTypes(), in.stream().map(Forward::box).toList());
    return out.map(boxes -> boxes.stream().map(this::range).toList()).orElseGet(() -> nothing(at));
  }

  private static Box box(Range range) {
    double[] lo = new double[range.size()];
    double[] hi = new double[range.size()];
    Arrays.setAll(lo, i -> range.lo(i).floorDouble());
    Arrays.setAll(hi, i -> range.hi(i).ceilDouble());
    return new Box(lo, hi);
  }

  private Range range(Box box) {
    Dyadic[] lo = new Dyadic[box.size()];
    Dyadic[] hi = new Dyadic[box.size()];
    for (int i = 0; i < box.size(); i++) {
      lo[i] = Dyadic.of(box.lo()[i]);
      hi[i] = Dyadic.of(box.hi()[i]);
      if (hi[i].below(lo[i]) || rounding.overflows(lo[i].abs().max(hi[i].abs()))) {
        return Range.unbounded(box.size());
      }
    }
    return Range.of(lo, hi);
  }

  @Override
  public List<Range> run(Node at, RunOp op, List<Range> x) {
    return nothing(at);
  }
}
