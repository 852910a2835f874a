package dev.axiomml.backend.nd4j;

import dev.axiomml.core.ir.Node;

/** Opens the backend's table to the page that is made of it. */
public final class Nd4jTable {
  private Nd4jTable() {}

  /** Whether ND4J runs a node. */
  public static boolean covers(Node node) {
    return Nd4jRules.cover(node);
  }
}
