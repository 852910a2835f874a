package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.ByFamily;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The forward walk of one box: the range of every value, in whole numbers.
 *
 * <p>Ranges that decide how good a line or a bound is are first made tighter by a backward walk,
 * where the proof says so. Of row operators their own stated {@code bound} is trusted.
 */
public final class IntegerForward implements ByFamily<IntegerRange> {
  private final CellKnowledge known;
  private final ExactRounding rounding;
  private final IntegerForms forms;
  private final Optional<RangeTightening> tightening;

  private IntegerForward(
      IntegerForms forms, CellKnowledge known, ExactRounding rounding, boolean linear) {
    this.forms = forms;
    this.known = known;
    this.rounding = rounding;
    this.tightening = linear ? Optional.of(new RangeTightening(forms, known)) : Optional.empty();
  }

  /** Everything known of a box by itself. */
  public static CellKnowledge of(
      IntegerForms forms, CheckedRegion cell, ExactRounding rounding, boolean linear) {
    CellKnowledge known = new CellKnowledge(cell.sphere(), Optional.empty());
    return new IntegerForward(forms, known, rounding, linear).over(cell);
  }

  /** Everything known of a box in another one, by backward walks too. */
  public static CellKnowledge within(
      CellKnowledge above, IntegerForms forms, CheckedRegion cell, ExactRounding rounding) {
    CellKnowledge known = new CellKnowledge(cell.sphere(), Optional.of(above));
    return new IntegerForward(forms, known, rounding, true).over(cell);
  }

  private CellKnowledge over(CheckedRegion cell) {
    List<IntegerRange> box = cell.ranges(forms.bits());
    for (int i = 0; i < box.size(); i++) {
      known.put(forms.graph().inputs().get(i), box.get(i));
    }
    forms.graph().read(box, this);
    return known;
  }

  @Override
  public IntegerRange constant(Value at, Tensor tensor) {
    return known.put(at, forms.constant(at, () -> exactly(at, tensor)));
  }

  private IntegerRange exactly(Value at, Tensor tensor) {
    if (!forms.isRead(at)) {
      return IntegerRange.of(new Dyadic[0], new Dyadic[0]);
    }
    double[] numbers = tensor.dtype() == DType.FLOAT32 ? tensor.toDoubles() : new double[0];
    boolean finite = Arrays.stream(numbers).allMatch(x -> Math.abs(x) <= Double.MAX_VALUE);
    if (!finite || tensor.dtype() != DType.FLOAT32) {
      return IntegerRange.unbounded(tensor.size());
    }
    Dyadic[] exact = Arrays.stream(numbers).mapToObj(Dyadic::of).toArray(Dyadic[]::new);
    return IntegerRange.of(exact, exact, forms.bits());
  }

  @Override
  public List<IntegerRange> node(Node at, List<IntegerRange> in) {
    forms.meter().ask();
    boolean bounded =
        in.stream().allMatch(IntegerRange::isBounded)
            && at.out().stream().allMatch(IntegerForward::isFloat);
    List<IntegerRange> out =
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
  private List<IntegerRange> guarded(Node at, List<IntegerRange> in) {
    try {
      return ByFamily.super.node(at, in);
    } catch (ArithmeticException outside) {
      return nothing(at);
    }
  }

  private static List<IntegerRange> nothing(Node at) {
    return at.out().stream().map(IntegerForward::nothing).toList();
  }

  private static IntegerRange nothing(Value value) {
    boolean sized = value.type().isTensor() && value.type().shape().isFixed();
    return IntegerRange.unbounded(sized ? value.type().shape().count() : 0);
  }

  @Override
  public IntegerRange sum(Node at, SumOp op, List<IntegerRange> x) {
    IntegerSumForm form = forms.sum(at);
    List<IntegerRange> in = form.isLinear() ? x : tight(at, form);
    IntegerSumForm.Image image = form.image(in, rounding, forms.meter());
    if (image.out().isBounded()) {
      known.put(at, image.shift());
    }
    return forms
        .mixture(at)
        .map(mixture -> mixture.meet(image.out(), known, rounding))
        .orElse(image.out());
  }

  /** The operands of a sum with open products, made tighter. */
  private List<IntegerRange> tight(Node at, IntegerSumForm form) {
    return IntStream.range(0, at.in().size())
        .mapToObj(
            k -> form.reads(k) ? tight(at, k, IntegerForward::all) : known.range(at.in().get(k)))
        .toList();
  }

  @Override
  public IntegerRange scalar(Node at, ScalarOp op, IntegerRange x) {
    Profile profile = op.profile();
    Optional<StraightPieces> straight = StraightPieces.of(op);
    IntegerRange tight = tight(at, 0, range -> i -> bends(straight, profile, range.ends(i)));
    IntegerLines lines = IntegerLines.of(op, tight, rounding, forms.meter());
    known.put(at, lines);
    return lines.out();
  }

  private static boolean bends(Optional<StraightPieces> straight, Profile profile, double[] ends) {
    return straight
        .filter(s -> s.covers(ends[0], ends[1]))
        .map(s -> s.first(ends[0]) < s.last(ends[1]))
        .orElseGet(() -> IntegerCurve.bends(profile, ends));
  }

  private static IntPredicate all(IntegerRange range) {
    return element -> element < range.size();
  }

  private IntegerRange tight(Node at, int operand, Function<IntegerRange, IntPredicate> which) {
    Value value = at.in().get(operand);
    IntegerRange x = known.met(value);
    return tightening.map(t -> known.tighten(value, t.of(value, x, which.apply(x)))).orElse(x);
  }

  @Override
  public IntegerRange window(Node at, WindowOp op, IntegerRange x) {
    IntegerRange tight = tight(at, 0, IntegerForward::all);
    int size = at.out().get(0).type().shape().count();
    long[] lo = new long[size];
    long[] hi = new long[size];
    op.windows(
        at.in().get(0).type().shape(),
        (out, members, count) -> {
          if (count == 0) {
            throw new ArithmeticException("an empty window");
          }
          lo[out] = tight.lows()[members[0]];
          hi[out] = tight.highs()[members[0]];
          for (int i = 1; i < count; i++) {
            lo[out] = Math.max(lo[out], tight.lows()[members[i]]);
            hi[out] = Math.max(hi[out], tight.highs()[members[i]]);
          }
        });
    return tight.with(lo, hi);
  }

  @Override
  public List<IntegerRange> row(Node at, RowOp op, List<IntegerRange> x) {
    List<IntegerRange> in =
        IntStream.range(0, x.size()).mapToObj(i -> tight(at, i, IntegerForward::all)).toList();
    Optional<List<Box>> out = op.bound(at.inTypes(), in.stream().map(IntegerForward::box).toList());
    return out.map(boxes -> boxes.stream().map(this::range).toList()).orElseGet(() -> nothing(at));
  }

  private static Box box(IntegerRange range) {
    double[] lo = new double[range.size()];
    double[] hi = new double[range.size()];
    Arrays.setAll(lo, i -> range.lo(i).floorDouble());
    Arrays.setAll(hi, i -> range.hi(i).ceilDouble());
    return new Box(lo, hi);
  }

  private IntegerRange range(Box box) {
    Dyadic[] lo = new Dyadic[box.size()];
    Dyadic[] hi = new Dyadic[box.size()];
    for (int i = 0; i < box.size(); i++) {
      lo[i] = Dyadic.of(box.lo()[i]);
      hi[i] = Dyadic.of(box.hi()[i]);
      if (hi[i].below(lo[i]) || rounding.overflows(lo[i].abs().max(hi[i].abs()))) {
        return IntegerRange.unbounded(box.size());
      }
    }
    return IntegerRange.of(lo, hi, forms.bits());
  }

  @Override
  public List<IntegerRange> run(Node at, RunOp op, List<IntegerRange> x) {
    return nothing(at);
  }
}
