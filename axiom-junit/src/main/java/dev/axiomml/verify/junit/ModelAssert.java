package dev.axiomml.verify.junit;

import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.RequiredEvidence;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about one model; each searches at once and fails with the counterexample or with the
 * reason why nothing was decided.
 *
 * <p>A claim that was only tested is not proved. Every proof is also checked again by the
 * independent checker before it counts.
 *
 * @param <O> what the model's first output is
 */
public final class ModelAssert<O extends Output> extends AbstractAssert<ModelAssert<O>, Model<O>> {
  private final Budget budget;
  private final RequiredEvidence proof;

  ModelAssert(Model<O> model) {
    this(model, Budget.seconds(10), RequiredEvidence.REALS);
  }

  private ModelAssert(Model<O> model, Budget budget, RequiredEvidence proof) {
    super(model, ModelAssert.class);
    this.budget = budget;
    this.proof = proof;
  }

  /** The same assertions with another limit for each proof. */
  public ModelAssert<O> within(Duration limit) {
    Budget other = Budget.seconds(limit.toNanos() * 1e-9).threads(budget.threads());
    return new ModelAssert<>(model(), other, proof);
  }

  /**
   * The same assertions, where {@code proves} asks for so much; at first a proof over the reals is
   * enough where a claim is one, as those about {@code softmax(x)} are.
   */
  public ModelAssert<O> requiring(RequiredEvidence evidence) {
    return new ModelAssert<>(model(), budget, evidence);
  }

  /**
   * A property holds on the model's declared domain, for all finite inputs when it declares none.
   */
  public ModelAssert<O> proves(Property<? super O> property) {
    return proved(new Theorem<>(property.everywhere().region(), property.formula()));
  }

  /** A theorem holds. */
  public ModelAssert<O> proves(Theorem<? super O> theorem) {
    return proved(new Theorem<>(theorem.region(), theorem.formula()));
  }

  /** A theorem in its text form holds. */
  public ModelAssert<O> proves(String theorem) {
    return proved(PropertyText.theorem(theorem));
  }

  /** The class of the largest output stays the same in a ball around an input. */
  public ModelAssert<O> isRobust(Tensor center, Claims.Radius radius) {
    Theorem<?> theorem = Claims.robust(center, radius).argmaxStays();
    return proved(new Theorem<>(theorem.region(), theorem.formula()));
  }

  /** A property holds on every sample, and nothing else breaks it that a search finds. */
  public ModelAssert<O> ensures(Property<? super O> property, DataLoader data) {
    return judged(Verifier.verify(model(), List.of(property), data, budget));
  }

  private ModelAssert<O> proved(Theorem<O> theorem) {
    return judged(Verifier.prove(model(), List.of(theorem), budget).requiring(proof));
  }

  /** Passes exactly where the report does; what is proved has been checked already. */
  ModelAssert<O> judged(Report report) {
    return report.passed() ? myself : failed(report);
  }

  private ModelAssert<O> failed(Report report) {
    throw failure("%s", AssertionMessage.text(report));
  }

  private Model<O> model() {
    isNotNull();
    return actual;
  }
}
