package dev.axiomml.verify.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.model.OverallOutcome;
import dev.axiomml.core.model.SampleSource;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.model.VerdictKind;
import dev.axiomml.core.run.BuildIdentity;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ContentHash;

/**
 * A report for programs: {@code model}, {@code sha256}, {@code passed}, {@code outcome} ({@code
 * PASSED}, {@code FAILED}, {@code UNDECIDED}), {@code required}, {@code exit}, {@code tool} (its
 * {@code version}, {@code commit}, {@code java}, {@code instructions}) and {@code claims}, each
 * with {@code claim}, {@code verdict}, {@code passes}, {@code how}, {@code where}, {@code samples},
 * {@code seconds}, where a domain is missing {@code fix}, for samples of a file {@code data} (its
 * {@code file} and {@code sha256}), and for a refuted one {@code counterexample} and {@code
 * replayed} as lists of numbers.
 */
public final class JsonReport {
  private JsonReport() {}

  /** The JSON text. */
  public static String of(ReportContents contents) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", contents.model().name()).put("sha256", ContentHash.of(contents.model()));
    OverallOutcome outcome = contents.outcome();
    json.put("passed", outcome == OverallOutcome.PASSED).put("outcome", outcome.toString());
    json.put("required", contents.required().toString()).put("exit", outcome.exit());
    tool(json.putObject("tool"));
    ArrayNode claims = json.putArray("claims");
    contents.claims().forEach(claim -> claim(claims.addObject(), contents, claim));
    try {
      return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  private static void tool(ObjectNode json) {
    BuildIdentity tool = BuildIdentity.ofThis();
    json.put("version", tool.version()).put("commit", tool.commit());
    json.put("java", tool.java()).put("instructions", tool.instructions());
  }

  private static void claim(ObjectNode json, ReportContents contents, Claim claim) {
    ReportText line = new ReportText(contents.model(), claim);
    json.put("claim", claim.text()).put("verdict", claim.verdict().word());
    json.put("passes", VerdictKind.of(claim.verdict()).passes(contents.required()));
    json.put("how", line.how()).put("where", line.where());
    line.advice().ifPresent(fix -> json.put("fix", fix));
    long tested = claim.verdict() instanceof Verdict.Tested t ? t.samples() : claim.samples();
    json.put("samples", tested).put("seconds", claim.seconds());
    evidence(json, claim.verdict());
  }

  private static void evidence(ObjectNode json, Verdict verdict) {
    if (verdict instanceof Verdict.Tested tested && tested.source().isPresent()) {
      SampleSource source = tested.source().get();
      json.putObject("data").put("file", source.file()).put("sha256", source.sha256());
    }
    if (verdict instanceof Verdict.Refuted refuted) {
      refuted.counterexample().forEach(numbers(json.putArray("counterexample")));
      refuted.replayed().forEach(numbers(json.putArray("replayed")));
    }
  }

  /** NaN and infinities, which JSON does not have, are written as text. */
  private static java.util.function.Consumer<Tensor> numbers(ArrayNode to) {
    return tensor -> {
      ArrayNode list = to.addArray();
      for (int i = 0; i < tensor.size(); i++) {
        double value = tensor.doubleAt(i);
        if (!tensor.dtype().isFloat()) {
          list.add(tensor.longAt(i));
        } else if (Double.isFinite(value)) {
          list.add(value);
        } else {
          list.add(String.valueOf(value));
        }
      }
    };
  }
}
