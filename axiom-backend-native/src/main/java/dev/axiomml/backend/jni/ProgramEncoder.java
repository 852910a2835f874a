package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelCall;
import dev.axiomml.backend.jni.lowering.KernelOpcode;
import dev.axiomml.backend.jni.lowering.KernelPlanner;
import dev.axiomml.backend.jni.lowering.LoweringContext;
import dev.axiomml.backend.jni.lowering.MemorySlot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes a program as the words that {@code native-kernels/src/program.zig} reads. */
final class ProgramEncoder {
  private static final long MAGIC = 0x4d4f495841L;

  private final List<Long> words = new ArrayList<>();
  private final Map<WeightUse, Integer> weights = new LinkedHashMap<>();
  private final ValueArena arena;

  private ProgramEncoder(ValueArena arena) {
    this.arena = arena;
  }

  /** A weight as some instruction reads it. */
  record WeightUse(MemorySlot slot, WeightPacking packing) {}

  /**
   * A program ready for the border.
   *
   * @param words direct, in the machine's order
   * @param weights what the program's weights are, in its order
   */
  record Encoded(ByteBuffer words, List<WeightUse> weights) {
    Encoded {
      weights = List.copyOf(weights);
    }
  }

  static Encoded encode(
      KernelPlanner.Listed listed, ValueArena arena, List<Integer> in, List<Integer> out) {
    ProgramEncoder encoder = new ProgramEncoder(arena);
    listed.instructions().forEach(encoder::number);
    List<Long> words = encoder.words;
    words.addAll(
        LoweringContext.longs(MAGIC, KernelOpcode.ABI, arena.bytes(), in.size(), out.size()));
    words.add((long) encoder.weights.size());
    words.add((long) listed.instructions().size());
    in.forEach(count -> words.add(4L * count));
    out.forEach(count -> words.add(4L * count));
    encoder.weights.keySet().forEach(encoder::weight);
    listed.instructions().forEach(encoder::instruction);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Long.BYTES * words.size()).order(ByteOrder.nativeOrder());
    words.forEach(bytes::putLong);
    return new Encoded(bytes, List.copyOf(encoder.weights.keySet()));
  }

  private void number(KernelCall call) {
    for (int i = 0; i < call.inputs().size(); i++) {
      if (call.operands().get(i).space() == MemorySlot.Space.WEIGHTS) {
        weights.putIfAbsent(use(call, i), weights.size());
      }
    }
  }

  private static WeightUse use(KernelCall call, int operand) {
    return new WeightUse(call.operands().get(operand), WeightPacking.of(call, operand));
  }

  private void weight(WeightUse use) {
    words.add(4L * use.slot().count());
    words.add(use.packing().groups());
    words.add(use.packing().k());
    words.add(use.packing().n());
    words.add(use.packing().tile());
  }

  private void instruction(KernelCall call) {
    words.add((long) call.opcode().number());
    words.add((long) call.operands().size());
    words.add((long) call.attributes().size());
    for (int i = 0; i < call.operands().size(); i++) {
      MemorySlot slot = call.operands().get(i);
      words.add(slot.space().number() + 4L * index(call, i));
      words.add(
          slot.isIntermediate() ? arena.offsets().getOrDefault(slot.index(), 0L) : Long.valueOf(0));
      words.add(4L * slot.count());
    }
    words.addAll(call.attributes());
  }

  private int index(KernelCall call, int operand) {
    MemorySlot slot = call.operands().get(operand);
    return switch (slot.space()) {
      case ARENA -> 0;
      case WEIGHTS -> Objects.requireNonNull(weights.get(use(call, operand)));
      case INPUT, OUTPUT -> slot.index();
    };
  }
}
