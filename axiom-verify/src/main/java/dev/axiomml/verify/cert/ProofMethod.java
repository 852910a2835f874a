package dev.axiomml.verify.cert;

/** How a leaf of a proof shows that every part of a formula holds on the leaf's box. */
public enum ProofMethod {
  /**
   * By the form of the graph, over values that intervals show finite: a softmax is a distribution.
   */
  STRUCTURE,
  /** By intervals of every value, computed forward. */
  INTERVAL,
  /** By one backward linear bound over intervals that are met with linear bounds. */
  LINEAR,
  /** By exact arithmetic over the pieces of a piecewise-linear network. */
  EXACT
}
