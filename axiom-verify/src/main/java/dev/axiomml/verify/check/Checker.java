package dev.axiomml.verify.check;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.pass.KnownMasks;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.BuiltIn;
import dev.axiomml.verify.cert.CertificateDocument;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ContentHash;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.check.CheckedClaim.Standing;
import dev.axiomml.verify.check.integer.CheckRefusal;
import dev.axiomml.verify.check.integer.CheckedRegion;
import dev.axiomml.verify.check.integer.ExactRounding;
import dev.axiomml.verify.check.integer.IntegerForms;
import dev.axiomml.verify.check.integer.WorkMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The independent check of a certificate.
 *
 * <p>It never searches and shares no code with what found the proofs. All bounds are whole numbers
 * with a power of two, rounded outward; no floating-point rounding is relied on. What is trusted:
 * this package, {@code check.integer} and {@code verify.cert}; of the operators their nests,
 * coefficients, offsets and profiles; that {@code Add}, {@code Sub} and {@code Mul} are what they
 * are called (see {@code CheckedMixture}); of functions of one number {@code value} within its
 * stated {@code error}, and that float32 executions are within the stated {@code ulps}; of row
 * operators their {@code bound}; that softmax subtracts the largest first, and that an execution
 * rounds every sum, product and quotient to nearest in some order; of {@code KnownMasks} that a row
 * with −∞ in known places is the row without them, and of {@code KnownInputs} that what it computes
 * of given inputs every execution computes alike. Whatever it has no rule for makes the certificate
 * not valid.
 *
 * <p>A statement speaks of one sample at a time; a proof about a network in which rows of a batch
 * may meet, or whose input always has several, is refused. A counterexample of such an input is one
 * where a row breaks the claim. The region, and what is given, is taken from the claim and the
 * model, never from the proof.
 */
public final class Checker {
  private static final int ELEMENTS = 1 << 18;
  private final Model<?> model;
  private Optional<CheckedModel> last = Optional.empty();
  private Optional<IntegerForms> forms = Optional.empty();

  private Checker(Model<?> model) {
    this.model = model;
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
      return new Checker(model).all(document.claims(), limits.meter());
    } catch (CheckRefusal refusal) {
      return CheckResult.refused(refusal);
    }
  }

  /** Checks claims about this checker's model. */
  public CheckResult check(List<Claim> claims, CheckLimits limits) {
    try {
      return all(claims, limits.meter());
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

  /**
   * What a check looks at, before it has looked at any proof, as JSON for a checker of another
   * make: networks, regions, statements and proofs of all that is proved. Of a claim that is not
   * understood it says why.
   *
   * @throws dev.axiomml.core.error.CertificateException where the document is about another model
   */
  public static String dump(CertificateDocument document, Model<?> model) {
    try {
      about(document, model);
      CheckDump dump = new CheckDump(document);
      Checker checker = new Checker(model);
      document.claims().forEach(claim -> dump.add(claim, () -> checker.asked(claim)));
      return dump.json();
    } catch (CheckRefusal refusal) {
      throw new CertificateException(
          new Diagnosis(
              String.valueOf(refusal.getMessage()),
              "model " + model.name(),
              "a dump says what one certificate asks of the model that it speaks of",
              "name the model that check-certificate finds it valid for"));
    }
  }

  private CheckDump.Asked asked(Claim claim) {
    Proof proof =
        claim.proof().orElseThrow(() -> CheckRefusal.of(claim.verdict().word() + ", no proof", ""));
    if (FreeSoftmax.isMeant(claim.theorem().formula())) {
      throw CheckRefusal.of("it speaks of no model", "");
    }
    CheckedModel given = given(claim.theorem().region());
    requireMeaning(claim.theorem().formula(), given);
    TreeCheck.Question question = question(claim.theorem(), proof, given);
    return new CheckDump.Asked(KnownMasks.apply(given.known()).graph(), question, proof);
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
    CheckedModel given = given(claim.theorem().region());
    requireMeaning(claim.theorem().formula(), given);
    return claim.verdict() instanceof Verdict.Refuted refuted
        ? refuted(claim.theorem(), refuted, given)
        : proved(claim.theorem(), claim.proof().orElseThrow(), meter);
  }

  /** The model with what a claim gives; claims that follow each other often give the same. */
  private CheckedModel given(Region region) {
    Map<String, Tensor> given = region.tensors();
    if (Region.Named.of(region).given().size() > given.size()) {
      throw CheckRefusal.of("an input is given as a number and of no type", "");
    }
    if (last.filter(model -> model.given().equals(given)).isEmpty()) {
      last = Optional.of(CheckedModel.of(model, given));
      forms = Optional.empty();
    }
    return last.orElseThrow();
  }

  private static CheckedClaim softmax(Claim claim) {
    Theorem<?> theorem = claim.theorem();
    if (theorem.region() instanceof Region.Named) {
      throw CheckRefusal.of("softmax(x) has no inputs by name", "");
    }
    if (!FreeSoftmax.isMeant(theorem.formula())) {
      throw CheckRefusal.of("it speaks of a model", "");
    }
    if (claim.verdict() instanceof Verdict.Refuted refuted) {
      if (refuted.counterexample().isEmpty()) {
        throw CheckRefusal.of("there is no counterexample", "");
      }
      Tensor x = refuted.counterexample().get(0);
      List<Port> ports = List.of(new Port("x", x.type(), List.of(), Optional.empty()));
      return refuted(theorem, refuted, CheckedModel.of(ports, FreeSoftmax.graph(x)));
    }
    Proof proof = claim.proof().orElseThrow();
    requireSame(theorem, proof);
    if (!new FreeSoftmax(proof.semantics()).holds(theorem.formula())) {
      throw CheckRefusal.of("softmax(x) alone does not give it", "");
    }
    return new CheckedClaim(standing(proof), theorem, "a finite vector x of any length", 1);
  }

  private static CheckedClaim refuted(
      Theorem<?> theorem, Verdict.Refuted refuted, CheckedModel model) {
    model
        .several()
        .filter(why -> !isOfRows(theorem))
        .or(() -> model.several().isEmpty() ? model.fault() : Optional.empty())
        .ifPresent(
            why -> {
              throw CheckRefusal.of(why, "");
            });
    CheckedRegion region = region(model, theorem, ProofSemantics.FLOAT32);
    ReplayedOutputs answers = new ReplayedOutputs(model);
    Optional<String> fault =
        new CounterexampleReplay(model)
            .fault(theorem.formula(), refuted, region)
            .or(() -> answers.fault(theorem.formula(), refuted));
    if (fault.isPresent()) {
      throw CheckRefusal.of("the counterexample shows nothing: " + fault.get(), "");
    }
    String inputs = CheckedInputs.of(model, region, theorem.region());
    return new CheckedClaim(Standing.REFUTED, theorem, inputs, 0);
  }

  /** Whether it says of each row what it says of a sample; regions of a shape are of one input. */
  private static boolean isOfRows(Theorem<?> theorem) {
    Region region = Region.Named.of(theorem.region()).others();
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
    CheckedModel given = given(theorem.region());
    TreeCheck.Question question = question(theorem, proof, given);
    TreeCheck tree =
        new TreeCheck(forms(given.known(), meter), new ExactRounding(proof.semantics()), question);
    tree.follow(proof.line());
    String inputs = CheckedInputs.of(given, question.region(), theorem.region()) + given.scope();
    return new CheckedClaim(standing(proof), theorem, inputs, tree.leaves());
  }

  /** What a proof has to show, where everything but the proof is as it has to be. */
  private static TreeCheck.Question question(Theorem<?> theorem, Proof proof, CheckedModel given) {
    requireSame(theorem, proof);
    requireSingleSamples(given);
    Graph graph = given.known();
    CheckedRegion region = region(given, theorem, proof.semantics());
    if (region.isEmpty() || region(given, theorem, ProofSemantics.FLOAT32).isEmpty()) {
      throw CheckRefusal.of("the region holds no float32 input, so nothing is proved of any", "");
    }
    Formula formula = new CounterexampleReplay(given).resolved(theorem.formula());
    return new TreeCheck.Question(
        statement(formula, graph), statement(new Formula.Not(formula), graph), region);
  }

  private static Statement statement(Formula formula, Graph graph) {
    return Statement.of(
        formula, graph.inputs().get(0).type().shape(), graph.outputs().get(0).type().shape());
  }

  private static CheckedRegion region(
      CheckedModel model, Theorem<?> theorem, ProofSemantics semantics) {
    return new RegionCells(model.free(), model.known(), semantics).cell(theorem.region());
  }

  /** The formula fits the model, and its x is an input of which all values are asked. */
  private void requireMeaning(Formula formula, CheckedModel given) {
    boolean first = formula.isOfPairs() || formula.mentions(Subject.INPUT);
    if (!model.understands(formula) || (first && !given.isFirstFree())) {
      throw CheckRefusal.of("the formula does not fit the model", "");
    }
    if (given.free().isEmpty()) {
      throw CheckRefusal.of("every input is given, so nothing is said of any", "");
    }
  }

  /** Sizes are fixed, inputs are float32, and samples of a batch do not meet. */
  private static void requireSingleSamples(CheckedModel given) {
    Graph graph = given.known();
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
    given
        .mixing()
        .or(given::fault)
        .ifPresent(
            why -> {
              throw CheckRefusal.of(why, "");
            });
  }

  private IntegerForms forms(Graph graph, WorkMeter meter) {
    if (forms.isEmpty()) {
      forms = Optional.of(new IntegerForms(KnownMasks.apply(graph).graph(), meter));
    }
    return forms.get().paidFrom(meter);
  }
}
