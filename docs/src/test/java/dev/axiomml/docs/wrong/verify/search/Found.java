package dev.axiomml.docs.wrong.verify.search;

/** What a search found. */
public record Found() {}
