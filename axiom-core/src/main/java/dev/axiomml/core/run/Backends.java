package dev.axiomml.core.run;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backends on the class path. */
public final class Backends {
  /** Plain Java, the meaning of every operator; always there. */
  public static final BackendId REFERENCE = new BackendId("reference");

  /** ND4J, when its jars are on the class path. */
  public static final BackendId ND4J = new BackendId("nd4j");

  /**
   * Compiled kernels, when {@code axiom-backend-native} is on the class path and has a library for
   * this platform.
   */
  public static final BackendId NATIVE = new BackendId("native");

  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static final List<BackendId> FASTEST_FIRST = List.of(NATIVE, ND4J, REFERENCE);

  private Backends() {}

  /** Every backend that is present, usable or not, in the order of {@link #choose}. */
  public static List<Backend> present() {
    List<Backend> found = new ArrayList<>(List.of(new ReferenceBackend()));
    ServiceLoader.load(Backend.class).forEach(found::add);
    found.sort((a, b) -> rank(a.id()) - rank(b.id()));
    return found;
  }

  private static int rank(BackendId id) {
    int rank = FASTEST_FIRST.indexOf(id);
    return rank < 0 ? FASTEST_FIRST.size() : rank;
  }

  /**
   * The backend of a name. @throws BackendException when it is not there or cannot run here; there
   * is no fallback
   */
  public static Backend require(BackendId id) {
    Backend backend =
        present().stream()
            .filter(b -> b.id().equals(id))
            .findFirst()
            .orElseThrow(() -> missing(id));
    Optional<String> reason = backend.unavailable();
    if (reason.isPresent()) {
      throw new BackendException(
          new Diagnosis(
              "backend " + id + " cannot run here: " + reason.get(),
              "Backends.require",
              "a backend that is asked for by name is never replaced by another",
              "use Backends.REFERENCE, or Backends.choose() for the fastest that runs"));
    }
    return backend;
  }

  private static BackendException missing(BackendId id) {
    String jar =
        id.equals(NATIVE)
            ? "dev.axiomml:axiom-backend-native"
            : "dev.axiomml:axiom-backend-nd4j, and org.nd4j:nd4j-native (1.0.0-M2.1, with your"
                + " platform's classifier)";
    boolean known = FASTEST_FIRST.contains(id);
    return new BackendException(
        new Diagnosis(
            "no backend " + id + " on the class path",
            "Backends.require",
            "present: " + present().stream().map(b -> b.id().name()).toList(),
            known ? "add " + jar : "use one of " + FASTEST_FIRST));
  }

  /** The fastest backend that runs here, and why each faster one does not. */
  public static Choice choose() {
    Map<BackendId, String> passed = new LinkedHashMap<>();
    List<Backend> present = present();
    for (BackendId id : FASTEST_FIRST) {
      Optional<Backend> backend = present.stream().filter(b -> b.id().equals(id)).findFirst();
      Optional<String> reason =
          backend.isEmpty() ? Optional.of("not on the class path") : backend.get().unavailable();
      if (reason.isEmpty()) {
        LOG.info("chose backend {}; passed over: {}", id, passed);
        return new Choice(id, passed);
      }
      passed.put(id, reason.get());
    }
    throw new IllegalStateException("the reference backend is always there");
  }

  /**
   * A choice with its reasons.
   *
   * @param chosen the backend to use
   * @param passedOver faster ones and why they cannot be used
   */
  public record Choice(BackendId chosen, Map<BackendId, String> passedOver) {
    /** Copies the reasons. */
    public Choice {
      passedOver = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(passedOver));
    }
  }
}
