package dev.axiomml.backend.jni;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a program as the words that {@code native-kernels/src/program.zig} reads. */
final class ProgramEncoder {
  private static final long MAGIC = 0x4d4f495841L;

  private final List<Long> words = new ArrayList<>();
  private final Map<Integer, Long> weightOffsets = new TreeMap<>();
  private final ValueArena arena;

  private ProgramEncoder(ValueArena arena) {
    this.arena = arena;
  }

  /**
   * A program ready for the border.
   *
   * @param words direct, in the machine's order
   * @param weights direct, in the machine's order, never without a byte
   * @param weightBytes bytes that count in {@code weights}
   */
  record Encoded(ByteBuffer words, ByteBuffer weights, long weightBytes) {}

  static Encoded encode(
      KernelPlanner.Listed listed, ValueArena arena, List<Integer> in, List<Integer> out) {
    ProgramEncoder encoder = new ProgramEncoder(arena);
    List<Long> words = encoder.words;
    words.addAll(
        LoweringContext.longs(MAGIC, KernelOpcode.ABI, arena.bytes(), in.size(), out.size()));
    words.add((long) listed.instructions().size());
    in.forEach(count -> words.add(4L * count));
    out.forEach(count -> words.add(4L * count));
    ByteBuffer weights = encoder.placed(listed);
    listed.instructions().forEach(encoder::instruction);
    ByteBuffer bytes = direct(8L * words.size());
    words.forEach(bytes::putLong);
    return new Encoded(bytes, weights, listed.weightBytes());
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(Math.max(bytes, 8)))
        .order(ByteOrder.nativeOrder());
  }

  /** The constants that instructions read, one behind the other. */
  private ByteBuffer placed(KernelPlanner.Listed listed) {
    ByteBuffer weights = direct(listed.weightBytes());
    FloatBuffer floats = weights.asFloatBuffer();
    listed.instructions().stream()
        .flatMap(instruction -> instruction.inputs().stream())
        .filter(slot -> slot.space() == MemorySlot.Space.WEIGHTS)
        .distinct()
        .forEach(slot -> place(listed.weights().get(slot.index()), slot, floats));
    return weights;
  }

  private void place(Tensor tensor, MemorySlot slot, FloatBuffer floats) {
    weightOffsets.put(slot.index(), 4L * floats.position());
    floats.put(TensorMemory.borrow(tensor));
  }

  private void instruction(KernelCall instruction) {
    words.add((long) instruction.opcode().number());
    words.add((long) instruction.operands().size());
    words.add((long) instruction.attributes().size());
    instruction.operands().forEach(this::operand);
    words.addAll(instruction.attributes());
  }

  private void operand(MemorySlot slot) {
    boolean numbered =
        slot.space() == MemorySlot.Space.INPUT || slot.space() == MemorySlot.Space.OUTPUT;
    words.add(slot.space().number() + 4L * (numbered ? slot.index() : 0));
    words.add(offset(slot));
    words.add(4L * slot.count());
  }

  private long offset(MemorySlot slot) {
    return switch (slot.space()) {
      case ARENA -> arena.offsets().getOrDefault(slot.index(), 0L);
      case WEIGHTS -> weightOffsets.getOrDefault(slot.index(), 0L);
      case INPUT, OUTPUT -> 0;
    };
  }
}
