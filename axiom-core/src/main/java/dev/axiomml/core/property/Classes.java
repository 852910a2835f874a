package dev.axiomml.core.property;

/** The output kind of any classifier: one number a class along the last axis, the largest wins. */
public interface Classes extends Output {}
