package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.pass.KnownMasks;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Statement;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.BuiltIn;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ContentHash;
import dev.axiomml.verify.cert.Document;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.Semantics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The independent check of a certificate.
 *
 * <p>It never searches and shares no code with what found the proofs. All bounds are whole numbers
 * with a power of two, rounded outward; no floating-point rounding is relied on. What is trusted:
 * this package and {@code verify.cert}; of the operators their taps, coefficients, offsets, windows
 * and profiles; of functions of one number {@code value} within its stated {@code error}, and that
 * float32 executions are within the stated {@code ulps}; of row operators their {@code bound}; that
 * softmax subtracts the largest first, and that an execution rounds every sum, product and quotient
 * to nearest in some order; and of {@code KnownMasks} that a row with −∞ in known places is the row
 * without them. Whatever it has no rule for makes the certificate not valid.
 *
 * <p>A statement speaks of one sample at a time; a network in which the samples of a batch meet is
 * refused. The region is taken from the claim and the model, never from the proof.
 */
public final class Checker {
  private static final int ELEMENTS = 1 << 18;
  private final Model<?> model;
  private final Graph graph;
  private int proofs;
  private long leaves;
  private int counterexamples;
  private int open;

  private Checker(Model<?> model) {
    this.model = model;
    this.graph = bound(model.inference(), 1);
  }

  /** Checks what a document says about a model. */
  public static CheckResult check(Document document, Model<?> model) {
    String hash = ContentHash.of(model);
    if (!hash.equals(document.hash())) {
      return new CheckResult.Invalid(
          "model", "the certificate is about " + document.hash() + ", this model is " + hash);
    }
    if (!BuiltIn.missing(model.inference()).equals(document.foreign())) {
      return new CheckResult.Invalid(
          "foreign", "operators that are not built in: " + BuiltIn.missing(model.inference()));
    }
    return new Checker(model).check(document);
  }

  private CheckResult check(Document document) {
    for (int i = 0; i < document.claims().size(); i++) {
      Claim claim = document.claims().get(i);
      Optional<String> fault = guarded(claim);
      if (fault.isPresent()) {
        return new CheckResult.Invalid(
            "claim " + (i + 1) + ", " + claim.text(), fault.orElseThrow());
      }
    }
    return new CheckResult.Valid(proofs, leaves, counterexamples, open);
  }

  /** What the numbers here cannot hold is not confirmed. */
  private Optional<String> guarded(Claim claim) {
    try {
      return fault(claim);
    } catch (ArithmeticException e) {
      return Optional.of("there is no rule for " + e.getMessage());
    } catch (dev.axiomml.core.error.AxiomException e) {
      return Optional.of(e.diagnosis().what());
    }
  }

  private Optional<String> fault(Claim claim) {
    if (claim.verdict() instanceof Verdict.Refuted refuted) {
      counterexamples++;
      return replayed(claim, refuted).map(why -> "the counterexample shows nothing: " + why);
    }
    if (claim.proof().isEmpty()) {
      open++;
      return Optional.empty();
    }
    proofs++;
    return fault(claim, claim.proof().orElseThrow());
  }

  private Optional<String> replayed(Claim claim, Verdict.Refuted refuted) {
    Graph subject = graph;
    List<Port> ports = model.signature().inputs();
    if (FreeSoftmax.isMeant(claim.theorem().formula()) && !refuted.counterexample().isEmpty()) {
      Tensor x = refuted.counterexample().get(0);
      subject = FreeSoftmax.graph(x);
      ports = List.of(new Port("x", x.type(), List.of(), Optional.empty()));
    }
    Regions regions = new Regions(ports, subject, Semantics.FLOAT32);
    Cell region = regions.cell(claim.theorem().region());
    return new Replay(subject).fault(claim.theorem().formula(), refuted, region);
  }

  private Optional<String> fault(Claim claim, Proof proof) {
    if (!claim.theorem().formula().equals(proof.theorem().formula())) {
      return Optional.of("the proof is of another formula");
    }
    if (FreeSoftmax.isMeant(claim.theorem().formula())) {
      leaves++;
      boolean holds = new FreeSoftmax(proof.semantics()).holds(claim.theorem().formula());
      return holds ? Optional.empty() : Optional.of("softmax(x) alone does not give it");
    }
    Optional<String> size = tooLarge();
    Optional<String> mixing = size.isPresent() ? size : mixing();
    if (mixing.isPresent()) {
      return mixing;
    }
    Formula formula = new Replay(graph).resolved(claim.theorem().formula());
    Rounding rounding = new Rounding(proof.semantics());
    Statement statement =
        Statement.of(
            formula, graph.inputs().get(0).type().shape(), graph.outputs().get(0).type().shape());
    TreeCheck tree = new TreeCheck(new Forms(KnownMasks.apply(graph)), rounding, statement);
    Cell region = regions(proof.semantics()).cell(claim.theorem().region());
    Optional<String> fault = tree.fault(proof.tree(), region);
    leaves += tree.leaves();
    return fault;
  }

  private Regions regions(Semantics semantics) {
    return new Regions(model.signature().inputs(), graph, semantics);
  }

  private Optional<String> tooLarge() {
    return values(graph)
        .filter(v -> v.type().isTensor())
        .filter(v -> !v.type().shape().isFixed() || v.type().shape().count() > ELEMENTS)
        .findFirst()
        .map(v -> v.name() + " has no fixed size of at most " + ELEMENTS + " elements");
  }

  private static Stream<Value> values(Graph graph) {
    return Stream.concat(
        graph.inputs().stream(), graph.nodes().stream().flatMap(node -> node.out().stream()));
  }

  private Optional<String> mixing() {
    boolean batched = model.inference().inputs().stream().allMatch(v -> !isFixed(v));
    return batched
        ? Samples.mixing(bound(model.inference(), 2))
            .map(node -> "the samples of a batch meet in " + node)
        : Optional.empty();
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
    return graph.bind(sizes);
  }
}
