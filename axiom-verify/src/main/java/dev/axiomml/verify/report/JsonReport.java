package dev.axiomml.verify.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ContentHash;

/**
 * A report for programs: {@code model}, {@code sha256}, {@code passed} and {@code claims}, each
 * with {@code claim}, {@code verdict}, {@code how}, {@code where}, {@code samples}, {@code seconds}
 * and, for a refuted one, {@code counterexample} and {@code replayed} as lists of numbers.
 */
public final class JsonReport {
  private JsonReport() {}

  /** The JSON text. */
  public static String of(Contents contents) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", contents.model().name()).put("sha256", ContentHash.of(contents.model()));
    ArrayNode claims = json.put("passed", contents.passed()).putArray("claims");
    contents.claims().forEach(claim -> claim(claims.addObject(), claim));
    try {
      return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  private static void claim(ObjectNode json, Claim claim) {
    Told told = new Told(claim);
    json.put("claim", claim.text()).put("verdict", claim.verdict().word());
    json.put("how", told.how()).put("where", told.where());
    long tested = claim.verdict() instanceof Verdict.Tested t ? t.samples() : claim.samples();
    json.put("samples", tested).put("seconds", claim.seconds());
    if (claim.verdict() instanceof Verdict.Refuted refuted) {
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
        if (Double.isFinite(value)) {
          list.add(value);
        } else {
          list.add(String.valueOf(value));
        }
      }
    };
  }
}
