package dev.axiomml.cli.fuzz;

import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.fuzz.Executed;
import dev.axiomml.verify.fuzz.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds what is shown of one claim to what evaluation knows of it. */
final class VerdictJudge {
  private static final Pattern INTERVAL = Pattern.compile(" in \\[([^,\\]]+), ([^\\]]+)]");
  private static final int SHOWN = 16;

  private final SurfaceModel model;
  private final int rows;
  private final double timeout;
  private final BiConsumer<String, String> found;

  /**
   * @param rows how many samples were given
   * @param found takes the kind of a false answer, and what is wrong
   */
  VerdictJudge(SurfaceModel model, int rows, double timeout, BiConsumer<String, String> found) {
    this.model = model;
    this.rows = rows;
    this.timeout = timeout;
    this.found = found;
  }

  void judge(SurfaceClaim asked, ShownClaim shown) {
    if (!ShownClaim.WORDS.contains(shown.word())) {
      found("no verdict", asked, shown);
      return;
    }
    quantifier(asked, shown);
    where(asked, shown);
    if (asked.isSoftmax()) {
      softmax(asked, shown);
    } else if (asked.isPair()) {
      pair(asked, shown);
    } else {
      formula(asked, shown);
    }
  }

  private void found(String kind, SurfaceClaim asked, ShownClaim shown) {
    found.accept(kind, asked.option() + " " + asked.typed() + "\nshown: " + shown);
  }

  private void require(boolean right, String kind, SurfaceClaim asked, ShownClaim shown) {
    if (!right) {
      found(kind, asked, shown);
    }
  }

  /** What was only tested is not said of all; what is asked of all is not tested. */
  private void quantifier(SurfaceClaim asked, ShownClaim shown) {
    boolean all = shown.text().startsWith("∀");
    require(all != shown.is(ShownClaim.TESTED), "quantifier", asked, shown);
    if (shown.is(ShownClaim.TESTED)) {
      require(!asked.theorem() && rows > 0, "TESTED on nothing", asked, shown);
    }
    require(!shown.is(ShownClaim.UNKNOWN) || !shown.how().isBlank(), "no reason", asked, shown);
  }

  /** The domain is spelled out. */
  private void where(SurfaceClaim asked, ShownClaim shown) {
    String where = shown.where();
    if (where.isEmpty()) {
      found("no domain", asked, shown);
    } else if (shown.is(ShownClaim.TESTED)) {
      String count = " " + rows + (rows == 1 ? " sample" : " samples");
      String source = " of x.npy (sha-256 " + sha256(file("x.npy")).substring(0, SHOWN) + "…)";
      require(where.endsWith(count + source), "samples not named", asked, shown);
    } else if (asked.isSoftmax()) {
      require(where.contains("all finite vectors"), "domain of softmax", asked, shown);
    } else {
      String type = shown.is(ShownClaim.REALS) ? "real" : "float32";
      require(where.contains(type + " inputs"), "inputs not named", asked, shown);
      region(asked, shown);
    }
  }

  private void region(SurfaceClaim asked, ShownClaim shown) {
    String where = shown.where();
    Region region = asked.territory().region();
    Region.Range range =
        region instanceof Region.Range given
            ? given
            : region instanceof Region.Declared ? model.domain().orElse(null) : null;
    if (range != null) {
      Matcher ends = INTERVAL.matcher(where);
      boolean same =
          ends.find()
              && Double.parseDouble(ends.group(1)) == range.low()
              && Double.parseDouble(ends.group(2)) == range.high();
      require(same, "another domain", asked, shown);
    } else if (region instanceof Region.Declared) {
      require(where.contains("no domain was declared"), "domain left out", asked, shown);
      boolean proof = shown.word().startsWith(ShownClaim.PROVED);
      require(proof || shown.how().contains("--domain"), "no advice", asked, shown);
    } else if (region instanceof Region.Ball ball) {
      require(where.contains("distance " + ball.radius()), "ball left out", asked, shown);
    }
  }

  private Path file(String name) {
    return model.file().resolveSibling(name);
  }

  static String sha256(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void softmax(SurfaceClaim asked, ShownClaim shown) {
    require(!shown.is(ShownClaim.PROVED), "PROVED of a program over reals", asked, shown);
    require(!shown.is(ShownClaim.TESTED), "TESTED over reals", asked, shown);
  }

  private boolean inTime(ShownClaim shown) {
    return shown.seconds() < timeout / 2;
  }

  private void formula(SurfaceClaim asked, ShownClaim shown) {
    boolean positive = !shown.is(ShownClaim.REFUTED) && !shown.is(ShownClaim.UNKNOWN);
    if (positive && asked.brokenRow().isPresent()) {
      found("a sample breaks it: " + shown.word(), asked, shown);
    }
    if (shown.word().startsWith(ShownClaim.PROVED)) {
      asked
          .fault()
          .ifPresent(trial -> found(shown.word() + " but false at " + trial, asked, shown));
      require(!asked.territory().isEmpty(), "PROVED of nothing", asked, shown);
    }
    if (shown.is(ShownClaim.UNKNOWN) && inTime(shown)) {
      require(asked.brokenRow().isEmpty(), "a sample's fault not said", asked, shown);
      boolean stopped = shown.how().matches(".*(batch|independent check).*");
      boolean easy = asked.isBrokenEverywhere() && !stopped;
      require(!easy, "not attacked", asked, shown);
    }
    if (shown.is(ShownClaim.REFUTED)) {
      counterexample(asked, shown);
    }
  }

  private void counterexample(SurfaceClaim asked, ShownClaim shown) {
    if (shown.counterexample().size() != model.shapes().size()) {
      return; // the surface leaves numbers out
    }
    Trial trial = run(shown.counterexample());
    boolean row = asked.rows().stream().anyMatch(r -> same(r.in(), trial.in()));
    require(row || asked.territory().contains(trial.in()), "outside", asked, shown);
    require(!asked.holds(trial), "REFUTED by what holds", asked, shown);
    if (!shown.replayed().isEmpty()) {
      boolean same = Arrays.equals(shown.replayed().get(0), trial.y().values());
      require(same, "another answer at the counterexample", asked, shown);
    }
  }

  private Trial run(List<float[]> x) {
    try (Executed executed = new Executed(model.model(), false)) {
      List<Tensor> inputs = executed.tensors(List.of(x));
      return Trial.of(inputs, model.model().predictAll(inputs).get(0), 0, "counterexample");
    }
  }

  private static boolean same(List<float[]> a, List<float[]> b) {
    return a.size() == 1 && Arrays.equals(a.get(0), b.get(0));
  }

  private void pair(SurfaceClaim asked, ShownClaim shown) {
    PairTruth truth = PairTruth.of(asked.formula());
    require(!shown.word().startsWith(ShownClaim.PROVED), "PROVED of pairs", asked, shown);
    require(!shown.how().contains("independent check"), "two meanings of pairs", asked, shown);
    if (shown.counterexample().size() == 2 && shown.replayed().size() == 2) {
      boolean broken = truth.isBroken(shown.counterexample(), shown.replayed());
      require(broken, "REFUTED by a pair that keeps it", asked, shown);
      boolean inside =
          shown.counterexample().stream().allMatch(x -> asked.territory().contains(List.of(x)));
      require(inside, "a pair outside", asked, shown);
      for (int i = 0; i < 2; i++) {
        Trial trial = run(List.of(shown.counterexample().get(i)));
        boolean same = Arrays.equals(shown.replayed().get(i), trial.y().values());
        require(same, "another answer at the pair", asked, shown);
      }
    }
    if (!shown.is(ShownClaim.REFUTED) && inTime(shown) && surely(asked, truth)) {
      found("a pair that everybody finds was not", asked, shown);
    }
  }

  /** Whether any walk from anywhere meets a pair that breaks it. */
  private boolean surely(SurfaceClaim asked, PairTruth truth) {
    double radius = truth.radius().doubleValue();
    boolean roomy =
        model.domain().filter(range -> range.high() - range.low() >= 10 * radius).isPresent();
    return model.linear()
        && roomy
        && truth.isSurelyBroken(reach())
        && (asked.theorem()
            || asked.rows().stream().anyMatch(row -> isInner(row.in().get(0), radius)));
  }

  private boolean isInner(float[] x, double radius) {
    Region.Range range = model.domain().orElseThrow();
    boolean inner = true;
    for (float value : x) {
      inner &= value - radius >= range.low() && value + radius <= range.high();
    }
    return inner;
  }

  /** How far outputs of one dense layer move by inputs that move by one. */
  private double reach() {
    int width = model.shapes().get(0).count();
    float[] zero = new float[width];
    float[] at = run(List.of(zero)).y().values();
    double[] sums = new double[at.length];
    for (int i = 0; i < width; i++) {
      float[] one = new float[width];
      one[i] = 1;
      float[] moved = run(List.of(one)).y().values();
      for (int k = 0; k < sums.length; k++) {
        sums[k] += Math.abs((double) moved[k] - at[k]);
      }
    }
    return Arrays.stream(sums).max().orElse(0);
  }
}
