package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.backend.jni.lowering.KernelCall;
import dev.axiomml.backend.jni.lowering.KernelOpcode;
import dev.axiomml.backend.jni.lowering.KernelPlanner;
import dev.axiomml.backend.jni.lowering.LoweringContext;
import dev.axiomml.backend.jni.lowering.MemorySlot;
import dev.axiomml.backend.jni.lowering.ProductFusion;
import dev.axiomml.core.ir.Graph;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArenaTest {
  private static KernelCall step(MemorySlot from, MemorySlot to) {
    return new KernelCall(
        KernelOpcode.RELU,
        List.of(from, to),
        LoweringContext.longs(to.count(), 0, 0),
        List.of("s"));
  }

  @Test
  void a_chain_takes_the_room_of_its_two_largest_neighbours() {
    List<KernelCall> chain = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      chain.add(
          step(
              new MemorySlot(MemorySlot.Space.ARENA, i, 16),
              new MemorySlot(MemorySlot.Space.ARENA, i + 1, 16)));
    }
    assertThat(ValueArena.of(chain).bytes()).isEqualTo(2 * 64);
  }

  @Test
  void values_that_are_needed_together_never_share_a_byte() {
    for (long seed = 0; seed < 100; seed++) {
      Graph graph = RandomNet.of(seed, 2);
      List<KernelCall> plain = KernelPlanner.list(graph).instructions();
      assertApart(plain, seed);
      assertApart(ProductFusion.of(plain), seed);
    }
  }

  private static void assertApart(List<KernelCall> instructions, long seed) {
    ValueArena arena = ValueArena.of(instructions);
    for (int i = 0; i < instructions.size(); i++) {
      List<MemorySlot> alive = alive(instructions, i);
      for (MemorySlot a : alive) {
        assertThat(arena.offsets().get(a.index()) % 64).isZero();
        assertThat(end(arena, a)).isLessThanOrEqualTo(arena.bytes());
        alive.stream()
            .filter(b -> b.index() > a.index())
            .forEach(
                b ->
                    assertThat(
                            end(arena, a) <= arena.offsets().get(b.index())
                                || end(arena, b) <= arena.offsets().get(a.index()))
                        .as("seed %d: %s and %s", seed, a, b)
                        .isTrue());
      }
    }
  }

  private static long end(ValueArena arena, MemorySlot slot) {
    return arena.offsets().get(slot.index()) + 4L * slot.count();
  }

  /** Intermediate values touched at or before an instruction, and at or after it. */
  private static List<MemorySlot> alive(List<KernelCall> instructions, int at) {
    List<MemorySlot> before = touched(instructions.subList(0, at + 1));
    return touched(instructions.subList(at, instructions.size())).stream()
        .filter(a -> before.stream().anyMatch(a::sameMemory))
        .toList();
  }

  private static List<MemorySlot> touched(List<KernelCall> instructions) {
    return instructions.stream()
        .flatMap(i -> i.operands().stream())
        .filter(MemorySlot::isIntermediate)
        .distinct()
        .toList();
  }
}
