package dev.axiomml.verify.report;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.SampleSource;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ContentHash;
import dev.axiomml.verify.cert.ProofSemantics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The inputs that an answer speaks of, spelled out. */
record DomainText(Model<?> model, Claim claim) {
  private static final String UNDECLARED = ": no domain was declared";
  private static final String BETWEEN = " each element between the two given";
  private static final String ANY = " (any finite)";
  private static final int SHOWN = 16;

  /**
   * {@code for all float32 inputs in [0, 1] of 1×8×8×1}, {@code for the 300 samples of x.npy
   * (sha-256 …)}.
   */
  String sentence() {
    if (claim.verdict() instanceof Verdict.Tested tested) {
      return samples(tested) + given();
    }
    if (PropertyText.of(claim.theorem().formula()).contains("softmax(x)")) {
      return "for all finite vectors x of any length";
    }
    Region region = claim.theorem().region();
    if (region instanceof Region.Named named) {
      return "for all " + elements() + " inputs " + each(named) + given();
    }
    if (region instanceof Region.Declared) {
      return declared();
    }
    return "for all " + elements() + " inputs" + within(region);
  }

  /** Where each free input lies, by its name. */
  private String each(Region.Named named) {
    return ports().stream()
        .map(port -> port.name() + place(port, named.of(port.name())))
        .collect(Collectors.joining(", "));
  }

  private static String place(Port port, Region region) {
    if (region instanceof Region.Ball ball) {
      return " of " + one(port) + ball(ball);
    }
    if (region instanceof Region.Box) {
      return " of " + one(port) + BETWEEN;
    }
    String range = region instanceof Region.Range ? " in " + PropertyText.of(region) : ANY;
    return (region instanceof Region.Declared ? domain(port) : range) + " of " + one(port);
  }

  /** {@code , with sr = 16000, state = state.npy (float32 2×1×6, sha-256 …)}. */
  private String given() {
    List<String> all = new ArrayList<>();
    Region.Named.of(claim.theorem().region())
        .given()
        .forEach((name, value) -> all.add(name + " = " + numbers(value)));
    return all.isEmpty() ? "" : ", with " + String.join(", ", all);
  }

  /** One number everywhere by itself, an array by what it is known by. */
  private static String numbers(GivenValue value) {
    String text = PropertyText.of(value);
    if (!(value instanceof GivenValue.Array array)) {
      return text;
    }
    Tensor tensor = array.tensor();
    boolean number = array.file().isEmpty() && !text.endsWith(" tensor");
    if (number) {
      return text + (tensor.size() == 1 ? "" : " everywhere in " + tensor.type());
    }
    String file = array.file().isEmpty() ? "" : Path.of(array.file()).getFileName() + " ";
    String hash = ContentHash.of(tensor).substring(0, SHOWN);
    return file + "(" + tensor.type() + ", sha-256 " + hash + "…)";
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
    return port.domain().map(range -> " in " + PropertyText.of(range)).orElse(ANY);
  }

  private String within(Region region) {
    if (region instanceof Region.Range) {
      return " in " + PropertyText.of(region) + shapes();
    }
    if (region instanceof Region.Ball ball) {
      return shapes() + ball(ball);
    }
    return region instanceof Region.Box ? shapes() + "," + BETWEEN : shapes();
  }

  private static String ball(Region.Ball ball) {
    String norm = ball.norm().name().toLowerCase(Locale.ROOT);
    return " within " + norm + " distance " + ball.radius() + " of the given one";
  }

  /** The inputs that the claim leaves free. */
  private List<Port> ports() {
    Map<String, GivenValue> given = Region.Named.of(claim.theorem().region()).given();
    return model.signature().inputs().stream().filter(p -> !given.containsKey(p.name())).toList();
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
