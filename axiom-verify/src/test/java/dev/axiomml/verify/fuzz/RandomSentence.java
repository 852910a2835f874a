package dev.axiomml.verify.fuzz;

import dev.axiomml.verify.fuzz.ExactOracle.Grid;
import dev.axiomml.verify.fuzz.Quantity.Decimal;
import dev.axiomml.verify.fuzz.Quantity.Entry;
import dev.axiomml.verify.fuzz.Quantity.Folded;
import dev.axiomml.verify.fuzz.Quantity.Joined;
import dev.axiomml.verify.fuzz.Sentence.Asked;
import dev.axiomml.verify.fuzz.Sentence.Compared;
import dev.axiomml.verify.fuzz.Sentence.Denied;
import dev.axiomml.verify.fuzz.Sentence.Largest;
import dev.axiomml.verify.fuzz.Sentence.Linked;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random sentences about a sample, most of them true of the samples that were run, and many by
 * little: their thresholds are values that were seen.
 */
public final class RandomSentence {
  private static final List<String> RELATIONS = List.of("<=", "<", ">=", ">", "==", "≈");
  private static final List<String> FOLDS =
      List.of("sum", "max", "min", "norm1", "norm2", "norminf");
  private static final List<String> DECIMALS =
      List.of(
          "0",
          "1",
          "2",
          "10",
          "0.1",
          "0.2",
          "0.3",
          "0.5",
          "3",
          "1e30",
          "1e-30",
          "1e38",
          "1e39",
          "1e999",
          "1e-999",
          "3.4028235e38",
          "1e-45",
          "-1",
          "-0.1",
          "-10",
          "-1e30",
          "-1e999",
          "0.333333333333333333333333333333",
          "16777217",
          "1.0000000000000001");
  private static final List<String> PREDICATES =
      List.of("no_nan", "no_inf", "finite", "valid_probabilities");

  private final Random random;
  private final int[] in;
  private final int[] out;
  private final List<Trial> seen;

  /** Sentences about elements of these sizes, tuned to what was seen. */
  public RandomSentence(Random random, int[] in, int[] out, List<Trial> seen) {
    this.random = random;
    this.in = in;
    this.out = out;
    this.seen = seen.subList(0, Math.min(seen.size(), 16));
  }

  /** A sentence that is meant to be true, or false, of what was seen. */
  public Sentence next() {
    return sentence(random.nextInt(4), random.nextInt(8) > 0);
  }

  private Sentence sentence(int depth, boolean meant) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return atom(meant);
    }
    boolean other = random.nextInt(3) == 0 ? random.nextBoolean() : meant;
    return switch (random.nextInt(4)) {
      case 0 -> linked("and", depth, meant, other);
      case 1 -> linked("or", depth, other, meant);
      case 2 -> linked("implies", depth, random.nextBoolean(), meant);
      default -> new Denied(sentence(depth - 1, !meant));
    };
  }

  private Sentence linked(String word, int depth, boolean left, boolean right) {
    return new Linked(word, sentence(depth - 1, left), sentence(depth - 1, right));
  }

  private Sentence atom(boolean meant) {
    return switch (random.nextInt(12)) {
      case 0 -> new Asked(pick(PREDICATES), random.nextInt(6) > 0);
      case 1 -> largest();
      case 2, 3 -> identity();
      case 4 -> new Compared(quantity(2), pick(RELATIONS), quantity(2));
      case 5 -> new Compared(constant(2), pick(RELATIONS), constant(2));
      default -> tuned(meant);
    };
  }

  private Sentence largest() {
    boolean output = random.nextInt(8) > 0;
    int[] sizes = output ? out : in;
    int width = sizes[sizes.length - 1];
    List<Integer> row = row(sizes);
    if (random.nextInt(6) == 0) {
      int index = random.nextInt(3) == 0 ? 77 : random.nextInt(2 * width + 1);
      return new Largest(output, row, index);
    }
    Grid shape = new Grid(sizes, new float[0]);
    if (seen.isEmpty() || !shape.hasRows(row)) {
      return new Largest(output, row, random.nextInt(width));
    }
    Trial trial = seen.get(random.nextInt(seen.size()));
    float[] values = (output ? trial.y() : trial.x()).named(row).values();
    int best = 0;
    for (int i = 1; i < width; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return new Largest(output, row, best);
  }

  /** Mostly all rows; now and then some that are not there. */
  private List<Integer> row(int[] sizes) {
    boolean absent = random.nextInt(100) == 0;
    return sizes.length > 1 && random.nextBoolean() || absent
        ? List.of(random.nextInt(absent ? sizes[0] + 1 : sizes[0]))
        : List.of();
  }

  /** What is true, or nearly, whatever the elements are. */
  private Sentence identity() {
    Quantity a = random.nextInt(3) == 0 ? quantity(1) : leaf();
    Quantity b = leaf();
    boolean output = random.nextInt(8) > 0;
    return switch (random.nextInt(17)) {
      case 0 -> compared(times(times(a, "0.1"), "10"), pick(RELATIONS), a);
      case 1 -> compared(joined('+', a, decimal()), pick(RELATIONS), a);
      case 2 -> compared(joined('-', a, a), pick(RELATIONS), new Decimal("0"));
      case 3 -> compared(times(times(a, "1e30"), "1e-30"), pick(RELATIONS), a);
      case 4 ->
          compared(a, pick(RELATIONS), joined('-', new Decimal("1e999"), new Decimal("1e999")));
      case 5 -> compared(a, pick(RELATIONS), a);
      case 6 -> compared(folded("norm1", output), ">=", folded("norminf", output));
      case 7 -> compared(folded("norm2", output), "<=", folded("norm1", output));
      case 8 -> compared(folded("max", output), ">=", leafOf(output));
      case 9 -> compared(folded("min", output), "<=", leafOf(output));
      case 10 -> compared(folded(pick(FOLDS), output), "≈", a);
      case 11 -> compared(joined('-', joined('+', a, b), b), pick(RELATIONS), a);
      case 12 -> compared(times(a, "1e-999"), pick(RELATIONS), decimal());
      case 13 -> compared(folded(pick(FOLDS), output), "≈", new Decimal(random.nextInt(4) + ""));
      case 14 -> compared(a, pick(RELATIONS), b);
      case 15 -> compared(folded(pick(FOLDS), output), pick(RELATIONS), new Decimal("1"));
      default -> compared(times(a, pick(DECIMALS)), pick(RELATIONS), times(a, pick(DECIMALS)));
    };
  }

  /** A quantity against a number that is at the end of what was seen, or beyond by a little. */
  private Sentence tuned(boolean meant) {
    Quantity quantity = random.nextBoolean() ? leaf() : quantity(2);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Trial trial : seen) {
      double value = trial.oracle().rough(quantity);
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      return new Compared(quantity, pick(RELATIONS), constant(1));
    }
    double slack = slack(low, high);
    if (low == high && random.nextBoolean()) {
      return compared(quantity, meant ? pick(List.of("==", "≈")) : "<", Quantity.exactly(low));
    }
    boolean upper = random.nextBoolean();
    Quantity end = Quantity.exactly(upper == meant ? high + slack : low - slack);
    String relation = pick(upper ? List.of("<=", "<", "<=") : List.of(">=", ">", ">="));
    return shaped(quantity, relation, end);
  }

  private double slack(double low, double high) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> Math.ulp((float) size);
      case 2 -> -Math.ulp((float) size);
      case 3 -> size * 1e-6;
      case 4 -> (high - low) / 8;
      case 5 -> high - low + 0.1;
      case 6 -> size + 1;
      default -> 100 * (size + 1);
    };
  }

  /** The same comparison, written in another way. */
  private Sentence shaped(Quantity left, String relation, Quantity right) {
    String factor = pick(List.of("0.1", "10", "1e30", "2", "1e-40", "1e400"));
    return switch (random.nextInt(6)) {
      case 0 -> compared(right, mirrored(relation), left);
      case 1 -> compared(joined('-', left, right), relation, new Decimal("0"));
      case 2 -> compared(times(left, factor), relation, times(right, factor));
      default -> compared(left, relation, right);
    };
  }

  private static String mirrored(String relation) {
    return relation.startsWith("<")
        ? relation.replace('<', '>')
        : relation.startsWith(">") ? relation.replace('>', '<') : relation;
  }

  private Quantity quantity(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return random.nextInt(4) == 0 ? folded(pick(FOLDS), random.nextInt(5) > 0) : leaf();
    }
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> joined('+', quantity(depth - 1), quantity(depth - 1));
      case 3, 4 -> joined('-', quantity(depth - 1), quantity(depth - 1));
      case 5 -> joined('+', quantity(depth - 1), constant(1));
      case 6 ->
          random.nextInt(4) == 0
              ? joined('*', quantity(depth - 1), quantity(depth - 1))
              : joined('*', constant(1), quantity(depth - 1));
      default -> times(quantity(depth - 1), pick(DECIMALS));
    };
  }

  private Quantity constant(int depth) {
    return depth == 0 || random.nextInt(3) > 0
        ? decimal()
        : joined("+-*".charAt(random.nextInt(3)), constant(depth - 1), constant(depth - 1));
  }

  private Decimal decimal() {
    return new Decimal(pick(DECIMALS));
  }

  private Quantity leaf() {
    return leafOf(random.nextInt(6) > 0);
  }

  /** An element; now and then one that is not there. */
  private Quantity leafOf(boolean output) {
    List<Integer> index = new ArrayList<>();
    for (int size : output ? out : in) {
      index.add(random.nextInt(150) == 0 ? size : random.nextInt(size));
    }
    if (random.nextInt(300) == 0) {
      index.add(0);
    }
    return new Entry(output, index);
  }

  private static Sentence compared(Quantity left, String relation, Quantity right) {
    return new Compared(left, relation, right);
  }

  private static Quantity folded(String fold, boolean output) {
    return new Folded(fold, output);
  }

  private static Quantity joined(char sign, Quantity left, Quantity right) {
    return new Joined(sign, left, right);
  }

  private static Quantity times(Quantity left, String factor) {
    return joined('*', left, new Decimal(factor));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
