package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.op.Op;

/** How an operator is written as layers of a descriptor. */
@FunctionalInterface
interface DescriptorRule<T extends Op> {
  /** Writes the layers and answers how the result lies. */
  DescribedValue write(T op, DescriptorContext spot);
}
