package dev.axiomml.verify;

import dev.axiomml.core.model.Findings;
import dev.axiomml.core.model.Model;
import dev.axiomml.verify.cert.Claim;
import java.util.List;

/** What a verification of a model found. */
public final class Report implements Findings {
  private final Model<?> model;
  private final List<Claim> claims;

  private Report(Model<?> model, List<Claim> claims) {
    this.model = model;
    this.claims = List.copyOf(claims);
  }

  /** A report of claims about a model, in the order in which they were asked. */
  public static Report of(Model<?> model, List<Claim> claims) {
    return new Report(model, claims);
  }

  /** The model that was asked. */
  public Model<?> model() {
    return model;
  }

  /** The claims with their proofs. */
  public List<Claim> claims() {
    return claims;
  }

  @Override
  public List<Finding> findings() {
    return claims.stream()
        .map(claim -> new Finding(claim.text(), claim.verdict(), claim.seconds()))
        .toList();
  }
}
