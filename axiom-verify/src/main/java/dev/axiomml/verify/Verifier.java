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
   * Answers properties: proved where they hold on the model's declared domain (all finite inputs
   * when it declares none), else tested on every sample.
   *
   * <p>Samples add tests, they never narrow what a proof says. Without a declared domain an input
   * outside the data refutes nothing, for then nobody claimed it.
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
    Asked asked = new Asked(model, budget, Optional.of(data));
    return Report.of(model, properties.stream().map(asked::property).toList());
  }

  /** The same without samples: what is not proved stays unknown. */
  public static <O extends Output> Report verify(
      Model<O> model, List<? extends Property<? super O>> properties, Budget budget) {
    Asked asked = new Asked(model, budget, Optional.empty());
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

  /** Answers every theorem that the model declares, then every ensure, without samples. */
  public static <O extends Output> Report verify(Model<O> model) {
    Asked asked = new Asked(model, USUAL, Optional.empty());
    List<Claim> claims = new ArrayList<>();
    model.theorems().forEach(theorem -> claims.add(asked.theorem(theorem)));
    model.ensures().forEach(property -> claims.add(asked.property(property)));
    return Report.of(model, claims);
  }

  /** Answers every theorem that the model declares. */
  public static <O extends Output> Report prove(Model<O> model) {
    return prove(model, model.theorems(), USUAL);
  }

  /** Answers theorems, each within the budget. */
  public static <O extends Output> Report prove(
      Model<O> model, List<? extends Theorem<? super O>> theorems, Budget budget) {
    Asked asked = new Asked(model, budget, Optional.empty());
    return Report.of(model, theorems.stream().map(asked::theorem).toList());
  }

  /**
   * Answers one theorem. @throws dev.axiomml.core.error.PropertyException when its region does not
   * fit the model
   */
  public static <O extends Output> Verdict prove(
      Model<O> model, Theorem<? super O> theorem, Budget budget) {
    return new Asked(model, budget, Optional.empty()).theorem(theorem).verdict();
  }

  /** Answers one theorem within half a minute. */
  public static <O extends Output> Verdict prove(Model<O> model, Theorem<? super O> theorem) {
    return prove(model, theorem, USUAL);
  }

  /** Answers a theorem about {@code softmax(x)} of a free vector, which needs no model. */
  public static Verdict prove(Theorem<?> theorem) {
    return theorem.formula().mentions(Subject.SOFTMAX)
        ? Asked.softmax(theorem, USUAL.start()).verdict()
        : new Verdict.Unknown("it speaks of an output, so it needs a model: prove(model, theorem)");
  }
}
