package dev.axiomml.verify;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Classes;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import java.util.List;
import java.util.Optional;

/**
 * How far inputs may be from one before its class changes: a radius for which it is proved that
 * none does, and a larger one for which that was not proved.
 *
 * <p>Found by halving. As in {@link CertifiedAccuracy}, a ball in the maximum norm is cut to the
 * model's declared domain.
 *
 * <pre>{@code
 * CertifiedRadius found = CertifiedRadius.of(digits, x0, linf(0.5), Budget.seconds(10));
 * System.out.println(found);              // the class stays within 0.0391; broken at 0.0430
 * found.report().certificate().save(path);
 * }</pre>
 *
 * @param proved the largest radius for which the class is proved to stay; 0 where none is
 * @param open the smallest radius for which it was not proved; as far as was asked, where all are
 * @param isBroken whether at {@code open} an input has another class
 * @param report the claim at {@code proved}; without a claim where there is none
 */
public record CertifiedRadius(double proved, double open, boolean isBroken, Report report) {
  private static final int HALVINGS = 10;

  /**
   * Asks about radii up to one.
   *
   * @param x one sample, with its batch axis
   * @param most the norm, and the largest radius that is asked for
   * @param each what may be spent on one radius
   */
  public static CertifiedRadius of(
      Model<? extends Classes> model, Tensor x, Claims.Radius most, Budget each) {
    TheoremRunner asked = new TheoremRunner(model, each, Optional.empty());
    CertifiedRadius found =
        new CertifiedRadius(0, most.radius(), false, Report.of(model, List.of()));
    double radius = most.radius();
    for (int i = 0; i <= HALVINGS && found.proved < most.radius(); i++) {
      Claims.Radius ball = new Claims.Radius(most.norm(), radius);
      Claim claim =
          asked.theorem(
              new Theorem<>(CertifiedAccuracy.near(model, x, ball), new Formula.ArgmaxStays(x)));
      boolean broken = claim.verdict() instanceof Verdict.Refuted;
      found =
          claim.verdict() instanceof Verdict.Proved
              ? new CertifiedRadius(
                  radius, found.open, found.isBroken, Report.of(model, List.of(claim)))
              : new CertifiedRadius(found.proved, radius, broken, found.report);
      radius = (found.proved + found.open) / 2;
    }
    return found;
  }

  /** {@code the class stays within 0.0391; broken at 0.0430}. */
  @Override
  public String toString() {
    String beyond = isBroken ? "broken at " : "not proved at ";
    String rest = proved < open ? "; " + beyond + String.format("%.4g", open) : "";
    return "the class stays within " + String.format("%.4g", proved) + rest;
  }
}
