package dev.axiomml.docs.wrong.dsl;

import dev.axiomml.docs.wrong.interop.npy.Reader;

/** One of the four that sees another. */
public record Flow(Reader from) {}
