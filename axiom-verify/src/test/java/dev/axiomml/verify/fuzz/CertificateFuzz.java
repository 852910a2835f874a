package dev.axiomml.verify.fuzz;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.SoftShrink;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Kind;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Method;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.cert.Semantics;
import dev.axiomml.verify.check.CheckLimits;
import dev.axiomml.verify.check.CheckResult;
import dev.axiomml.verify.check.CheckedClaim;
import dev.axiomml.verify.testing.Nets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Certificates changed field by field: each is refused by a typed error, is not valid, or
 * establishes statements that are true wherever they are run.
 */
final class CertificateFuzz {
  private static final int SAMPLES = 24;
  private static final double PROGRAM = 0x1p-40;
  private static final double REALS = 1e-4;
  private static final List<String> FORMULAS =
      List.of(
          "output[0] <= 1.5",
          "output[0] == output[0]",
          "output[0] - output[0] <= 0",
          "argmax(output) == 0",
          "finite(output)",
          "no_nan(output)",
          "valid_probabilities(output)",
          "sum(output) ~= 1",
          "max(output) <= 100 and min(output) >= -100",
          "norm2(output) <= 3 or not output[0] < 0",
          "x[0] <= 0.5",
          "x[0] >= 0.5 implies output[0] >= 0",
          "max(softmax(x)) <= 1",
          "sum(softmax(x)) ~= 1");

  private final Random random;
  private final List<Subject> subjects = new ArrayList<>();

  /** A model with certificates about it. */
  private record Subject(Model<Output> model, List<String> texts) {}

  private CertificateFuzz(Random random) {
    this.random = random;
  }

  /** Runs so long; answers how many certificates were looked at. */
  static int run(long seed, long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    CertificateFuzz fuzz = new CertificateFuzz(new Random(seed));
    models().forEach(model -> fuzz.subjects.add(new Subject(model, fuzz.certificates(model))));
    int count = 0;
    int established = 0;
    while (System.nanoTime() < end) {
      established += fuzz.one(seed, count) ? 1 : 0;
      count++;
    }
    System.out.printf(
        "CertificateFuzz seed %d: %d certificates, %d of them established something%n",
        seed, count, established);
    return count;
  }

  private static List<Model<Output>> models() {
    Model<Output> overflows =
        Nets.from(1)
            .dense(Tensor.of(Shape.of(1, 2), 4, 4), Tensor.of(Shape.of(2), 0, 0))
            .dense(Tensor.of(Shape.of(2, 1), 1, -1), Tensor.of(Shape.of(1), 0))
            .model();
    Model<Output> shrinks = Nets.from(2).then("shrink", new SoftShrink(0.5)).model();
    return List.of(
        Nets.relus(3, 2, 4, 2), overflows, Nets.image(4), shrinks, fixed(2), Nets.causal());
  }

  /** Two inputs of a fixed batch, added. */
  private static Model<Output> fixed(int batch) {
    GraphBuilder builder = Graph.builder();
    Type type = Type.float32(Shape.of(batch, 2));
    Value a = builder.input("a", type);
    Value b = builder.input("b", type);
    Value sum = builder.add("sum", new Add(), List.of(a, b)).get(0);
    Port first = new Port("a", type, List.of(), Optional.empty());
    Port second = new Port("b", type, List.of(), Optional.empty());
    Port out = new Port("sum", sum.type(), List.of(), Optional.empty());
    Signature<Output> signature =
        new Signature<>("pair", List.of(first, second), List.of(out), Kind.OUTPUT);
    return Model.of(signature, builder.build(List.of(sum)));
  }

  private List<String> certificates(Model<Output> model) {
    List<String> texts = new ArrayList<>();
    for (String formula : FORMULAS) {
      for (String region : List.of("∀x ∈ [0,1]. ", "∀x ∈ float32. ", "∀x ∈ [0.1,0.1]. ")) {
        Theorem<Output> theorem = PropertyText.theorem(region + formula);
        boolean fits = formula.contains("softmax(x)") || model.understands(theorem.formula());
        if (fits) {
          texts.add(wished(model, theorem));
        }
      }
    }
    String told = "∀x ∈ [0,1]. max(output) <= 0.3";
    Theorem<Output> refuted = PropertyText.theorem(told);
    texts.add(Verifier.prove(model, List.of(refuted), Budget.seconds(2)).certificate().toJson());
    if (model.signature().inputs().size() == 1) {
      ball(model).ifPresent(theorem -> texts.add(wished(model, theorem)));
    }
    return texts;
  }

  private static Optional<Theorem<Output>> ball(Model<Output> model) {
    Shape shape = model.signature().inputs().get(0).type().shape();
    int[] sizes = new int[shape.rank()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i == 0 ? 1 : shape.size(i);
    }
    Tensor x = Tensor.random(Shape.of(sizes), 5, 0, 1);
    Theorem<?> stays = Claims.robust(x, Claims.l2(0.001)).argmaxStays();
    return model.understands(stays.formula())
        ? Optional.of(new Theorem<>(new Region.Ball(Region.Norm.L2, x, 0.001), stays.formula()))
        : Optional.empty();
  }

  /** A certificate that says a theorem is proved, which nobody has looked at. */
  private String wished(Model<Output> model, Theorem<Output> theorem) {
    boolean real = random.nextInt(4) == 0;
    ProofTree leaf = new ProofTree.Leaf(Method.LINEAR);
    ProofTree tree = random.nextBoolean() ? leaf : new ProofTree.Split(0, 0, 0.5f, leaf, leaf);
    Verdict verdict = real ? new Verdict.ProvedOverReals("w") : new Verdict.Proved("w");
    Proof proof = new Proof(theorem, real ? Semantics.REAL : Semantics.FLOAT32, tree);
    return Certificate.of(model, List.of(new Claim(theorem, verdict, Optional.of(proof), 0, 0)))
        .toJson();
  }

  /** Looks at one certificate; answers whether it established anything. */
  private boolean one(long seed, int count) {
    Subject subject = subjects.get(random.nextInt(subjects.size()));
    List<String> texts = subject.texts();
    String base = texts.get(random.nextInt(texts.size()));
    String other = texts.get(random.nextInt(texts.size()));
    String text = count < 4 * texts.size() ? base : new CertificateMutation(random).of(base, other);
    long start = System.nanoTime();
    try {
      Certificate certificate = Certificate.parse(text);
      CheckResult result = certificate.check(subject.model(), limits());
      if (result.isValid()) {
        certificate.document().claims().forEach(claim -> requireAnswers(claim, subject.model()));
      }
      double took = (System.nanoTime() - start) * 1e-9;
      result.claims().forEach(claim -> requireTrue(claim, subject.model()));
      require(took < 20, "the check took " + took + " s");
      return !result.established().isEmpty();
    } catch (CertificateException refused) {
      require(!refused.diagnosis().what().isEmpty(), "a refusal says what");
      return false;
    } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError wrong) {
      throw new AssertionError(
          "seed " + seed + ", certificate " + count + ": " + wrong + "\n" + text, wrong);
    }
  }

  private static CheckLimits limits() {
    long end = System.nanoTime() + 2_000_000_000L;
    return new CheckLimits(2000, 1L << 30, () -> System.nanoTime() - end > 0);
  }

  /** Outputs that are said to be the model's are. */
  private static void requireAnswers(Claim claim, Model<Output> model) {
    boolean free = claim.text().contains("softmax(x)");
    if (free || !(claim.verdict() instanceof Verdict.Refuted refuted)) {
      return;
    }
    List<Tensor> outputs = model.predictAll(refuted.counterexample());
    for (int o = 0; o < outputs.size(); o++) {
      for (int i = 0; i < outputs.get(o).size(); i++) {
        double is = outputs.get(o).doubleAt(i);
        double said = refuted.replayed().get(o).doubleAt(i);
        boolean near = Math.abs(is - said) <= 1e-4 * (Math.abs(is) + 1);
        require(near || Double.compare(is, said) == 0, "it answers " + is + ", not " + said);
      }
    }
  }

  private void requireTrue(CheckedClaim claim, Model<Output> model) {
    Theorem<?> theorem = claim.theorem();
    if (claim.isEstablished()) {
      boolean program = claim.standing() == CheckedClaim.Standing.PROVED;
      ClaimTruth truth = new ClaimTruth(model, random, program ? PROGRAM : REALS);
      Optional<String> broken = truth.broken(theorem, program ? SAMPLES : SAMPLES / 4);
      require(broken.isEmpty(), claim + " is false: " + broken);
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
