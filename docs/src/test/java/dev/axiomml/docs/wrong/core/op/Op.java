package dev.axiomml.docs.wrong.core.op;

import dev.axiomml.docs.wrong.core.ir.Graph;

/** A cycle: op and ir see each other. */
public record Op(Graph graph) {}
