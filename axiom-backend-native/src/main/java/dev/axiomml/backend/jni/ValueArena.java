package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelCall;
import dev.axiomml.backend.jni.lowering.MemorySlot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One block of memory for all intermediate values: those that are never needed at the same time
 * share a place.
 *
 * @param offsets first byte of each intermediate value, by index
 * @param bytes the block's size
 */
record ValueArena(Map<Integer, Long> offsets, long bytes) {
  private static final long ALIGNMENT = 64;

  ValueArena {
    offsets = Map.copyOf(offsets);
  }

  /** Largest first, each at the lowest place that is free while it lives. */
  static ValueArena of(List<KernelCall> instructions) {
    List<Life> lives = new ArrayList<>(lives(instructions).values());
    lives.sort(Comparator.comparingLong(Life::bytes).reversed().thenComparing(Life::index));
    List<Placed> placed = new ArrayList<>();
    lives.forEach(life -> placed.add(new Placed(life, lowest(life, placed))));
    Map<Integer, Long> offsets = new TreeMap<>();
    placed.forEach(p -> offsets.put(p.life().index(), p.offset()));
    return new ValueArena(offsets, placed.stream().mapToLong(Placed::end).max().orElse(0));
  }

  private static long lowest(Life life, List<Placed> placed) {
    List<Placed> rivals =
        placed.stream()
            .filter(p -> p.life().overlaps(life))
            .sorted(Comparator.comparingLong(Placed::offset))
            .toList();
    long offset = 0;
    for (Placed rival : rivals) {
      if (offset + life.bytes() <= rival.offset()) {
        return offset;
      }
      offset = Math.max(offset, rival.end());
    }
    return offset;
  }

  private static Map<Integer, Life> lives(List<KernelCall> instructions) {
    Map<Integer, Life> lives = new TreeMap<>();
    for (int i = 0; i < instructions.size(); i++) {
      int at = i;
      instructions.get(i).operands().stream()
          .filter(MemorySlot::isIntermediate)
          .forEach(slot -> lives.merge(slot.index(), Life.at(slot, at), Life::joined));
    }
    return lives;
  }

  /** From the first to the last instruction that touches a value, both included. */
  private record Life(int index, long bytes, int first, int last) {
    static Life at(MemorySlot slot, int instruction) {
      long bytes = (4L * slot.count() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      return new Life(slot.index(), bytes, instruction, instruction);
    }

    Life joined(Life later) {
      return new Life(index, Math.max(bytes, later.bytes), first, later.last);
    }

    boolean overlaps(Life other) {
      return first <= other.last && other.first <= last;
    }
  }

  private record Placed(Life life, long offset) {
    long end() {
      return offset + life.bytes();
    }
  }
}
