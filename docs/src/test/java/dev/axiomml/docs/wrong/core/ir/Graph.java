package dev.axiomml.docs.wrong.core.ir;

import dev.axiomml.docs.wrong.core.op.Op;
import java.util.List;

/** A cycle: op and ir see each other. */
public record Graph(List<Op> ops) {}
