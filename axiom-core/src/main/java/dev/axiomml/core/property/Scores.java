package dev.axiomml.core.property;

/** The output kind of a classifier that ends in raw scores, one a class. */
public interface Scores extends Classes {}
