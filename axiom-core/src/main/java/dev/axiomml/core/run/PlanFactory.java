package dev.axiomml.core.run;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.ir.Graph;

/**
 * Makes the plans of one model, one for each set of sizes. Backends that can hold weights and
 * working memory once for all of them; both are freed with the last plan.
 */
@FunctionalInterface
public interface PlanFactory {
  /**
   * A plan for one graph; called from several threads at once.
   *
   * @param graph the model's inference graph with its symbols bound
   * @throws BackendException when nodes have no kernel and Java is not allowed, or when the backend
   *     is unavailable
   */
  Plan plan(Graph graph);
}
