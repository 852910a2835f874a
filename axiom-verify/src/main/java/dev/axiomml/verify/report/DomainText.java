package dev.axiomml.verify.report;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.SampleSource;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ProofSemantics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The inputs that an answer speaks of, spelled out. */
record DomainText(Model<?> model, Claim claim) {
  private static final String UNDECLARED = ": no domain was declared";

  /**
   * {@code for all float32 inputs in [0, 1] of 1×8×8×1}, {@code for the 300 samples of x.npy
   * (sha-256 …)}.
   */
  String sentence() {
    if (claim.verdict() instanceof Verdict.Tested tested) {
      return samples(tested);
    }
    if (PropertyText.of(claim.theorem().formula()).contains("softmax(x)")) {
      return "for all finite vectors x of any length";
    }
    Region region = claim.theorem().region();
    if (region instanceof Region.Declared) {
      return declared();
    }
    return "for all " + elements() + " inputs" + within(region);
  }

  /** Something to type where no domain was declared and the answer is no proof. */
  Optional<String> advice() {
    boolean asked = claim.theorem().region() instanceof Region.Declared && claim.proof().isEmpty();
    return asked && ports().stream().anyMatch(port -> port.domain().isEmpty())
        ? Optional.of("declare the domain: --domain \"[0,1]\", in Java .within(0, 1)")
        : Optional.empty();
  }

  private String samples(Verdict.Tested tested) {
    boolean pairs = claim.theorem().formula().isOfPairs();
    String noun = tested.samples() == 1 ? " sample" : " samples";
    String given = tested.source().map(SampleSource::toString).map(" of "::concat).orElse(" given");
    return (pairs ? "around the " : "for the ") + tested.samples() + noun + given;
  }

  private String declared() {
    List<Optional<Region.Range>> domains = ports().stream().map(Port::domain).distinct().toList();
    if (domains.size() > 1) {
      return "for all "
          + elements()
          + " inputs "
          + ports().stream()
              .map(port -> port.name() + domain(port) + " of " + one(port))
              .collect(Collectors.joining(", "));
    }
    return domains.get(0).isPresent()
        ? "for all " + elements() + " inputs" + within(domains.get(0).get())
        : "for all finite " + elements() + " inputs" + shapes() + UNDECLARED;
  }

  private static String domain(Port port) {
    return port.domain().map(range -> " in " + PropertyText.of(range)).orElse(" (any finite)");
  }

  private String within(Region region) {
    if (region instanceof Region.Range) {
      return " in " + PropertyText.of(region) + shapes();
    }
    if (region instanceof Region.Ball ball) {
      String norm = ball.norm().name().toLowerCase(Locale.ROOT);
      return shapes() + " within " + norm + " distance " + ball.radius() + " of the given one";
    }
    return region instanceof Region.Box
        ? shapes() + ", each element between the two given"
        : shapes();
  }

  private List<Port> ports() {
    return model.signature().inputs();
  }

  private String elements() {
    if (claim.proof().filter(proof -> proof.semantics() == ProofSemantics.REAL).isPresent()) {
      return "real";
    }
    List<DType> types = ports().stream().map(port -> port.type().dtype()).distinct().toList();
    return types.stream().map(DType::toString).collect(Collectors.joining(" and "));
  }

  private String shapes() {
    return " of " + ports().stream().map(DomainText::one).collect(Collectors.joining(" and "));
  }

  /** The shape of one sample; a batch that is fixed is no sample, and said so. */
  private static String one(Port port) {
    Shape shape = port.type().shape();
    boolean fixed = shape.rank() > 0 && shape.dim(0).isFixed();
    return shape.rank() == 0 || fixed
        ? shape + (fixed ? " (the batch is fixed)" : "")
        : shape.with(0, Dim.ONE).toString();
  }
}
