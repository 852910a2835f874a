package dev.axiomml.verify;

import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.verify.cert.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers claims about models.
 *
 * <p>A proof holds for every float32 execution, any order of summation, of every finite float32
 * input in the claim's region, one sample at a time; a refutation was run again through the model.
 * What cannot be decided is {@link Verdict.Unknown} with its reason, never a guess.
 *
 * <pre>{@code
 * Report report = Verifier.verify(mnist, List.of(validProbabilities(), finiteOutput()), testLoader);
 * Verdict v = Verifier.prove(mnist, robust(x0, linf(0.03)).argmaxStays(), Budget.seconds(60));
 * }</pre>
 */
public final class Verifier {
  private static final Budget USUAL = Budget.seconds(30);

  private Verifier() {}

  /**
   * Answers properties: proved or refuted on the model's declared domain (all finite inputs when it
   * declares none), else tested on every sample.
   *
   * <p>Samples add tests, they never narrow what a proof says nor outweigh a counterexample. A
   * model without a declared domain is asked about all finite inputs; {@link Model#within} declares
   * one.
   */
  public static <O extends Output> Report verify(
      Model<O> model, List<? extends Property<? super O>> properties, DataLoader data) {
    return verify(model, properties, data, USUAL);
  }

  /** The same, each within a budget. */
  public static <O extends Output> Report verify(
      Model<O> model,
      List<? extends Property<? super O>> properties,
      DataLoader data,
      Budget budget) {
    TheoremRunner asked = new TheoremRunner(model, budget, Optional.of(data));
    return Report.of(model, properties.stream().map(asked::property).toList());
  }

  /** The same without samples: what is not proved stays unknown. */
  public static <O extends Output> Report verify(
      Model<O> model, List<? extends Property<? super O>> properties, Budget budget) {
    TheoremRunner asked = new TheoremRunner(model, budget, Optional.empty());
    return Report.of(model, properties.stream().map(asked::property).toList());
  }

  /** The same, properties one after another. */
  @SafeVarargs
  public static <O extends Output> Report verify(
      Model<O> model, DataLoader data, Property<? super O>... properties) {
    List<Property<? super O>> all = new ArrayList<>();
    for (Property<? super O> property : properties) {
      all.add(property);
    }
    return verify(model, all, data);
  }

  /**
   * Answers a whole request, theorems first, each claim within the budget. Samples that no run of
   * the model takes are refused before the first search.
   *
   * @param each receives every verdict as soon as it is known
   */
  public static <O extends Output> Report verify(
      Model<O> model, VerificationRequest<O> request, Budget budget, Consumer<Claim> each) {
    TheoremRunner asked = new TheoremRunner(model, budget, request.data());
    request.properties().forEach(asked::requireFit);
    List<Claim> claims = new ArrayList<>();
    for (Theorem<? super O> theorem : request.theorems()) {
      claims.add(asked.theorem(theorem));
      each.accept(claims.get(claims.size() - 1));
    }
    for (Property<? super O> property : request.properties()) {
      claims.add(asked.property(property));
      each.accept(claims.get(claims.size() - 1));
    }
    return Report.of(model, claims);
  }

  /** Answers every theorem that the model declares, then every ensure, without samples. */
  public static <O extends Output> Report verify(Model<O> model) {
    VerificationRequest<O> declared =
        new VerificationRequest<>(model.theorems(), model.ensures(), Optional.empty());
    return verify(model, declared, USUAL, claim -> {});
  }

  /** Answers every theorem that the model declares. */
  public static <O extends Output> Report prove(Model<O> model) {
    return prove(model, model.theorems(), USUAL);
  }

  /** Answers theorems, each within the budget. */
  public static <O extends Output> Report prove(
      Model<O> model, List<? extends Theorem<? super O>> theorems, Budget budget) {
    TheoremRunner asked = new TheoremRunner(model, budget, Optional.empty());
    return Report.of(model, theorems.stream().map(asked::theorem).toList());
  }

  /**
   * Answers one theorem. @throws dev.axiomml.core.error.PropertyException when its region does not
   * fit the model
   */
  public static <O extends Output> Verdict prove(
      Model<O> model, Theorem<? super O> theorem, Budget budget) {
    return new TheoremRunner(model, budget, Optional.empty()).theorem(theorem).verdict();
  }

  /** Answers one theorem within half a minute. */
  public static <O extends Output> Verdict prove(Model<O> model, Theorem<? super O> theorem) {
    return prove(model, theorem, USUAL);
  }

  /** Answers a theorem about {@code softmax(x)} of a free vector, which needs no model. */
  public static Verdict prove(Theorem<?> theorem) {
    return theorem.formula().mentions(Subject.SOFTMAX)
        ? TheoremRunner.softmax(theorem, USUAL.start()).verdict()
        : new Verdict.Unknown("it speaks of an output, so it needs a model: prove(model, theorem)");
  }
}
