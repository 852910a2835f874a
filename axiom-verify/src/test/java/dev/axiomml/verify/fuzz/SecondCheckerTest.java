package dev.axiomml.verify.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.fuzz.SecondChecker.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checker confirms is confirmed by the one in Python, and what is forged is not. */
class SecondCheckerTest {
  private static final Budget BUDGET = Budget.seconds(2).threads(1);
  private static final int NETS = Integer.getInteger("fuzz.second", 60);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int POINTS = 24;
  private static final int FORMULAS = 8;
  private static final int SAMPLES = 2000;
  private static final double[] ROOM = {8, 4, 2, 1, 0.5, 0.3, 0.2, 0.1};

  @TempDir private Path folder = Path.of("");
  private SecondChecker second = new SecondChecker(folder);

  @BeforeEach
  void needs_python() {
    second = SecondChecker.in(folder);
  }

  /** Claims about a model, each with a proof, and one that an input breaks. */
  private record Case(Model<Output> model, String broken, List<Claim> claims) {
    String dump() {
      return Certificate.of(model, claims).dump(model);
    }

    boolean confirms(Claim claim) {
      return Certificate.of(model, List.of(claim)).check(model).isValid();
    }
  }

  /** What is proved of claims that get harder, as far as a short search comes. */
  private static Case proved(Model<Output> model, double reach, String formula) {
    int[] sizes = model.signature().inputs().get(0).type().shape().with(0, Dim.ONE).sizes();
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < SAMPLES; k++) {
      Tensor x =
          Tensor.random(Shape.of(Arrays.stream(sizes).asLongStream().toArray()), k, -reach, reach);
      Tensor y = model.predict(x);
      most = Math.max(most, y.doubleAt(0) - y.doubleAt(1));
    }
    List<Claim> claims = new ArrayList<>();
    String text = "∀x ∈ [-%s, %s]. ".formatted(reach, reach) + formula;
    for (int i = 0; i < ROOM.length && claims.size() == i; i++) {
      String limit = limit(most + ROOM[i] * (Math.abs(most) + 0.1));
      Theorem<Output> claim = PropertyText.theorem(text.replace("LIMIT", limit));
      Verifier.prove(model, List.of(claim), BUDGET).claims().stream()
          .filter(one -> one.verdict() instanceof Verdict.Proved)
          .forEach(claims::add);
    }
    return new Case(model, text.replace("LIMIT", limit(most - 0.01)), claims);
  }

  private static String limit(double at) {
    return BigDecimal.valueOf(at).toPlainString();
  }

  private static Model<Output> image(long seed, int rows, Op bend) {
    WindowGeometry pool = WindowGeometry.of(List.of(2, 2)).stride(List.of(2, 2));
    return Nets.from(rows, 4, 1)
        .then(
            "conv",
            new Conv(WindowGeometry.of(List.of(3, 3)).padding(List.of(1, 1), List.of(1, 1)), 1),
            new Parameter("kernel", Tensor.random(Shape.of(3, 3, 1, 2), seed, -0.5, 0.5)),
            new Parameter("bias", Tensor.random(Shape.of(2), seed + 1, -0.1, 0.1)))
        .then("bend", bend)
        .then("pool", new MaxPool(pool))
        .then("order", Permute.of(0, 3, 1, 2))
        .then("flat", new Reshape(Shape.of(Dim.symbol("N"), Dim.of(2L * rows))))
        .dense(2 * rows, 2, seed + 2)
        .model();
  }

  private static Model<Output> bent(long seed, Op first, Op second) {
    return Nets.from(2)
        .dense(2, 8, seed)
        .then("first", first)
        .dense(8, 6, seed + 7)
        .then("second", second)
        .dense(6, 2, seed + 17)
        .model();
  }

  /** What both tests of searched proofs look at. */
  private static final class Searched {
    static final List<Case> CASES = searched();
  }

  private static List<Case> searched() {
    String least = "output[0] - output[1] <= LIMIT";
    String several =
        least + " and (output[1] - output[0] <= 40 or output[0] * 3 < 2.5 * output[1])";
    return List.of(
        proved(Nets.relus(1, 2, 12, 8, 2), 1, least),
        proved(Nets.relus(2, 3, 10, 10, 2), 0.5, several),
        proved(bent(3, new LeakyRelu(0.1), new Abs()), 1, least),
        proved(bent(4, new Abs(), new LeakyRelu(1.5)), 1, several),
        proved(image(0, 4, new Relu()), 0.125, least),
        proved(image(2, 4, new LeakyRelu(-0.25)), 0.25, least),
        proved(image(0, 6, new Relu()), 0.0625, least),
        proved(Nets.relus(2, 24, 16, 12, 3), 0.125, least + " and output[2] <= 40"),
        proved(Nets.relus(3, 24, 20, 2), 0.25, several));
  }

  private List<List<Answer>> answers(List<Case> cases) throws IOException {
    return second.answers(cases.stream().map(Case::dump).toList());
  }

  @Test
  void proofs_that_were_searched_are_confirmed() throws IOException {
    List<Case> cases = Searched.CASES;
    String trees = cases.toString();
    assertThat(Stream.of(" C", "&", "H", " h", " M", "0.0@").filter(trees::contains)).hasSize(6);
    List<List<Answer>> answers = answers(cases);
    assertThat(answers).hasSameSizeAs(cases);
    for (int i = 0; i < cases.size(); i++) {
      assertThat(answers.get(i)).hasSameSizeAs(cases.get(i).claims()).hasSizeGreaterThan(1);
      assertThat(answers.get(i)).allMatch(Answer::confirms);
    }
  }

  /** A dump whose proof was changed, and how. */
  private record Forged(String kind, String dump) {}

  @Test
  void forged_proofs_are_refused() throws IOException {
    List<Forged> forged = Searched.CASES.stream().flatMap(of -> forged(of).stream()).toList();
    List<List<Answer>> answers = second.answers(forged.stream().map(Forged::dump).toList());
    assertThat(answers).hasSameSizeAs(forged);
    for (int i = 0; i < forged.size(); i++) {
      assertThat(answers.get(i)).as(forged.get(i).kind).hasSize(1).noneMatch(Answer::confirms);
    }
    assertThat(forged.stream().map(Forged::kind).distinct()).hasSizeGreaterThan(15);
    assertThat(forged).hasSizeGreaterThan(100);
  }

  /**
   * Each proof changed in several ways, those left out that still are one, and of a false claim.
   */
  private static List<Forged> forged(Case of) {
    List<Forged> all = new ArrayList<>();
    for (Claim claim : of.claims()) {
      Certificate one = Certificate.of(of.model(), List.of(claim));
      String dump = one.dump(of.model());
      String line = claim.proof().orElseThrow().line().toString();
      new ProofForgery(line, new Random(line.length()))
          .all()
          .forEach(
              (kind, tree) -> {
                String text = one.toJson().replace('"' + line + '"', '"' + tree + '"');
                if (!confirms(text, of.model())) {
                  all.add(new Forged(kind, dump.replace('"' + line + '"', '"' + tree + '"')));
                }
              });
    }
    ProofLine hardest = of.claims().get(of.claims().size() - 1).proof().orElseThrow().line();
    Claim broken = claim(PropertyText.theorem(of.broken), hardest);
    all.add(new Forged("another claim", new Case(of.model, "", List.of(broken)).dump()));
    return all;
  }

  private static boolean confirms(String text, Model<Output> model) {
    try {
      return Certificate.parse(text).check(model).isValid();
    } catch (CertificateException malformed) {
      return false;
    }
  }

  /** Proofs that nobody searched for, of random sentences about random networks. */
  @Test
  void random_proofs_are_confirmed_wherever_the_first_checker_does() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < NETS; i++) {
      random(new Random(SEED * 0x9E3779B97F4A7C15L + i)).ifPresent(cases::add);
    }
    List<List<Answer>> answers = answers(cases);
    int both = 0;
    for (int i = 0; i < cases.size(); i++) {
      for (int k = 0; k < cases.get(i).claims().size(); k++) {
        both += agreed(cases.get(i), k, answers.get(i).get(k)) ? 1 : 0;
      }
    }
    assertThat(both).isGreaterThan(NETS / 2);
  }

  /** Whether both confirm a claim; what the second one confirms by itself has to be true. */
  private static boolean agreed(Case of, int number, Answer answer) {
    Claim claim = of.claims().get(number);
    boolean first = of.confirms(claim);
    String what = answer + "\n" + claim + "\n" + of.model().graph();
    assertThat(!first || answer.confirms() || answer.isBeyond()).as(what).isTrue();
    if (answer.confirms()) {
      ClaimTruth truth = new ClaimTruth(of.model(), new Random(SEED), 0x1p-40);
      assertThat(truth.broken(claim.theorem(), POINTS, false)).as(what).isEmpty();
    }
    return first && answer.confirms();
  }

  /** What the real numbers keep, but no execution has to. */
  @Test
  void rounding_is_paid_for() throws IOException {
    Model<Output> sum =
        Nets.from(3)
            .dense(Tensor.of(Shape.of(3, 1), 1, 1, 1), Tensor.zeros(Shape.of(1)))
            .relu()
            .model();
    Model<Output> leaky = Nets.from(1).then("leaky", new LeakyRelu(0.1)).model();
    String third = new BigDecimal(-3 * (double) 0.1f).toPlainString();
    List<Case> cases =
        List.of(
            tight(sum, "∀x ∈ [0.5, 1]. output[0] <= 3", "∀x ∈ [0.5, 1]. output[0] <= 3.000001"),
            tight(
                leaky,
                "∀x ∈ [-3, -1]. output[0] >= " + third,
                "∀x ∈ [-3, -1]. output[0] > -0.3001"));
    for (List<Answer> answers : answers(cases)) {
      assertThat(answers.stream().map(Answer::confirms)).containsExactly(false, true, true);
    }
  }

  /** A claim that only the reals keep, one with room for rounding, and the first over the reals. */
  private static Case tight(Model<Output> model, String reals, String room) {
    ProofLine leaf = ProofLine.of(new ProofTree.Leaf(ProofMethod.LINEAR));
    Theorem<Output> exact = PropertyText.theorem(reals);
    Proof proof = new Proof(exact, ProofSemantics.REAL, leaf);
    Claim real = new Claim(exact, new Verdict.ProvedOverReals(""), Optional.of(proof), 0, 0);
    return new Case(
        model, "", List.of(claim(exact, leaf), claim(PropertyText.theorem(room), leaf), real));
  }

  /** Some sentences about a random network, each with a random proof. */
  private static Optional<Case> random(Random random) {
    Model<Output> model = RandomNet.of(random);
    try (Executed executed = new Executed(model, false)) {
      if (executed.outputs() > 16 || !Executed.runs(model)) {
        return Optional.empty();
      }
      Territory territory = RandomRegion.of(random, model);
      List<List<float[]>> points = territory.points(random, POINTS);
      Trial zero = executed.zero();
      RandomSentence sentences =
          new RandomSentence(
              random, zero.x().sizes(), zero.y().sizes(), executed.run(points, random));
      Graph graph = model.inference().bind(symbol -> Dim.ONE).graph();
      List<Claim> claims = new ArrayList<>();
      for (int i = 0; i < FORMULAS; i++) {
        Theorem<Output> theorem =
            new Theorem<>(territory.region(), PropertyText.formula(sentences.next().text()));
        claims.add(claim(theorem, RandomProof.of(random, graph, points)));
      }
      return Optional.of(new Case(model, "", claims));
    } catch (AxiomException refused) {
      return Optional.empty();
    }
  }

  private static Claim claim(Theorem<?> theorem, ProofLine line) {
    Proof proof = new Proof(theorem, ProofSemantics.FLOAT32, line);
    return new Claim(theorem, new Verdict.Proved("forged"), Optional.of(proof), 0, 0);
  }
}
