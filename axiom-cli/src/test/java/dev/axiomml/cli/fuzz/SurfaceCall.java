package dev.axiomml.cli.fuzz;

import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.fuzz.Executed;
import dev.axiomml.verify.fuzz.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A call of {@code axiom verify} that makes sense.
 *
 * @param model with the domain that the call declares
 * @param claims in the order in which they are answered
 * @param options the options without the claims
 * @param timeout seconds for each claim
 * @param required what {@code --require} says, or its default
 * @param rows how many samples {@code --data} names, 0 for none
 */
record SurfaceCall(
    SurfaceModel model,
    List<SurfaceClaim> claims,
    List<String> options,
    double timeout,
    String required,
    int rows) {
  private static final double[] TIMES = {0.2, 0.2, 0.3, 0.3, 1.3};
  private static final List<String> EVIDENCE = List.of("tested", "tested", "reals", "proved");
  private static final double[][] DOMAINS = {{0, 1}, {-1, 1}, {-3, 2}, {0.5, 0.5}};

  /** A random one; its files go where the model's file is. */
  static SurfaceCall of(Random random, SurfaceModel opened) {
    List<String> options = new ArrayList<>();
    SurfaceModel model = opened;
    if (random.nextBoolean()) {
      double[] ends = DOMAINS[random.nextInt(DOMAINS.length)];
      options.addAll(List.of("--domain", "[" + ends[0] + ", " + ends[1] + "]"));
      model = opened.within(ends[0], ends[1]);
    }
    try (Executed executed = new Executed(model.model(), false)) {
      int wanted = model.shapes().size() > 1 ? 0 : Math.max(0, random.nextInt(9) - 2);
      List<Trial> trials = wanted == 0 ? List.of() : data(random, model, executed, wanted);
      int rows = trials.size();
      if (rows > 0) {
        options.addAll(List.of("--data", model.file().resolveSibling("x.npy").toString()));
      }
      List<SurfaceClaim> claims = claims(random, new ClaimMaker(random, model, executed, trials));
      return decided(random, new SurfaceCall(model, claims, options, 0, "tested", rows));
    }
  }

  /** Samples that are run one by one; none where a batch of them answers otherwise. */
  private static List<Trial> data(Random random, SurfaceModel model, Executed executed, int rows) {
    List<List<float[]>> points = model.territory(new Region.Declared()).points(random, rows);
    Tensor x = executed.tensors(points).get(0);
    Npy.write(x, model.file().resolveSibling("x.npy"));
    List<Trial> alone = new ArrayList<>();
    points.forEach(point -> alone.addAll(executed.run(List.of(point), random)));
    if (executed.isSingle()) {
      return alone;
    }
    float[] batch = model.model().predictAll(List.of(x)).get(0).toFloats();
    int width = alone.get(0).y().values().length;
    for (int i = 0; i < alone.size(); i++) {
      float[] row = Arrays.copyOfRange(batch, i * width, (i + 1) * width);
      if (!Arrays.equals(row, alone.get(i).y().values())) {
        return List.of();
      }
    }
    return alone;
  }

  private static List<SurfaceClaim> claims(Random random, ClaimMaker maker) {
    List<SurfaceClaim> claims = new ArrayList<>();
    int count = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      SurfaceClaim claim = maker.next();
      claims.add(claim);
      if (claim.isDeclared() && random.nextBoolean()) {
        claims.add(maker.twin(claim));
      }
    }
    claims.sort(Comparator.comparing(claim -> !claim.theorem())); // theorems are answered first
    return claims;
  }

  private static SurfaceCall decided(Random random, SurfaceCall call) {
    List<String> options = new ArrayList<>(call.options);
    double timeout = TIMES[random.nextInt(TIMES.length)];
    options.addAll(List.of("--timeout", String.valueOf(timeout)));
    String required = EVIDENCE.get(random.nextInt(EVIDENCE.size()));
    if (!required.equals("tested") || random.nextBoolean()) {
      options.addAll(List.of("--require", required));
    }
    if (random.nextInt(8) == 0) {
      options.addAll(List.of("--threads", "2"));
    }
    if (random.nextBoolean()) {
      options.addAll(List.of("--certificate", call.file("cert.json").toString()));
    }
    if (random.nextBoolean()) {
      options.addAll(List.of("--html", call.file("page.html").toString()));
    }
    if (random.nextBoolean()) {
      options.add("--json");
    }
    return new SurfaceCall(call.model, call.claims, options, timeout, required, call.rows);
  }

  Path file(String name) {
    return model.file().resolveSibling(name);
  }

  boolean isJson() {
    return options.contains("--json");
  }

  /** The file behind an option, where it is given. */
  Optional<Path> given(String option) {
    int at = options.indexOf(option);
    return at < 0 ? Optional.empty() : Optional.of(Path.of(options.get(at + 1)));
  }

  /** All words behind the command's name. */
  List<String> words() {
    List<String> words = new ArrayList<>(List.of("verify", model.file().toString()));
    claims.forEach(claim -> words.addAll(List.of(claim.option(), claim.typed())));
    words.addAll(options);
    return words;
  }

  /** Whether it may be refused as a whole. */
  boolean mayBeRefused() {
    return claims.stream().anyMatch(SurfaceClaim::mayBeRefused);
  }
}
