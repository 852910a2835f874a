package dev.axiomml.verify.report;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.SampleShapes;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A claim's answer in words: how it was found, for which inputs, in which time. */
record ReportText(Model<?> model, Claim claim) {
  private static final int SHOWN = 12;

  /** How the answer was found; what was only tested never reads as proved. */
  String how() {
    Verdict verdict = claim.verdict();
    if (verdict instanceof Verdict.Proved proved) {
      String semantics = claim.proof().map(proof -> proof.semantics().toString()).orElse("");
      boolean said = proved.method().contains(semantics);
      return proved.method() + (said ? "" : "; " + semantics) + beside();
    }
    if (verdict instanceof Verdict.ProvedOverReals proved) {
      return proved.method() + "; no statement about a float32 program" + beside();
    }
    if (verdict instanceof Verdict.Tested tested) {
      return "held on " + tested.samples() + " samples; nothing is proved of other inputs";
    }
    if (verdict instanceof Verdict.Unknown unknown) {
      return unknown.reason() + beside();
    }
    return fault().orElse("the counterexample breaks it") + beside();
  }

  private String beside() {
    return claim.samples() == 0 ? "" : "; run on " + claim.samples() + " samples besides";
  }

  /** What is wrong at the counterexample, in its own numbers. */
  private Optional<String> fault() {
    Verdict.Refuted refuted = (Verdict.Refuted) claim.verdict();
    boolean plain = claim.proof().isEmpty() && isOfOneSample(claim.theorem().formula());
    if (!plain || refuted.counterexample().isEmpty() || refuted.replayed().isEmpty()) {
      return Optional.empty();
    }
    return new SampleShapes(model.signature())
        .of(refuted.counterexample().get(0), refuted.replayed().get(0)).stream()
            .map(sample -> StatementEvaluation.fault(claim.theorem().formula(), sample))
            .flatMap(Optional::stream)
            .findFirst();
  }

  private static boolean isOfOneSample(Formula formula) {
    return !formula.isOfPairs()
        && !formula.mentions(Subject.SOFTMAX)
        && formula.atoms().stream().noneMatch(Formula.ArgmaxStays.class::isInstance);
  }

  /** The name of an input of the counterexample: x where the model or the claim has but one. */
  String input(int index) {
    List<Port> ports = model.signature().inputs();
    boolean several = ports.size() > 1 && !claim.theorem().formula().isOfPairs();
    return several && index < ports.size() ? ports.get(index).name() : "x";
  }

  /** The inputs that it speaks of, spelled out. */
  String where() {
    return new DomainText(model, claim).sentence();
  }

  /** What to type where the domain was left open. */
  Optional<String> advice() {
    return new DomainText(model, claim).advice();
  }

  /** {@code 0.12 s}. */
  String time() {
    return String.format(Locale.ROOT, "%.2f s", claim.seconds());
  }

  /** The first numbers of a tensor. */
  static String numbers(Tensor tensor) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Math.min(SHOWN, tensor.size()); i++) {
      text.append(i == 0 ? "" : ", ").append(number(tensor, i));
    }
    return text.append(tensor.size() > SHOWN ? ", … " + tensor.size() + " in all]" : "]")
        .toString();
  }

  private static String number(Tensor tensor, int i) {
    if (!tensor.dtype().isFloat()) {
      return String.valueOf(tensor.longAt(i));
    }
    return tensor.dtype() == dev.axiomml.core.tensor.DType.FLOAT32
        ? String.valueOf(tensor.floatAt(i))
        : String.valueOf(tensor.doubleAt(i));
  }
}
