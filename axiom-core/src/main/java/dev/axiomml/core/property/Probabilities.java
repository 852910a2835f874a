package dev.axiomml.core.property;

/**
 * The output kind of a classifier that ends in a distribution: entries in [0, 1] that sum to one
 * along the last axis.
 */
public interface Probabilities extends Classes {}
