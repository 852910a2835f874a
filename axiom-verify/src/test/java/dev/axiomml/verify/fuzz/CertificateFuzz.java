package dev.axiomml.verify.fuzz;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.check.CheckLimits;
import dev.axiomml.verify.check.CheckResult;
import dev.axiomml.verify.check.CheckedClaim;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Certificates changed field by field: each is refused by a typed error, is not valid, or
 * establishes statements that are true wherever they are run.
 */
final class CertificateFuzz {
  private static final int ONE = Integer.getInteger("fuzz.case", -1);
  private static final int SAMPLES = 24;
  private static final double PROGRAM = 0x1p-40;
  private static final double REALS = 1e-4;
  private static final int CHANGES = 12;
  private static final long MOST_SECONDS = 20;

  /** Enough for every small model here; a second or so of work. */
  private static final CheckLimits LIMITS = new CheckLimits(2000, 1L << 27, () -> false);

  private final Random random;
  private final Model<Output> model;
  private final ForgedBases bases;

  private CertificateFuzz(Random random) {
    this.random = random;
    this.model = CertificateModels.next(random);
    this.bases = new ForgedBases(model, random);
  }

  /**
   * Looks at certificates one after another; answers how many. Each dozen is drawn from a stream of
   * its own, so the one that {@code -Dfuzz.case} names is reached by those of its dozen before it.
   */
  static int run(long seed, RunLength length) {
    int first = Math.max(0, ONE - ONE % CHANGES);
    int count = 0;
    int established = 0;
    CertificateFuzz fuzz = new CertificateFuzz(new Random(seed));
    while (length.goesOn(count) && (ONE < 0 || first + count <= ONE)) {
      int number = first + count;
      if (number % CHANGES == 0) {
        fuzz = new CertificateFuzz(new Random(seed * 0x9E3779B97F4A7C15L + number));
      }
      established += fuzz.one("seed " + seed + ", certificate " + number) ? 1 : 0;
      count++;
    }
    System.out.printf(
        "CertificateFuzz seed %d: %d certificates, %d of them established something%n",
        seed, count, established);
    return count;
  }

  /** Looks at one certificate; answers whether it established anything. */
  private boolean one(String name) {
    String base = bases.next();
    String text =
        random.nextInt(3) == 0 ? base : new CertificateMutation(random).of(base, bases.next());
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try {
      Certificate certificate = Certificate.parse(text);
      CheckResult result = certificate.check(model, LIMITS);
      long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      require(took < MOST_SECONDS * 1_000_000_000, "the check took " + took * 1e-9 + " s of work");
      if (result.isValid()) {
        certificate.document().claims().forEach(this::requireAnswers);
      }
      result.claims().forEach(this::requireTrue);
      return !result.established().isEmpty();
    } catch (CertificateException refused) {
      require(!refused.diagnosis().what().isEmpty(), "a refusal says what");
      return false;
    } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError wrong) {
      throw new AssertionError(name + ": " + wrong + "\n" + model.graph() + "\n" + text, wrong);
    }
  }

  /** Outputs that are said to be the model's are, or what it answers a rounding away. */
  private void requireAnswers(Claim claim) {
    boolean free = claim.text().contains("softmax(x)");
    if (free || !(claim.verdict() instanceof Verdict.Refuted refuted)) {
      return;
    }
    requireGiven(claim.theorem().region(), refuted.counterexample());
    List<Tensor> outputs = model.predictAll(refuted.counterexample());
    boolean same = isNear(outputs, refuted.replayed());
    for (int i = 0; !same && i < SAMPLES; i++) {
      same = !isNear(outputs, model.predictAll(moved(refuted.counterexample())));
    }
    require(same, "it answers " + outputs + ", not " + refuted.replayed());
  }

  /** What a claim gives is what was run, bit for bit. */
  private void requireGiven(Region region, List<Tensor> inputs) {
    Map<String, GivenValue> given = region instanceof Region.Named named ? named.given() : Map.of();
    for (int i = 0; i < inputs.size(); i++) {
      GivenValue value = given.get(model.signature().inputs().get(i).name());
      boolean same = value == null || value.equals(new GivenValue.Array(inputs.get(i)));
      require(same, "input " + i + " is " + inputs.get(i) + ", given as " + value);
    }
  }

  /** An input next to another: where a function jumps, executions differ by the jump. */
  private List<Tensor> moved(List<Tensor> inputs) {
    List<Tensor> moved = new ArrayList<>();
    for (Tensor input : inputs) {
      if (!input.dtype().isFloat()) {
        moved.add(input);
        continue;
      }
      float[] x = input.toFloats();
      for (int i = 0; i < x.length; i++) {
        x[i] += (float) (random.nextGaussian() * (1e-6 * Math.abs(x[i]) + 1e-37));
      }
      moved.add(Tensor.of(input.shape(), x));
    }
    return moved;
  }

  private static boolean isNear(List<Tensor> outputs, List<Tensor> others) {
    boolean near = true;
    for (int o = 0; o < outputs.size(); o++) {
      for (int i = 0; i < outputs.get(o).size(); i++) {
        double a = outputs.get(o).doubleAt(i);
        double b = others.get(o).doubleAt(i);
        near &= Math.abs(a - b) <= 1e-4 * (Math.abs(a) + 1) || Double.compare(a, b) == 0;
      }
    }
    return near;
  }

  private void requireTrue(CheckedClaim claim) {
    if (claim.isEstablished()) {
      boolean program = claim.standing() == CheckedClaim.Standing.PROVED;
      ClaimTruth truth = new ClaimTruth(model, random, program ? PROGRAM : REALS);
      boolean single = claim.inputs().contains("exactly one row");
      int samples = program ? SAMPLES : SAMPLES / 4;
      Optional<String> broken = truth.broken(claim.theorem(), samples, single);
      require(broken.isEmpty(), claim + " is false: " + broken);
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
