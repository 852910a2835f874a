package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Instructions while they are being emitted, and the constants they read; one compilation's. */
final class KernelCallList {
  private final List<KernelCall> instructions = new ArrayList<>();
  private final List<Tensor> weights = new ArrayList<>();
  private final Map<Tensor, MemorySlot> placed = new IdentityHashMap<>();
  private int intermediates;

  /** The place of a constant; the same tensor object lies once. */
  MemorySlot weights(Tensor tensor) {
    return placed.computeIfAbsent(
        tensor,
        t -> {
          weights.add(t);
          return new MemorySlot(MemorySlot.Space.WEIGHTS, weights.size() - 1, t.size());
        });
  }

  /** A place for a new intermediate value. */
  MemorySlot intermediate(int count) {
    return new MemorySlot(MemorySlot.Space.ARENA, intermediates++, count);
  }

  void add(KernelCall instruction) {
    instructions.add(instruction);
  }

  List<KernelCall> instructions() {
    return List.copyOf(instructions);
  }

  List<Tensor> weights() {
    return List.copyOf(weights);
  }
}
