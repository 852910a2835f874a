package dev.axiomml.core.run;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.ir.Graph;
import java.util.Optional;

/** Something that runs graphs; found by {@link java.util.ServiceLoader}. */
public interface Backend {
  /** Its name. */
  BackendId id();

  /** Why it cannot run on this machine, one sentence; empty when it can. */
  Optional<String> unavailable();

  /**
   * A plan for one graph; called from several threads at once.
   *
   * @param graph an inference graph whose input shapes are fixed
   * @throws BackendException when nodes have no kernel and Java is not allowed, or when the backend
   *     is unavailable
   */
  Plan compile(Graph graph, Compilation options);

  /** Makes plans of one model for all its sizes, which share what they can. */
  default PlanFactory plans(Compilation options) {
    return graph -> compile(graph, options);
  }

  /** The instruction set that its kernels use here; empty where it cannot run or has none. */
  default Optional<String> instructions() {
    return Optional.empty();
  }
}
