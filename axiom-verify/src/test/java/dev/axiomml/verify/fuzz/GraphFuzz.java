package dev.axiomml.verify.fuzz;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import dev.axiomml.verify.fuzz.Quantity.Entry;
import dev.axiomml.verify.fuzz.Quantity.Folded;
import dev.axiomml.verify.fuzz.Sentence.Asked;
import dev.axiomml.verify.fuzz.Sentence.Compared;
import dev.axiomml.verify.fuzz.Sentence.Largest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random graphs of the whole catalogue of operators with simple claims: finite, bounds at and a
 * little beyond the extremes that were seen, the arg-max. What is PROVED must be true of all that
 * is run.
 */
final class GraphFuzz {
  private static final int POINTS = 20;

  /** Enough for the first bounds of most graphs, seldom for a search: many graphs matter more. */
  private static final int[] OFTEN = {20, 40, 40, 80, 80, 150, 400};

  private GraphFuzz() {}

  /**
   * Runs cases one after another.
   *
   * @return the number of claims
   * @throws AssertionError at the end, when there was a false answer
   */
  static int run(long seed, RunLength length) {
    return Cases.run(new FalseAnswers("Graphs", seed), length, GraphFuzz::graph);
  }

  private static void graph(At at, Random random) {
    Model<Output> model = RandomGraph.of(random);
    if (!Executed.runs(model)) {
      at.tally().word("of fixed batch");
      return;
    }
    try (Executed executed = new Executed(model, random.nextBoolean())) {
      Territory territory = RandomRegion.near(random, model);
      List<Trial> trials = executed.run(territory.points(random, POINTS), random);
      List<Sentence> claims = trials.isEmpty() ? List.of() : claims(random, trials);
      claims.forEach(claim -> at.tally().asked());
      new ClaimRound(at, executed, territory, random).ask(claims, trials, OFTEN);
    } catch (RuntimeException e) {
      at.thrown(model.graph().toString(), e);
    }
  }

  private static List<Sentence> claims(Random random, List<Trial> trials) {
    List<Sentence> claims = new ArrayList<>();
    claims.add(new Asked(Steps.pick(random, "finite", "no_nan", "no_inf"), true));
    float[] first = trials.get(0).y().values();
    int element = random.nextInt(first.length);
    int best = 0;
    for (int i = 1; i < first.length; i++) {
      best = first[i] > first[best] ? i : best;
    }
    claims.add(new Largest(true, List.of(), best));
    Quantity entry = new Entry(true, List.of(element));
    Quantity folded = new Folded(Steps.pick(random, "max", "norm1", "sum"), true);
    bounds(claims, random, random.nextInt(3) > 0 ? entry : folded, trials);
    return claims;
  }

  /** Two ends above and below, from what was seen on: the nearer, the fewer can be proved. */
  private static void bounds(
      List<Sentence> claims, Random random, Quantity quantity, List<Trial> trials) {
    double[] seen = trials.stream().mapToDouble(t -> t.oracle().rough(quantity)).toArray();
    double low = java.util.Arrays.stream(seen).min().orElse(0);
    double high = java.util.Arrays.stream(seen).max().orElse(0);
    double size = Math.max(Math.max(Math.abs(low), Math.abs(high)), 1e-38);
    if (!(size <= Double.MAX_VALUE)) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      double slack = i == 0 ? size * Math.pow(2, 3 - random.nextInt(28)) : Math.ulp((float) size);
      double off = random.nextInt(12) == 0 ? -slack : slack;
      claims.add(new Compared(quantity, "<=", Quantity.exactly(high + off)));
      claims.add(new Compared(quantity, ">=", Quantity.exactly(low - off)));
    }
  }
}
