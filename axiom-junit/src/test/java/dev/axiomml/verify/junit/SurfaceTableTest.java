package dev.axiomml.verify.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.OverallOutcome;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.RequiredEvidence;
import dev.axiomml.core.model.SampleSource;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.model.VerdictKind;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.check.CheckResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of verdicts and surfaces: what several verdicts come to is the same in text, JSON,
 * HTML, a report, an assertion, a certificate's check and an exit code.
 */
class SurfaceTableTest {
  private static final Model<Output> MODEL = Nets.image(1).within(0, 1);
  private static final Theorem<Output> TRUE =
      new Property<Output>(PropertyText.formula("no_nan(output)")).everywhere();
  private static final Theorem<Output> FALSE =
      new Property<Output>(PropertyText.formula("output[0] > 2")).everywhere();
  private static Claim proved;
  private static Claim reals;
  private static Claim refuted;

  @TempDir Path folder;

  @BeforeAll
  static void search() {
    Budget budget = Budget.seconds(20);
    proved = Verifier.prove(MODEL, List.of(TRUE), budget).claims().get(0);
    reals = Verifier.prove(MODEL, List.of(TRUE), budget.overTheReals()).claims().get(0);
    refuted = Verifier.prove(MODEL, List.of(FALSE), budget).claims().get(0);
  }

  private static Claim claim(String word) {
    return switch (VerdictKind.valueOf(word)) {
      case PROVED -> proved;
      case REALS -> reals;
      case REFUTED -> refuted;
      case TESTED ->
          open(new Verdict.Tested(300, Optional.of(new SampleSource("x.npy", "ab12".repeat(16)))));
      case UNKNOWN -> open(new Verdict.Unknown("the time was over"));
    };
  }

  private static Claim open(Verdict verdict) {
    return new Claim(TRUE, verdict, Optional.empty(), 0, 1);
  }

  private static Report report(String verdicts, String required) {
    List<Claim> claims =
        verdicts == null
            ? List.of()
            : Arrays.stream(verdicts.split(" ")).map(SurfaceTableTest::claim).toList();
    return Report.of(MODEL, claims).requiring(RequiredEvidence.valueOf(required));
  }

  /** The verdicts, what is required, what all surfaces say, the exit code. */
  @ParameterizedTest(name = "{0}, required {1}: {2}")
  @CsvSource({
    ",                        TESTED, UNDECIDED, 2",
    ",                        PROVED, UNDECIDED, 2",
    "PROVED,                  TESTED, PASSED,    0",
    "PROVED,                  REALS,  PASSED,    0",
    "PROVED,                  PROVED, PASSED,    0",
    "REALS,                   TESTED, PASSED,    0",
    "REALS,                   REALS,  PASSED,    0",
    "REALS,                   PROVED, UNDECIDED, 2",
    "TESTED,                  TESTED, PASSED,    0",
    "TESTED,                  REALS,  UNDECIDED, 2",
    "TESTED,                  PROVED, UNDECIDED, 2",
    "REFUTED,                 TESTED, FAILED,    1",
    "REFUTED,                 PROVED, FAILED,    1",
    "UNKNOWN,                 TESTED, UNDECIDED, 2",
    "UNKNOWN,                 PROVED, UNDECIDED, 2",
    "PROVED REALS TESTED,     TESTED, PASSED,    0",
    "PROVED REALS TESTED,     REALS,  UNDECIDED, 2",
    "PROVED REALS,            PROVED, UNDECIDED, 2",
    "PROVED UNKNOWN,          TESTED, UNDECIDED, 2",
    "TESTED REFUTED,          TESTED, FAILED,    1",
    "UNKNOWN REFUTED PROVED,  TESTED, FAILED,    1",
    "REFUTED UNKNOWN,         PROVED, FAILED,    1"
  })
  void every_surface_says_the_same(String verdicts, String required, String outcome, int exit)
      throws Exception {
    Report report = report(verdicts, required);
    boolean passes = exit == 0;
    assertThat(report.outcome()).isEqualTo(OverallOutcome.valueOf(outcome));
    assertThat(report.outcome().exit()).isEqualTo(exit);
    assertThat(report.passed()).isEqualTo(passes);
    assertThat(report.outcome(RequiredEvidence.valueOf(required))).isEqualTo(report.outcome());
    assertThat(report.toString()).startsWith(report.outcome().sign() + " " + outcome + "  ");
    json(report, outcome, exit);
    html(report, outcome);
    if (passes) {
      new ModelAssert<>(MODEL).judged(report);
    } else {
      assertThatThrownBy(() -> new ModelAssert<>(MODEL).judged(report))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(outcome);
    }
    CheckResult checked = report.certificate().check(MODEL);
    assertThat(checked.outcome(RequiredEvidence.valueOf(required)))
        .as(checked.toString())
        .isEqualTo(report.outcome());
  }

  private static void json(Report report, String outcome, int exit) throws Exception {
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.get("passed").asBoolean()).isEqualTo(exit == 0);
    assertThat(json.get("outcome").asText()).isEqualTo(outcome);
    assertThat(json.get("exit").asInt()).isEqualTo(exit);
    assertThat(json.get("tool").get("java").asText()).contains(System.getProperty("java.version"));
    assertThat(json.get("claims").findValuesAsText("verdict"))
        .isEqualTo(report.claims().stream().map(c -> c.verdict().word()).toList());
    assertThat(json.get("claims").findValuesAsText("passes").stream().allMatch("true"::equals))
        .isEqualTo(exit == 0 || report.claims().isEmpty());
  }

  private void html(Report report, String outcome) throws Exception {
    report.writeHtml(folder.resolve("r.html"));
    String page = Files.readString(folder.resolve("r.html"));
    assertThat(page)
        .contains("<p class=\"state " + outcome.toLowerCase(Locale.ROOT) + "\">")
        .contains(report.outcome().sign() + " " + outcome + " — ");
    for (Claim claim : report.claims()) {
      VerdictKind kind = VerdictKind.of(claim.verdict());
      assertThat(page).contains("class=\"badge " + kind.label() + "\">" + kind.word() + "<");
    }
  }

  /** The domain is spelled out with every verdict, and no quantifier stands beside a test. */
  @ParameterizedTest
  @CsvSource({
    "PROVED,  ∀x. no_nan(output), for all float32 inputs in [0; 1] of 1×6×6×1",
    "REALS,   ∀x. no_nan(output), for all real inputs in [0; 1] of 1×6×6×1",
    "TESTED,  no_nan(output),     for the 300 samples of x.npy (sha-256 ab12ab12ab12ab12…)",
    "REFUTED, ∀x. output[0] > 2,  for all float32 inputs in [0; 1] of 1×6×6×1",
    "UNKNOWN, ∀x. no_nan(output), for all float32 inputs in [0; 1] of 1×6×6×1"
  })
  void every_surface_names_the_domain(String kind, String claim, String domain) throws Exception {
    Report report = report(kind, "TESTED");
    String where = domain.replace("; ", ", ");
    assertThat(report.findings().get(0).claim()).isEqualTo(claim);
    assertThat(report.toString()).contains(" " + claim + "\n").contains(where);
    JsonNode json = new ObjectMapper().readTree(report.toJson()).get("claims").get(0);
    assertThat(json.get("claim").asText()).isEqualTo(claim);
    assertThat(json.get("where").asText()).isEqualTo(where);
    report.writeHtml(folder.resolve("r.html"));
    assertThat(Files.readString(folder.resolve("r.html")))
        .contains("<code>" + claim.replace(">", "&gt;") + "</code>", "<td>" + where + "</td>");
    assertThat(report.certificate().toJson().replace("\\", "")).contains(claim);
    if (kind.equals("TESTED")) {
      String checked = report.certificate().check(MODEL).toString();
      assertThat(report.toString() + report.toJson() + report.certificate().toJson() + checked)
          .doesNotContain("∀");
      assertThat(checked).contains("TESTED   " + claim);
      assertThat(json.get("data").get("sha256").asText()).hasSize(64);
    }
  }

  private static Model<Output> undeclared() {
    Signature<Output> s = MODEL.signature();
    List<Port> open =
        s.inputs().stream()
            .map(port -> new Port(port.name(), port.type(), port.axes(), Optional.empty()))
            .toList();
    return Model.of(new Signature<>(s.name(), open, s.outputs(), s.kind()), MODEL.graph());
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN", "REFUTED"})
  void a_missing_domain_is_named_with_what_to_type(String kind) throws Exception {
    Report report = Report.of(undeclared(), List.of(claim(kind)));
    String where = "for all finite float32 inputs of 1×6×6×1: no domain was declared";
    String fix = "declare the domain: --domain \"[0,1]\", in Java .within(0, 1)";
    assertThat(report.toString()).contains(where, fix);
    JsonNode json = new ObjectMapper().readTree(report.toJson()).get("claims").get(0);
    assertThat(json.get("where").asText()).isEqualTo(where);
    assertThat(json.get("fix").asText()).isEqualTo(fix);
    report.writeHtml(folder.resolve("r.html"));
    assertThat(Files.readString(folder.resolve("r.html")))
        .contains(where, fix.replace("\"", "&quot;"));
  }
}
