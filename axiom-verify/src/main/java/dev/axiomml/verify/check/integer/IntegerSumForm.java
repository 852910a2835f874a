package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A sum of products in whole numbers: terms of which one factor is known with that factor, terms of
 * which neither is, the offset, and how many roundings an execution may make in each output.
 */
final class IntegerSumForm {
  /** More products than any network that can be checked in a day. */
  private static final long MOST_PRODUCTS = 1L << 34;

  private final SumOp op;
  private final int bits;
  private final List<Shape> shapes;
  private final List<Weighted> weighted = new ArrayList<>();
  private final List<SumTerm> products = new ArrayList<>();
  private final ScaledIntegers weights;
  private final Dyadic largest;
  private final boolean exact;
  private final int undivided;
  private final Dyadic[] offset;
  private final Count count;

  /**
   * A term of one open operand.
   *
   * @param at where its known factor begins among the weights
   * @param plain whether the operand is summed as it is: the factor is one, of exponent 0
   */
  private record Weighted(SumTerm term, int at, boolean plain) {
    static Weighted of(SumTerm term, int at) {
      return new Weighted(term, at, term.nests().stream().allMatch(LoopNest::isPlain));
    }
  }

  /**
   * @throws ArithmeticException when a coefficient is not finite, the sums are too long, or a term
   *     or an operand is of two kinds at once
   */
  IntegerSumForm(Node at, Function<Value, Optional<Tensor>> known, WorkMeter meter) {
    bits = ScaledIntegers.BITS;
    op = (SumOp) at.op();
    shapes = at.inTypes().stream().map(Type::shape).toList();
    int size = op.out(shapes).count();
    count = new Count(new int[size], new boolean[size]);
    List<SumTerm> terms = op.terms(shapes);
    terms.forEach(term -> meter.read(term.nests(), count));
    requireShort();
    Dyadic[] own = numbers(op.table(shapes));
    undivided = op.extraRoundings() == 0 ? 0 : undivided(own);
    List<Dyadic> table = new ArrayList<>(Arrays.asList(own));
    terms.forEach(
        term -> sort(term, table, k -> known.apply(at.in().get(k)).filter(IntegerSumForm::holds)));
    requireOneKind();
    Dyadic[] all = table.toArray(Dyadic[]::new);
    weights = ScaledIntegers.floor(all, ScaledIntegers.exponentFor(all, bits));
    largest =
        Arrays.stream(all)
            .map(Dyadic::abs)
            .reduce(
                weighted.stream().anyMatch(w -> w.plain) ? Dyadic.ONE : Dyadic.ZERO, Dyadic::max);
    exact = exact(all);
    Optional<Tensor> fill = op instanceof MoveOp move ? move.fill(shapes) : Optional.empty();
    offset = fill.map(this::spread).orElse(new Dyadic[0]);
  }

  private IntegerSumForm(IntegerSumForm wide, int bits) {
    op = wide.op;
    shapes = wide.shapes;
    weighted.addAll(wide.weighted);
    products.addAll(wide.products);
    largest = wide.largest;
    undivided = wide.undivided;
    offset = wide.offset;
    count = wide.count;
    this.bits = bits;
    int fewer = wide.bits - bits;
    weights = wide.weights.without(fewer);
    long lost = (1L << fewer) - 1;
    exact = wide.exact && Arrays.stream(wide.weights.mantissas()).allMatch(w -> (w & lost) == 0);
  }

  /** The same in weights of fewer bits, rounded down. */
  IntegerSumForm in(int fewer) {
    return new IntegerSumForm(this, fewer);
  }

  /** The most products that go into an output, or into an operand on the way back. */
  int mostTerms() {
    int most = Arrays.stream(count.terms).max().orElse(0);
    for (Weighted part : weighted) {
      most = Math.max(most, most(part.term, part.term.operand(), LoopNest::transposed));
    }
    for (SumTerm term : products) {
      most = Math.max(most, most(term, term.operand(), LoopNest::transposed));
      most = Math.max(most, most(term, term.factor(), LoopNest::bySecond));
    }
    return most;
  }

  private int most(SumTerm term, int operand, UnaryOperator<LoopNest> back) {
    int[] terms = new int[shapes.get(operand).count()];
    term.nests().forEach(nest -> back.apply(nest).count(terms));
    return Arrays.stream(terms).max().orElse(0);
  }

  private void requireShort() {
    if (Arrays.stream(count.terms).asLongStream().sum() > MOST_PRODUCTS
        || Arrays.stream(count.terms).anyMatch(n -> n > WideSums.TERMS)) {
      throw new ArithmeticException("a sum of more than " + WideSums.TERMS + " terms");
    }
  }

  /** Every operand is read by one term, whose nests are all plain or none of them. */
  private void requireOneKind() {
    int[] read =
        IntStream.concat(
                products.stream().flatMapToInt(IntegerSumForm::open),
                weighted.stream().mapToInt(w -> w.term.operand()))
            .toArray();
    boolean mixed =
        weighted.stream()
            .anyMatch(w -> !w.plain && w.term.nests().stream().anyMatch(LoopNest::isPlain));
    if (mixed || Arrays.stream(read).distinct().count() < read.length) {
      throw new ArithmeticException("an operand in two terms, or a term of two kinds");
    }
  }

  private static boolean holds(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32
        && Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite);
  }

  private static IntStream open(SumTerm product) {
    return IntStream.of(product.operand(), product.factor());
  }

  /** A term is linear where it has no second operand or where one of the two is known. */
  private void sort(SumTerm term, List<Dyadic> table, IntFunction<Optional<Tensor>> known) {
    if (!term.isProduct()) {
      weighted.add(Weighted.of(term, 0));
      return;
    }
    Optional<Tensor> factor = known.apply(term.factor());
    Optional<Tensor> operand = known.apply(term.operand());
    if (factor.isEmpty() && operand.isEmpty()) {
      products.add(term);
      return;
    }
    weighted.add(Weighted.of(factor.isPresent() ? term : term.exchanged(), table.size()));
    Tensor numbers = factor.or(() -> operand).orElseThrow();
    Arrays.stream(numbers.toDoubles()).mapToObj(Dyadic::of).forEach(table::add);
  }

  /** Whether a term is linear in an operand. */
  boolean isWeighted(int operand) {
    return weighted.stream().anyMatch(w -> w.term.operand() == operand);
  }

  /** Whether the range of an operand matters: it is more than a known factor. */
  boolean reads(int operand) {
    return isWeighted(operand)
        || products.stream().flatMapToInt(IntegerSumForm::open).anyMatch(k -> k == operand);
  }

  /** Whether every term has a known factor. */
  boolean isLinear() {
    return products.isEmpty();
  }

  /** The terms of which neither factor is known. */
  List<SumTerm> products() {
    return products;
  }

  /** An execution holds float32 numbers where the operator says that they are exact. */
  private Dyadic[] numbers(Tensor tensor) {
    boolean float32 = op.extraRoundings() == 0;
    Dyadic[] numbers = new Dyadic[tensor.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Dyadic.of(float32 ? tensor.floatAt(i) : tensor.doubleAt(i));
    }
    return numbers;
  }

  /** By which power of two a sum may be larger that is divided at the end: 1/w for the smallest. */
  private static int undivided(Dyadic[] table) {
    return Arrays.stream(table)
        .filter(w -> w.sign() != 0)
        .mapToInt(w -> Math.max(0, 1 - w.bits()))
        .max()
        .orElse(0);
  }

  private boolean exact(Dyadic[] table) {
    for (int i = 0; i < table.length; i++) {
      if (table[i].compareTo(weights.at(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  private Dyadic[] spread(Tensor tensor) {
    Shape out = op.out(shapes);
    Dyadic[] numbers = numbers(tensor);
    int[] from = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(tensor.shape(), out));
    return Arrays.stream(from).mapToObj(i -> numbers[i]).toArray(Dyadic[]::new);
  }

  /**
   * What inputs in ranges become.
   *
   * @param out what no execution leaves; unbounded where one may overflow
   * @param shift the offset and the rounding margin around it, so that every execution is the
   *     weighted sum plus something in it
   */
  record Image(IntegerRange out, IntegerRange shift) {}

  Image image(List<IntegerRange> in, ExactRounding rounding, WorkMeter meter) {
    int size = count.terms.length;
    Ends ends = new Ends(offset(1), offset(-1), new FloorSums(size));
    for (int o = 0; o < offset.length; o++) {
      ends.magnitude.add(o, filled(o).abs().negate());
    }
    for (Weighted part : weighted) {
      IntegerRange x = in.get(part.term.operand());
      KnownFactor factor = factor(part);
      WideSums[] sums = WideSums.three(size, bits);
      meter.read(part.term.nests(), factor.spread(x, sums));
      ends.add(sums, factor.exponent() + x.exponent());
    }
    for (SumTerm term : products) {
      IntegerRange a = in.get(term.operand());
      IntegerRange b = in.get(term.factor());
      ProductRanges ranges = new ProductRanges(a, b, WideSums.three(size, bits));
      meter.read(term.nests(), ranges);
      ends.add(ranges.sums(), a.exponent() + b.exponent());
    }
    meter.spend((long) size * WorkMeter.ELEMENT);
    FloorSums margin = margin(ends.magnitude, in, rounding);
    meter.ask();
    return image(ends, margin, rounding);
  }

  private Image image(Ends ends, FloorSums margin, ExactRounding rounding) {
    ends.magnitude.add(margin);
    for (int o = 0; o < margin.size(); o++) {
      if (rounding.overflows(ends.magnitude, o, undivided)) {
        IntegerRange nothing = IntegerRange.unbounded(margin.size());
        return new Image(nothing, nothing);
      }
    }
    ends.lo.add(margin);
    ends.hi.add(margin);
    FloorSums from = offset(1);
    FloorSums to = offset(-1);
    from.add(margin);
    to.add(margin);
    return new Image(IntegerRange.of(ends.lo, ends.hi, bits), IntegerRange.of(from, to, bits));
  }

  /** Lower ends, negated upper ends and negated magnitudes of sums so far. */
  private record Ends(FloorSums lo, FloorSums hi, FloorSums magnitude) {
    void add(WideSums[] sums, int exponent) {
      lo.add(sums[0], exponent);
      hi.add(sums[1], exponent);
      magnitude.add(sums[2], exponent);
    }
  }

  /** The offset, or its negative. */
  private FloorSums offset(int sign) {
    FloorSums sums = new FloorSums(count.terms.length);
    for (int o = 0; o < offset.length; o++) {
      sums.add(o, filled(o).times(sign));
    }
    return sums;
  }

  /** What a step that only moves adds is what it fills in where nothing is moved to. */
  private Dyadic filled(int o) {
    return count.terms[o] > 0 ? Dyadic.ZERO : offset[o];
  }

  /** What rounding may take off, given negated magnitudes. */
  private FloorSums margin(FloorSums magnitude, List<IntegerRange> in, ExactRounding rounding) {
    Dyadic input =
        IntStream.range(0, in.size())
            .filter(this::reads)
            .mapToObj(in::get)
            .map(IntegerRange::largest)
            .reduce(Dyadic.ZERO, Dyadic::max);
    Dyadic weight = isLinear() ? largest : largest.max(input);
    FloorSums margin = new FloorSums(magnitude.size());
    Dyadic lost = Dyadic.ZERO;
    int before = -1;
    for (int o = 0; o < margin.size(); o++) {
      int roundings = roundings(o);
      rounding.takeSum(margin, o, magnitude, roundings);
      if (o == 0 || count.terms[o] != count.terms[o - 1] || roundings != before) {
        before = roundings;
        Dyadic doubt = input.times(exact ? 0 : count.terms[o]).shifted(weights.exponent());
        lost =
            roundings > 0
                ? doubt.plus(rounding.flushed(count.terms[o], weight, input)).negate()
                : doubt.negate();
      }
      margin.add(o, lost);
    }
    return margin;
  }

  /** One a product, one an addition after the first term; a step that only moves makes none. */
  private int roundings(int o) {
    if (op instanceof MoveOp) {
      return 0;
    }
    int additions = Math.max(0, count.terms[o] - 1);
    return additions + (count.product[o] ? 1 : 0) + op.extraRoundings();
  }

  /** Weights on the outputs as weights on an operand, where it is not zero. */
  WidePanel back(int operand, IntegerRows rows, IntegerRange x, WorkMeter meter) {
    WidePanel sums = new WidePanel(x.size(), rows.count(), bits);
    for (Weighted part : weighted) {
      if (part.term.operand() == operand) {
        ProductLines lines = factor(part).back(rows.weights(), x, sums);
        meter.read(part.term.nests(), rows.count(), lines);
      }
    }
    return sums;
  }

  /** The exponent of what an operand is multiplied with. */
  int exponent(int operand) {
    return weighted.stream()
        .filter(w -> w.term.operand() == operand)
        .mapToInt(part -> factor(part).exponent())
        .findFirst()
        .orElse(0);
  }

  private KnownFactor factor(Weighted part) {
    return new KnownFactor(weights, part.at, part.plain);
  }

  /** Counts terms and products. */
  private record Count(int[] terms, boolean[] product) implements ProductLines {
    @Override
    public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
      for (int j = 0; j < n; j++) {
        terms[out + j * outStep]++;
        product[out + j * outStep] |= weight >= 0;
      }
    }
  }
}
