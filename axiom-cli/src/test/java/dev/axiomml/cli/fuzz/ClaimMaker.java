package dev.axiomml.cli.fuzz;

import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.fuzz.Executed;
import dev.axiomml.verify.fuzz.RandomSentence;
import dev.axiomml.verify.fuzz.Sentence;
import dev.axiomml.verify.fuzz.Territory;
import dev.axiomml.verify.fuzz.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Random claims about a model, with regions as they are typed. */
final class ClaimMaker {
  private static final List<String> RANGES =
      List.of("[0, 1]", "[0, 1]", "[-1, 1]", "[-2, 2]", "[0.1, 0.3]", "[0, 0]", "[-1e30, 1e30]");
  private static final double[] RADII = {0, 0.01, 0.1, 0.5, 2};
  private static final List<String> SOFTMAX =
      List.of("sum(softmax(x)) <= 1", "sum(softmax(x)) ≈ 1", "sum(softmax(x)) == 1");
  private static final int POINTS = 14;

  private final Random random;
  private final SurfaceModel model;
  private final Executed executed;
  private final List<Trial> rows;
  private final Territory declared;
  private final List<Trial> seen;
  private final Trial zero;

  /**
   * @param rows the samples of {@code --data}, run
   */
  ClaimMaker(Random random, SurfaceModel model, Executed executed, List<Trial> rows) {
    this.random = random;
    this.model = model;
    this.executed = executed;
    this.rows = rows;
    this.declared = model.territory(new Region.Declared());
    this.seen = run(declared);
    this.zero = executed.zero();
  }

  private List<Trial> run(Territory territory) {
    return executed.run(territory.points(random, POINTS), random);
  }

  /** Either option, with any region that it takes. */
  SurfaceClaim next() {
    int kind = random.nextInt(16);
    if (kind == 0) {
      return free(SOFTMAX.get(random.nextInt(SOFTMAX.size())));
    }
    if (kind < 3 && model.shapes().size() == 1) {
      return free(pair());
    }
    return random.nextInt(3) == 0 ? ensure(sentence(rows.isEmpty() ? seen : rows)) : theorem();
  }

  /** The same formula by the other option, on the declared domain. */
  SurfaceClaim twin(SurfaceClaim claim) {
    return new SurfaceClaim(
        !claim.theorem(),
        claim.theorem() ? "" : "∀x. ",
        claim.formula(),
        claim.sentence(),
        new SurfaceClaim.Ground(declared, seen),
        claim.theorem() && !claim.isSoftmax() ? rows : List.of());
  }

  private SurfaceClaim ensure(Sentence sentence) {
    return new SurfaceClaim(
        false,
        "",
        sentence.text(),
        Optional.of(sentence),
        new SurfaceClaim.Ground(declared, seen),
        rows);
  }

  /** A claim that is judged by other means than single samples. */
  private SurfaceClaim free(String formula) {
    boolean theorem = random.nextBoolean();
    return new SurfaceClaim(
        theorem,
        "",
        formula,
        Optional.empty(),
        new SurfaceClaim.Ground(declared, seen),
        theorem ? List.of() : rows);
  }

  private String pair() {
    String word = random.nextInt(3) > 0 ? "local_lipschitz" : "lipschitz";
    double radius = Math.pow(10, random.nextInt(4) - 3);
    double limit = radius * Math.pow(10, random.nextInt(5) - 2);
    return String.format(Locale.ROOT, "%s(%s, %s)", word, radius, limit);
  }

  private SurfaceClaim theorem() {
    int kind = random.nextInt(8);
    if (kind < 3) {
      String range = RANGES.get(random.nextInt(RANGES.size()));
      String[] ends = range.substring(1, range.length() - 1).split(", ", -1);
      double low = Double.parseDouble(ends[0]);
      double high = Double.parseDouble(ends[1]);
      return theorem("∀x ∈ " + range + ". ", new Region.Range(low, high));
    }
    if (kind < 5 && model.shapes().size() == 1) {
      return ball();
    }
    return kind == 5
        ? theorem("∀x ∈ float32. ", new Region.Everything())
        : theorem(kind == 6 ? "" : "∀x. ", new Region.Declared());
  }

  private SurfaceClaim ball() {
    Tensor center = Tensor.random(model.shapes().get(0), random.nextLong(), -1, 1);
    Path file = model.file().resolveSibling("c" + random.nextInt(1000) + ".npy");
    Npy.write(center, file);
    Region.Norm norm = Region.Norm.values()[random.nextInt(3)];
    double radius = RADII[random.nextInt(RADII.length)];
    String word = norm.name().toLowerCase(Locale.ROOT);
    return theorem(
        "∀x ∈ " + word + "(" + file + ", " + radius + "). ", new Region.Ball(norm, center, radius));
  }

  private SurfaceClaim theorem(String typed, Region region) {
    Territory territory = model.territory(region);
    List<Trial> trials = run(territory);
    Sentence sentence = sentence(trials);
    return new SurfaceClaim(
        true,
        typed,
        sentence.text(),
        Optional.of(sentence),
        new SurfaceClaim.Ground(territory, trials),
        List.of());
  }

  /** A sentence of which every index is there. */
  private Sentence sentence(List<Trial> tuned) {
    RandomSentence sentences =
        new RandomSentence(random, zero.x().sizes(), zero.y().sizes(), tuned);
    Sentence sentence = sentences.next();
    while (zero.oracle().mentionsAbsent(sentence)) {
      sentence = sentences.next();
    }
    return sentence;
  }
}
