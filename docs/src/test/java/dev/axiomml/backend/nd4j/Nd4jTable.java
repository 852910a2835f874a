package dev.axiomml.backend.nd4j;

import dev.axiomml.core.ir.Graph;

/** Opens the backend's table to the page that is made of it. */
public final class Nd4jTable {
  private Nd4jTable() {}

  /** Whether ND4J runs all nodes of a graph. */
  public static boolean covers(Graph graph) {
    return graph.nodes().stream().allMatch(Nd4jRules::cover);
  }
}
