package dev.axiomml.docs.wrong.verify.check;

import dev.axiomml.docs.wrong.verify.search.Found;

/** A check that asks the search. */
public record Checker(Found found) {}
