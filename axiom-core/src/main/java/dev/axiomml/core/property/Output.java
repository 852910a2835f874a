package dev.axiomml.core.property;

/** What a model's output is, as a type: a property that has no meaning for it does not compile. */
public interface Output {}
