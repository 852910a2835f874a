package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Theorem;
import java.util.Optional;

/**
 * Claims with their region, formula, verdict and proof. The words of a claim are written for people
 * and never read: they are made from the region and the formula.
 */
final class ClaimJson {
  private ClaimJson() {}

  static ObjectNode write(Claim claim) {
    ObjectNode json = LimitedJson.object().put("claim", claim.text());
    json.set("region", RegionJson.write(claim.theorem().region()));
    json.set("formula", FormulaJson.write(claim.theorem().formula()));
    json.set("verdict", VerdictJson.write(claim.verdict()));
    claim.proof().ifPresent(proof -> json.set("proof", proof(proof)));
    json.put("samples", claim.samples());
    return LimitedJson.number(json, "seconds", claim.seconds());
  }

  private static ObjectNode proof(Proof proof) {
    ObjectNode json = LimitedJson.object().put("semantics", LimitedJson.word(proof.semantics()));
    json.set("region", RegionJson.write(proof.theorem().region()));
    return json.put("tree", proof.line().toString());
  }

  static Claim read(StrictFields json) {
    json.only("claim", "region", "formula", "verdict", "proof", "samples", "seconds");
    Theorem<?> theorem =
        new Theorem<>(
            RegionJson.read(json.object("region")), FormulaJson.read(json.object("formula")));
    Optional<Proof> proof =
        json.has("proof")
            ? Optional.of(proof(json.object("proof"), theorem.formula()))
            : Optional.empty();
    return claim(json, theorem, proof);
  }

  private static Claim claim(StrictFields json, Theorem<?> theorem, Optional<Proof> proof) {
    try {
      return new Claim(
          theorem,
          VerdictJson.read(json.object("verdict")),
          proof,
          json.whole("samples"),
          json.number("seconds"));
    } catch (CertificateException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw StrictFields.refused(json.place(), "a claim", e);
    }
  }

  private static Proof proof(StrictFields json, Formula formula) {
    json.only("semantics", "region", "tree");
    return new Proof(
        new Theorem<>(RegionJson.read(json.object("region")), formula),
        json.choice("semantics", ProofSemantics.values()),
        ProofLine.parse(json.ascii("tree"), json.place() + ".tree"));
  }
}
