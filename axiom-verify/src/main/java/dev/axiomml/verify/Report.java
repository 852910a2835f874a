package dev.axiomml.verify;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.OverallOutcome;
import dev.axiomml.core.model.RequiredEvidence;
import dev.axiomml.core.model.VerificationFindings;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.report.HtmlReport;
import dev.axiomml.verify.report.JsonReport;
import dev.axiomml.verify.report.ReportContents;
import dev.axiomml.verify.report.TextReport;
import java.nio.file.Path;
import java.util.List;

/**
 * What a verification of a model found: data first, then text, JSON and a page to read.
 *
 * <p>Passed means that something was asked and that each claim is proved, proved over the reals or
 * tested; {@link #requiring} asks for more. What was only tested never reads as proved.
 */
public final class Report implements VerificationFindings {
  private final ReportContents contents;

  private Report(ReportContents contents) {
    this.contents = contents;
  }

  /** A report of claims about a model, in the order in which they were asked. */
  public static Report of(Model<?> model, List<Claim> claims) {
    return new Report(new ReportContents(model, claims, RequiredEvidence.TESTED));
  }

  /** The same answers where more is required before a claim passes; at first, tests are enough. */
  public Report requiring(RequiredEvidence required) {
    return new Report(new ReportContents(model(), claims(), required));
  }

  /** What the answers come to, under what is required. */
  public OverallOutcome outcome() {
    return contents.outcome();
  }

  @Override
  public boolean passed() {
    return outcome() == OverallOutcome.PASSED;
  }

  /** The model that was asked. */
  public Model<?> model() {
    return contents.model();
  }

  /** The claims with their proofs. */
  public List<Claim> claims() {
    return contents.claims();
  }

  @Override
  public List<Finding> findings() {
    return claims().stream()
        .map(claim -> new Finding(claim.text(), claim.verdict(), claim.seconds()))
        .toList();
  }

  /** The claims with everything that is needed to check them again. */
  public Certificate certificate() {
    return Certificate.of(model(), claims());
  }

  /** For programs; the fields are {@link JsonReport}'s. */
  public String toJson() {
    return JsonReport.of(contents);
  }

  /** Writes one page that needs nothing beside itself; whole or not at all. */
  public void writeHtml(Path path) {
    WholeFile.write(path, HtmlReport.of(contents));
  }

  /** For a terminal: whether it passed, then each claim with how, where and how long. */
  @Override
  public String toString() {
    return TextReport.of(contents);
  }
}
