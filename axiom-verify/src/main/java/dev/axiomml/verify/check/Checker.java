package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.pass.KnownMasks;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Statement;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.BuiltIn;
import dev.axiomml.verify.cert.CertificateDocument;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ContentHash;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.check.CheckedClaim.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The independent check of a certificate.
 *
 * <p>It never searches and shares no code with what found the proofs. All bounds are whole numbers
 * with a power of two, rounded outward; no floating-point rounding is relied on. What is trusted:
 * this package and {@code verify.cert}; of the operators their nests, coefficients, offsets and
 * profiles; of functions of one number {@code value} within its stated {@code error}, and that
 * float32 executions are within the stated {@code ulps}; of row operators their {@code bound}; that
 * softmax subtracts the largest first, and that an execution rounds every sum, product and quotient
 * to nearest in some order; and of {@code KnownMasks} that a row with −∞ in known places is the row
 * without them. Whatever it has no rule for makes the certificate not valid.
 *
 * <p>A statement speaks of one sample at a time; a proof about a network in which rows of a batch
 * may meet, or whose input always has several, is refused. A counterexample of such an input is one
 * where a row breaks the claim. The region is taken from the claim and the model, never from the
 * proof.
 */
public final class Checker {
  private static final int ELEMENTS = 1 << 18;
  private final Model<?> model;
  private final Graph graph;
  private Optional<IntegerForms> forms = Optional.empty();

  private Checker(Model<?> model) {
    this.model = model;
    this.graph = bound(model.inference(), 1);
  }

  /** A checker of claims about a model, one after another. Used by one thread. */
  public static Checker of(Model<?> model) {
    return new Checker(model);
  }

  /** Checks what a document says about a model. */
  public static CheckResult check(CertificateDocument document, Model<?> model) {
    return check(document, model, CheckLimits.DEFAULT);
  }

  /** The same within limits. */
  public static CheckResult check(
      CertificateDocument document, Model<?> model, CheckLimits limits) {
    try {
      about(document, model);
      return new Checker(model).all(document.claims(), new WorkMeter(limits));
    } catch (CheckRefusal refusal) {
      return CheckResult.refused(refusal);
    }
  }

  /** Checks claims about this checker's model. */
  public CheckResult check(List<Claim> claims, CheckLimits limits) {
    try {
      return all(claims, new WorkMeter(limits));
    } catch (CheckRefusal refusal) {
      return CheckResult.refused(refusal);
    }
  }

  /** Checks a claim about {@code softmax} of a free vector, which needs no model. */
  public static CheckResult free(Claim claim) {
    try {
      return CheckResult.of(List.of(guarded(claim, () -> softmax(claim))));
    } catch (CheckRefusal refusal) {
      return CheckResult.refused(refusal);
    }
  }

  private static void about(CertificateDocument document, Model<?> model) {
    String hash = ContentHash.of(model);
    if (!hash.equals(document.hash())) {
      throw CheckRefusal.of(
          "the certificate is about " + document.hash() + ", this model is " + hash, "model");
    }
    List<String> foreign = BuiltIn.missing(model.inference());
    if (!foreign.equals(document.foreign())) {
      throw CheckRefusal.of("operators that are not built in: " + foreign, "foreign");
    }
  }

  private CheckResult all(List<Claim> claims, WorkMeter meter) {
    List<CheckedClaim> checked = new ArrayList<>();
    for (Claim claim : claims) {
      try {
        checked.add(guarded(claim, () -> one(claim, meter)));
      } catch (CheckRefusal refusal) {
        throw refusal.at("claim " + (checked.size() + 1) + ", " + claim.text());
      }
    }
    return CheckResult.of(checked);
  }

  /** What the numbers here cannot hold is not confirmed. */
  private static CheckedClaim guarded(Claim claim, Supplier<CheckedClaim> check) {
    boolean sure = claim.verdict() instanceof Verdict.Refuted || claim.proof().isPresent();
    try {
      return sure ? check.get() : open(claim);
    } catch (ArithmeticException e) {
      throw CheckRefusal.of("there is no rule for " + e.getMessage(), "");
    } catch (dev.axiomml.core.error.AxiomException e) {
      throw CheckRefusal.of(e.diagnosis().what(), "");
    }
  }

  private static CheckedClaim open(Claim claim) {
    boolean tested = claim.verdict() instanceof Verdict.Tested;
    Standing standing = tested ? Standing.TESTED : Standing.UNKNOWN;
    return new CheckedClaim(standing, claim.theorem(), "the inputs of the claim", 0);
  }

  private CheckedClaim one(Claim claim, WorkMeter meter) {
    if (FreeSoftmax.isMeant(claim.theorem().formula())) {
      return softmax(claim);
    }
    requireMeaning(claim.theorem().formula());
    return claim.verdict() instanceof Verdict.Refuted refuted
        ? refuted(claim.theorem(), refuted, new Subject(graph, model.signature().inputs()))
        : proved(claim.theorem(), claim.proof().orElseThrow(), meter);
  }

  private static CheckedClaim softmax(Claim claim) {
    Theorem<?> theorem = claim.theorem();
    if (!FreeSoftmax.isMeant(theorem.formula())) {
      throw CheckRefusal.of("it speaks of a model", "");
    }
    if (claim.verdict() instanceof Verdict.Refuted refuted) {
      if (refuted.counterexample().isEmpty()) {
        throw CheckRefusal.of("there is no counterexample", "");
      }
      Tensor x = refuted.counterexample().get(0);
      List<Port> ports = List.of(new Port("x", x.type(), List.of(), Optional.empty()));
      return refuted(theorem, refuted, new Subject(FreeSoftmax.graph(x), ports));
    }
    Proof proof = claim.proof().orElseThrow();
    requireSame(theorem, proof);
    if (!new FreeSoftmax(proof.semantics()).holds(theorem.formula())) {
      throw CheckRefusal.of("softmax(x) alone does not give it", "");
    }
    return new CheckedClaim(standing(proof), theorem, "a finite vector x of any length", 1);
  }

  /** What is run again. */
  private record Subject(Graph graph, List<Port> ports) {}

  private static CheckedClaim refuted(
      Theorem<?> theorem, Verdict.Refuted refuted, Subject subject) {
    Graph graph = subject.graph();
    BatchSamples.several(graph)
        .filter(why -> !isOfRows(theorem))
        .ifPresent(
            why -> {
              throw CheckRefusal.of(why, "");
            });
    CheckedRegion region =
        new RegionCells(subject.ports(), graph, ProofSemantics.FLOAT32).cell(theorem.region());
    ReplayedOutputs answers = new ReplayedOutputs(graph);
    Optional<String> fault =
        new CounterexampleReplay(graph)
            .fault(theorem.formula(), refuted, region)
            .or(() -> answers.fault(theorem.formula(), refuted));
    if (fault.isPresent()) {
      throw CheckRefusal.of("the counterexample shows nothing: " + fault.get(), "");
    }
    String inputs = CheckedInputs.of(graph, region, theorem.region());
    return new CheckedClaim(Standing.REFUTED, theorem, inputs, 0);
  }

  /** Whether it says of each row what it says of a sample; regions of a shape are of one input. */
  private static boolean isOfRows(Theorem<?> theorem) {
    Region region = theorem.region();
    return !theorem.formula().isOfPairs()
        && !FreeSoftmax.isMeant(theorem.formula())
        && !(region instanceof Region.Ball || region instanceof Region.Box);
  }

  private static void requireSame(Theorem<?> theorem, Proof proof) {
    if (!theorem.formula().equals(proof.theorem().formula())) {
      throw CheckRefusal.of("the proof is of another formula", "");
    }
  }

  private static Standing standing(Proof proof) {
    return proof.semantics() == ProofSemantics.REAL ? Standing.PROVED_OVER_REALS : Standing.PROVED;
  }

  private CheckedClaim proved(Theorem<?> theorem, Proof proof, WorkMeter meter) {
    requireSame(theorem, proof);
    requireSingleSamples();
    CheckedRegion region = region(theorem, proof.semantics());
    if (region.isEmpty() || region(theorem, ProofSemantics.FLOAT32).isEmpty()) {
      throw CheckRefusal.of("the region holds no float32 input, so nothing is proved of any", "");
    }
    Formula formula = new CounterexampleReplay(graph).resolved(theorem.formula());
    Statement statement =
        Statement.of(
            formula, graph.inputs().get(0).type().shape(), graph.outputs().get(0).type().shape());
    TreeCheck tree = new TreeCheck(forms(meter), new ExactRounding(proof.semantics()), statement);
    tree.follow(proof.line(), region);
    String inputs = CheckedInputs.of(graph, region, theorem.region()) + scope();
    return new CheckedClaim(standing(proof), theorem, inputs, tree.leaves());
  }

  /** Words on a model that takes no other number of rows. */
  private String scope() {
    boolean fixed = model.inference().inputs().stream().allMatch(Checker::isFixed);
    return fixed ? "; of exactly one row, as its input is fixed" : "";
  }

  private CheckedRegion region(Theorem<?> theorem, ProofSemantics semantics) {
    return new RegionCells(model.signature().inputs(), graph, semantics).cell(theorem.region());
  }

  private void requireMeaning(Formula formula) {
    if (!model.understands(formula)) {
      throw CheckRefusal.of("the formula does not fit the model", "");
    }
  }

  /** Sizes are fixed, inputs are float32, and samples of a batch do not meet. */
  private void requireSingleSamples() {
    graph
        .values()
        .filter(v -> v.type().isTensor() && graph.constant(v).isEmpty())
        .filter(v -> !v.type().shape().isFixed() || v.type().shape().count() > ELEMENTS)
        .findFirst()
        .ifPresent(
            v -> {
              throw CheckRefusal.of(
                  v.name() + " has no fixed size of at most " + ELEMENTS + " elements", "");
            });
    graph.inputs().stream()
        .filter(v -> !v.type().isTensor() || v.type().dtype() != DType.FLOAT32)
        .findFirst()
        .ifPresent(
            v -> {
              throw CheckRefusal.of("input " + v.name() + " is " + v.type(), "");
            });
    BatchSamples.fault(model.inference())
        .ifPresent(
            why -> {
              throw CheckRefusal.of(why, "");
            });
  }

  private IntegerForms forms(WorkMeter meter) {
    if (forms.isEmpty()) {
      forms = Optional.of(new IntegerForms(KnownMasks.apply(graph).graph(), meter));
    }
    return forms.get().paidFrom(meter);
  }

  private static boolean isFixed(Value input) {
    Shape shape = input.type().shape();
    return shape.rank() == 0 || shape.dim(0).isFixed();
  }

  /** The graph for a batch of a size. */
  private static Graph bound(Graph graph, long batch) {
    Map<String, Long> sizes = new TreeMap<>();
    for (Value input : graph.inputs()) {
      if (!isFixed(input)) {
        Dim first = input.type().shape().dim(0);
        sizes.put(first.toString(), batch);
      }
    }
    return graph.bind(sizes).graph();
  }
}
