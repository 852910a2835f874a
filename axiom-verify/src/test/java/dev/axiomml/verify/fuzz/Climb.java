package dev.axiomml.verify.fuzz;

import dev.axiomml.verify.fuzz.Sentence.Compared;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A few steps from the samples that come nearest to breaking a comparison, toward breaking it. */
final class Climb {
  private static final int STEPS = 4;
  private static final int TRIES = 8;

  private final Executed executed;
  private final Territory territory;
  private final Random random;

  Climb(Executed executed, Territory territory, Random random) {
    this.executed = executed;
    this.territory = territory;
    this.random = random;
  }

  /** Samples of the region near the worst of those that were run; none for other sentences. */
  List<Trial> toward(Sentence sentence, List<Trial> trials) {
    List<Trial> all = new ArrayList<>();
    if (!(sentence instanceof Compared c) || !c.relation().matches("[<>]=?") || trials.isEmpty()) {
      return all;
    }
    int sign = c.relation().startsWith("<") ? 1 : -1;
    Comparator<Trial> excess =
        Comparator.comparingDouble(
            t -> sign * (t.oracle().rough(c.left()) - t.oracle().rough(c.right())));
    Trial worst = trials.stream().max(excess).orElseThrow();
    for (int step = 0; step < STEPS; step++) {
      List<List<float[]>> tries = new ArrayList<>();
      for (int i = 0; i < TRIES; i++) {
        List<float[]> moved = moved(worst, trials);
        tries.add(territory.contains(moved) ? moved : worst.in());
      }
      List<Trial> run = executed.run(tries, random);
      all.addAll(run);
      worst = all.stream().max(excess).orElseThrow();
    }
    return all;
  }

  /** Some coordinates an ulp or more away, or as another sample has them. */
  private List<float[]> moved(Trial from, List<Trial> trials) {
    List<float[]> other = trials.get(random.nextInt(trials.size())).in();
    List<float[]> all = new ArrayList<>();
    for (int input = 0; input < from.in().size(); input++) {
      float[] x = from.in().get(input).clone();
      for (int i = 0; i < x.length; i++) {
        x[i] =
            switch (random.nextInt(6)) {
              case 0 -> Math.nextUp(x[i]);
              case 1 -> Math.nextDown(x[i]);
              case 2 -> other.get(input)[i];
              case 3 -> x[i] + (other.get(input)[i] - x[i]) * random.nextFloat();
              default -> x[i];
            };
      }
      all.add(x);
    }
    return all;
  }
}
