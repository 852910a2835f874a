package dev.axiomml.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ContentHash;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
  private static final Tensor X = Tensor.random(Shape.of(1, 6, 6, 1), 3, 0, 1);

  private static Model<Output> model(String name) {
    Model<Output> image = Nets.image(1);
    Signature<Output> s = image.signature();
    return Model.of(new Signature<>(name, s.inputs(), s.outputs(), s.kind()), image.graph());
  }

  private static Claim proved() {
    Theorem<Output> theorem = PropertyText.theorem("∀x ∈ [0,1]. valid_probabilities(output)");
    Proof proof =
        new Proof(theorem, ProofSemantics.FLOAT32, new ProofTree.Leaf(ProofMethod.STRUCTURE));
    return new Claim(theorem, new Verdict.Proved("by structure"), Optional.of(proof), 50, 0.014);
  }

  private static Claim open(Theorem<?> theorem, Verdict verdict) {
    return new Claim(theorem, verdict, Optional.empty(), 0, 1.25);
  }

  private static Claim refuted(Model<Output> model) {
    Verdict verdict = new Verdict.Refuted(List.of(X), List.of(model.predict(X)));
    return open(PropertyText.theorem("∀x. output[0] > 2"), verdict);
  }

  private static Claim tested() {
    return open(PropertyText.theorem("∀x. max(output) >= 0.3"), new Verdict.Tested(400));
  }

  private static Report all(String name) {
    Model<Output> model = model(name);
    Verdict moved = new Verdict.Refuted(List.of(X), List.of(model.predict(X)));
    return Report.of(
        model,
        List.of(
            proved(),
            tested(),
            refuted(model),
            open(Claims.robust(X, Claims.linf(0.1)).argmaxStays(), moved),
            open(
                PropertyText.theorem("∀x. no_nan(output)"), new Verdict.Unknown("out of <time>"))));
  }

  @Test
  void the_text_says_first_whether_it_passed() {
    Report passed = Report.of(model("digits"), List.of(proved(), tested()));
    assertThat(passed.toString()).startsWith("✓ PASSED  digits: 1 proved, 1 tested\n");
    assertThat(passed.passed()).isTrue();
    assertThat(all("digits").toString()).startsWith("✗ FAILED  digits: 1 proved, 1 tested, 2 ref");
    assertThat(all("digits").passed()).isFalse();
  }

  @Test
  void the_text_says_how_where_and_how_long() {
    assertThat(all("digits").toString())
        .contains("PROVED   ∀x ∈ [0, 1]. valid_probabilities(output)\n")
        .contains("by structure; float32 execution, any summation order; run on 50 samples besides")
        .contains("for all float32 inputs in [0, 1] of 1×6×6×1; 0.01 s")
        .contains("output[0] is ")
        .contains("for the 400 samples given; 1.25 s")
        .contains("for all float32 inputs of 1×6×6×1 within linf distance 0.1 of the given one;")
        .contains("UNKNOWN  ∀x. no_nan(output)\n           out of <time>");
  }

  @Test
  void what_was_tested_never_reads_as_proved() {
    Report report = Report.of(model("digits"), List.of(tested()));
    for (String text : List.of(report.toString(), report.toJson())) {
      assertThat(text)
          .contains("TESTED")
          .contains("nothing is proved of other inputs")
          .doesNotContain("PROVED");
    }
  }

  @Test
  void the_json_holds_all_of_it() throws Exception {
    Report report = all("a \"name\"");
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.get("model").asText()).isEqualTo("a \"name\"");
    assertThat(json.get("sha256").asText()).isEqualTo(ContentHash.of(report.model()));
    assertThat(json.get("passed").asBoolean()).isFalse();
    assertThat(json.get("claims").findValuesAsText("verdict"))
        .containsExactly("PROVED", "TESTED", "REFUTED", "REFUTED", "UNKNOWN");
    assertThat(json.get("claims").get(2).get("counterexample").get(0)).hasSize(36);
    assertThat(json.get("claims").get(1).get("samples").asLong()).isEqualTo(400);
  }

  @Test
  void the_page_is_whole_well_formed_and_needs_nothing_beside_itself(@TempDir Path folder)
      throws Exception {
    Report report = all("digits");
    report.writeHtml(folder.resolve("r.html"));
    String page = Files.readString(folder.resolve("r.html"));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    String xml = page.replace("<!DOCTYPE html>", "");
    factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("prefers-color-scheme: dark", "width=device-width", "<svg")
        .contains(ContentHash.of(report.model()), "axiom check-certificate", "What was changed")
        .contains("class=\"badge proved\"", "class=\"badge tested\"", "class=\"badge refuted\"")
        .doesNotContain("http", "<script", " src=", "url(", "@import", "<link");
    assertThat(folder.toFile().list()).containsExactly("r.html");
  }

  @Test
  void no_text_becomes_markup() throws Exception {
    String hostile = "</title><script>alert('x' & \"y\")</script>\u0001";
    Report report = all(hostile);
    Path page = Files.createTempFile("report", ".html");
    report.writeHtml(page);
    String html = Files.readString(page);
    Files.delete(page);
    assertThat(html)
        .doesNotContain("<script", "alert('x'", "\u0001")
        .contains("&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)", "out of &lt;time&gt;");
  }

  @Test
  void its_certificate_is_checked() {
    Report report = Report.of(model("digits"), List.of(proved(), tested()));
    assertThat(report.certificate().check(report.model()).isValid()).isTrue();
    assertThat(report.certificate().modelHash()).isEqualTo(ContentHash.of(report.model()));
  }
}
