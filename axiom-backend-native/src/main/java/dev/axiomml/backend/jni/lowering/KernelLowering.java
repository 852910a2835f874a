package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.op.Op;
import java.util.Optional;

/**
 * What an operator becomes.
 *
 * @param <O> the operator's class
 */
@FunctionalInterface
interface KernelLowering<O extends Op> {
  /**
   * Emits the instructions and returns where the result lies; empty, with nothing emitted, when no
   * kernel takes these settings.
   */
  Optional<MemorySlot> lower(O op, LoweringContext at);
}
