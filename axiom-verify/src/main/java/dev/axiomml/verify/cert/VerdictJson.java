package dev.axiomml.verify.cert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axiomml.core.model.Verdict;
import java.util.Locale;

/** Verdicts with their evidence. */
final class VerdictJson {
  private VerdictJson() {}

  static ObjectNode write(Verdict verdict) {
    ObjectNode json = LimitedJson.object().put("is", verdict.word().toLowerCase(Locale.ROOT));
    if (verdict instanceof Verdict.Proved proved) {
      return json.put("method", proved.method());
    }
    if (verdict instanceof Verdict.ProvedOverReals proved) {
      return json.put("method", proved.method());
    }
    if (verdict instanceof Verdict.Refuted refuted) {
      TensorJson.write(json.putArray("counterexample"), refuted.counterexample());
      TensorJson.write(json.putArray("replayed"), refuted.replayed());
      return json;
    }
    if (verdict instanceof Verdict.Tested tested) {
      return json.put("samples", tested.samples());
    }
    return json.put("reason", ((Verdict.Unknown) verdict).reason());
  }

  static Verdict read(StrictFields json) {
    return switch (json.text("is")) {
      case "proved" -> new Verdict.Proved(json.only("is", "method").text("method"));
      case "proved over the reals" ->
          new Verdict.ProvedOverReals(json.only("is", "method").text("method"));
      case "refuted" ->
          new Verdict.Refuted(
              json.only("is", "counterexample", "replayed").objects("counterexample").stream()
                  .map(TensorJson::read)
                  .toList(),
              json.objects("replayed").stream().map(TensorJson::read).toList());
      case "tested" -> new Verdict.Tested(json.only("is", "samples").whole("samples"));
      case "unknown" -> new Verdict.Unknown(json.only("is", "reason").text("reason"));
      default -> throw StrictFields.malformed(json.place(), "a verdict", json.text("is"));
    };
  }
}
