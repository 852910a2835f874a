package dev.axiomml.verify.fuzz;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a sentence says of one sample, in exact arithmetic: the truth that the library is held to.
 *
 * <p>Written from the definition alone. Decimals are what they say; norms are enclosed; an atom
 * that mentions an element that is not finite is false, unless it asks about that; a denial is
 * pushed down to the atoms first.
 */
public final class ExactOracle {
  private static final BigDecimal UNIT =
      BigDecimal.ONE.divide(new BigDecimal(BigInteger.TWO.pow(24)));
  private static final BigDecimal SHARE = new BigDecimal("1e-6");

  private final Grid in;
  private final Grid out;

  /** Whether a sentence holds. */
  public enum Truth {
    /** It holds. */
    HOLDS,
    /** It does not. */
    FAILS,
    /** Its intervals do not tell. */
    OPEN;

    Truth and(Truth other) {
      return this == FAILS || other == FAILS ? FAILS : this == HOLDS ? other : this;
    }

    Truth or(Truth other) {
      return this == HOLDS || other == HOLDS ? HOLDS : this == FAILS ? other : this;
    }

    static Truth of(boolean holds) {
      return holds ? HOLDS : FAILS;
    }
  }

  /** The elements of one sample, row-major, with the sizes of its axes, the batch not counted. */
  public record Grid(int[] sizes, float[] values) {
    int width() {
      return sizes[sizes.length - 1];
    }

    /** The place of an index, or −1 where it is none. */
    int place(List<Integer> index) {
      int at = 0;
      boolean fits = index.size() == sizes.length;
      for (int axis = 0; fits && axis < sizes.length; axis++) {
        fits = index.get(axis) < sizes[axis];
        at = at * sizes[axis] + index.get(axis);
      }
      return fits ? at : -1;
    }

    /** Whether first indices name rows. */
    boolean hasRows(List<Integer> row) {
      boolean fits = row.size() < sizes.length;
      for (int axis = 0; fits && axis < row.size(); axis++) {
        fits = row.get(axis) < sizes[axis];
      }
      return fits;
    }

    /** The rows with these first indices. */
    Grid named(List<Integer> row) {
      int from = 0;
      int count = values.length;
      for (int axis = 0; axis < row.size(); axis++) {
        count /= sizes[axis];
        from += row.get(axis) * count;
      }
      int[] rest = Arrays.copyOfRange(sizes, row.size(), sizes.length);
      return new Grid(rest, Arrays.copyOfRange(values, from, from + count));
    }

    boolean isFinite() {
      boolean finite = true;
      for (float value : values) {
        finite &= Float.isFinite(value);
      }
      return finite;
    }
  }

  /** The oracle of one sample. */
  public ExactOracle(Grid in, Grid out) {
    this.in = in;
    this.out = out;
  }

  /** Whether a sentence holds of the sample. */
  public Truth of(Sentence sentence) {
    return of(sentence, true);
  }

  private Truth of(Sentence sentence, boolean affirmed) {
    if (sentence instanceof Sentence.Denied denied) {
      return of(denied.of(), !affirmed);
    }
    if (sentence instanceof Sentence.Linked linked) {
      boolean implies = linked.word().equals("implies");
      Truth left = of(linked.left(), affirmed != implies);
      Truth right = of(linked.right(), affirmed);
      return linked.word().equals("and") == affirmed ? left.and(right) : left.or(right);
    }
    if (sentence instanceof Sentence.Asked asked) {
      return asked(asked, affirmed);
    }
    return sentence instanceof Sentence.Largest largest
        ? largest(largest, affirmed)
        : compared((Sentence.Compared) sentence, affirmed);
  }

  /** A quantity as a double, NaN where it mentions what is not finite. */
  double rough(Quantity quantity) {
    boolean known = !mentionsAbsent(quantity) && finite(quantity);
    return known ? value(quantity).lo().doubleValue() : Double.NaN;
  }

  /** Whether an index of a sentence is none of the sample's. */
  public boolean mentionsAbsent(Sentence sentence) {
    if (sentence instanceof Sentence.Linked linked) {
      return mentionsAbsent(linked.left()) || mentionsAbsent(linked.right());
    }
    if (sentence instanceof Sentence.Denied denied) {
      return mentionsAbsent(denied.of());
    }
    if (sentence instanceof Sentence.Largest largest) {
      Grid grid = grid(largest.output());
      return largest.index() >= grid.width() || !grid.hasRows(largest.row());
    }
    return sentence instanceof Sentence.Compared c
        && (mentionsAbsent(c.left()) || mentionsAbsent(c.right()));
  }

  private boolean mentionsAbsent(Quantity quantity) {
    if (quantity instanceof Quantity.Joined joined) {
      return mentionsAbsent(joined.left()) || mentionsAbsent(joined.right());
    }
    return quantity instanceof Quantity.Entry entry
        && grid(entry.output()).place(entry.index()) < 0;
  }

  private Grid grid(boolean output) {
    return output ? out : in;
  }

  private Truth asked(Sentence.Asked asked, boolean affirmed) {
    Grid grid = grid(asked.output());
    if (asked.predicate().equals("valid_probabilities")) {
      return Truth.of(grid.isFinite() && distributions(grid) == affirmed);
    }
    IntPredicate fine =
        switch (asked.predicate()) {
          case "no_nan" -> i -> !Float.isNaN(grid.values()[i]);
          case "no_inf" -> i -> !Float.isInfinite(grid.values()[i]);
          default -> i -> Float.isFinite(grid.values()[i]);
        };
    boolean all = java.util.stream.IntStream.range(0, grid.values().length).allMatch(fine);
    return Truth.of(all == affirmed);
  }

  private static boolean distributions(Grid grid) {
    int width = grid.width();
    BigDecimal room = UNIT.multiply(BigDecimal.valueOf(2L * width + 3));
    boolean fine = true;
    for (int row = 0; row < grid.values().length; row += width) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = row; i < row + width; i++) {
        fine &= grid.values()[i] >= 0 && grid.values()[i] <= 1;
        sum = sum.add(new BigDecimal(grid.values()[i]));
      }
      fine &= sum.subtract(BigDecimal.ONE).abs().compareTo(room) <= 0;
    }
    return fine;
  }

  /** One of its rows that is not finite makes it false, and its denial too. */
  private Truth largest(Sentence.Largest largest, boolean affirmed) {
    Grid grid = grid(largest.output()).named(largest.row());
    boolean everywhere = true;
    for (int row = 0; row < grid.values().length; row += grid.width()) {
      for (int i = 0; i < grid.width(); i++) {
        everywhere &= !(grid.values()[row + i] > grid.values()[row + largest.index()]);
      }
    }
    return Truth.of(grid.isFinite() && everywhere == affirmed);
  }

  private Truth compared(Sentence.Compared c, boolean affirmed) {
    if (!finite(c.left()) || !finite(c.right())) {
      return Truth.FAILS;
    }
    Enclosure left = value(c.left());
    Enclosure off = left.minus(value(c.right()));
    if (c.relation().equals("≈") || c.relation().equals("~=")) {
      return signed(tolerance(c.left(), left).minus(off.abs()).sign(), s -> s >= 0, affirmed);
    }
    IntPredicate wanted =
        switch (c.relation()) {
          case "<=" -> s -> s <= 0;
          case "<" -> s -> s < 0;
          case ">=" -> s -> s >= 0;
          case ">" -> s -> s > 0;
          default -> s -> s == 0;
        };
    return decided(off, wanted, affirmed);
  }

  /** Where the sign is not known, all that are possible may still agree. */
  private static Truth decided(Enclosure off, IntPredicate wanted, boolean affirmed) {
    boolean low = wanted.test(off.lo().signum());
    boolean one = low == wanted.test(off.hi().signum());
    boolean all = one && (off.sign() != 2 || low == wanted.test(0));
    return all ? Truth.of(low == affirmed) : Truth.OPEN;
  }

  private static Truth signed(int sign, IntPredicate wanted, boolean affirmed) {
    return sign == 2 ? Truth.OPEN : Truth.of(wanted.test(sign) == affirmed);
  }

  private Enclosure tolerance(Quantity left, Enclosure value) {
    if (left instanceof Quantity.Folded folded && folded.fold().equals("sum")) {
      Enclosure magnitude = fold(new Quantity.Folded("norm1", folded.output()));
      long n = grid(folded.output()).values().length;
      return magnitude.times(Enclosure.of(UNIT.multiply(BigDecimal.valueOf(2 * n + 3))));
    }
    return value.abs().times(Enclosure.of(SHARE));
  }

  /** Whether all elements that are mentioned are finite. */
  private boolean finite(Quantity quantity) {
    if (quantity instanceof Quantity.Joined joined) {
      return finite(joined.left()) && finite(joined.right());
    }
    if (quantity instanceof Quantity.Folded folded) {
      return grid(folded.output()).isFinite();
    }
    return !(quantity instanceof Quantity.Entry entry) || Float.isFinite(element(entry));
  }

  private float element(Quantity.Entry entry) {
    Grid grid = grid(entry.output());
    return grid.values()[grid.place(entry.index())];
  }

  private Enclosure value(Quantity quantity) {
    if (quantity instanceof Quantity.Decimal decimal) {
      return Enclosure.of(new BigDecimal(decimal.digits()));
    }
    if (quantity instanceof Quantity.Entry entry) {
      return Enclosure.of(element(entry));
    }
    if (quantity instanceof Quantity.Folded folded) {
      return fold(folded);
    }
    Quantity.Joined joined = (Quantity.Joined) quantity;
    Enclosure left = value(joined.left());
    Enclosure right = value(joined.right());
    return switch (joined.sign()) {
      case '+' -> left.plus(right);
      case '-' -> left.minus(right);
      default -> left.times(right);
    };
  }

  private Enclosure fold(Quantity.Folded folded) {
    float[] values = grid(folded.output()).values();
    boolean extreme = folded.fold().equals("max") || folded.fold().equals("min");
    Enclosure result = extreme ? Enclosure.of(values[0]) : Enclosure.ZERO;
    for (float value : values) {
      Enclosure x = Enclosure.of(value);
      result =
          switch (folded.fold()) {
            case "sum" -> result.plus(x);
            case "max" -> result.max(x);
            case "min" -> result.min(x);
            case "norm1" -> result.plus(x.abs());
            case "norm2" -> result.plus(x.times(x));
            default -> result.max(x.abs());
          };
    }
    return folded.fold().equals("norm2") ? Enclosure.root(result.lo()) : result;
  }
}
